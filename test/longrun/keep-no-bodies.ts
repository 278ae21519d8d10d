import { type Page } from 'playwright'

/**
 * Playwright listens to the network of each page, and the browser then keeps the text of all that a page fetches for developer
 * tools, up to 200 MB of them: 7 MB for each report that is saved, which nobody keeps who uses the page. This has it keep
 * none. It can be asked of the session of Playwright itself alone, which it does not hand out.
 */
export async function keepNoBodies(page: Page): Promise<void> {
  const connection: unknown = Reflect.get(page, '_connection')
  const toImpl: unknown = Reflect.get(Object(connection), 'toImpl')
  const own: unknown = typeof toImpl === 'function' ? Reflect.apply(toImpl, connection, [page]) : undefined
  const client = ['delegate', '_mainFrameSession', '_client'].reduce<unknown>(
    (found, name) => Reflect.get(Object(found), name),
    own,
  )
  const send: unknown = Reflect.get(Object(client), 'send')
  if (typeof send !== 'function') throw new Error('this Playwright keeps its session of a page elsewhere')
  await Reflect.apply(send, client, ['Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }])
}
