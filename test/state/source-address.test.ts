import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type LoadProgress } from '../../src/bridge/protocol.ts'
import { fetchSources } from '../../src/state/fetch-sources.ts'
import { sourceAddress, sourcesAsked } from '../../src/state/source-address.ts'

const PAGE = 'https://lab.example/pinscope/index.html?src=x#/triage'

describe('?src=', () => {
  test('names files beside the page', () => {
    expect(sourcesAsked('?src=traces/a.txt.gz&src=dump.txt')).toEqual(['traces/a.txt.gz', 'dump.txt'])
    expect(sourceAddress('traces/a%20b.gz?x=1', PAGE)).toEqual({
      ok: true,
      name: 'a b.gz',
      href: 'https://lab.example/pinscope/traces/a%20b.gz?x=1',
    })
    expect(sourceAddress('/top.txt', PAGE)).toMatchObject({ href: 'https://lab.example/top.txt' })
  })

  test.each([
    'https://evil.example/a.txt',
    '//evil.example/a.txt',
    '\\\\evil.example\\a.txt',
    'http://lab.example/a.txt',
    'https://lab.example:444/a.txt',
    'https://lab.example@evil.example/a.txt',
    'https://me:word@lab.example/a.txt',
    'data:text/plain,x',
    'blob:https://lab.example/1234',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'traces/',
    'https://',
  ])('does not fetch %s, and says why', (written) => {
    const address = sourceAddress(written, PAGE)
    expect(address).toMatchObject({ ok: false, written })
    expect(address.ok || address.why).not.toBe('')
  })

  test('fetches nothing for a page from a disk', () => {
    expect(sourceAddress('a.txt', 'file:///home/me/pinscope.html')).toMatchObject({ ok: false })
  })

  test.prop([
    fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((text) => `//${text}`),
    ),
  ])('never leaves the origin, whatever is written', (written) => {
    const address = sourceAddress(written, PAGE)
    if (address.ok) expect(new URL(address.href).origin).toBe('https://lab.example')
    expect(address.ok && /[/\0]/.test(address.name)).toBe(false)
  })
})

describe('fetching', () => {
  const address = { ok: true, name: 'a.txt', href: 'https://lab.example/a.txt' } as const
  const answering =
    (response: Response, seen: RequestInit[] = []): typeof fetch =>
    async (_, init) => {
      seen.push(init ?? {})
      return response
    }
  const fetched = (response: Response): Promise<readonly File[]> =>
    fetchSources([address], () => undefined, answering(response))

  test('gives the bytes as they came, tells how far it is, and follows nobody', async () => {
    const told: LoadProgress[] = []
    const seen: RequestInit[] = []
    const response = new Response('abc', {
      headers: { 'content-length': '3', 'last-modified': 'Sat, 01 Jan 2000 00:00:00 GMT' },
    })
    const [file] = await fetchSources([address], (progress) => told.push(progress), answering(response, seen))
    expect([await file.text(), file.name, file.lastModified]).toEqual(['abc', 'a.txt', 946_684_800_000])
    expect(told).toMatchObject([{ phase: 'fetching', fileName: 'a.txt', bytesRead: 3, bytesTotal: 3 }])
    expect(seen).toEqual([{ credentials: 'same-origin', redirect: 'manual' }])
  })

  test('says address and status of an error', async () => {
    await expect(fetched(new Response('', { status: 404, statusText: 'Not Found' }))).rejects.toThrow(
      'https://lab.example/a.txt answered 404 Not Found',
    )
  })

  test('takes no web page for a file, but a file that a server calls one', async () => {
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    await expect(fetched(new Response(' <!DOCTYPE html><title>', { headers }))).rejects.toThrow('a web page')
    expect(await fetched(new Response('# tracer: nop', { headers }))).toHaveLength(1)
  })

  test('says that a file ended early, or cannot be had', async () => {
    await expect(fetched(new Response('abc', { headers: { 'content-length': '9' } }))).rejects.toThrow('3 of 9 bytes')
    const failing: typeof fetch = () => Promise.reject(new TypeError('refused'))
    await expect(fetchSources([address], () => undefined, failing)).rejects.toThrow('cannot be had (refused)')
  })

  test('does not follow a redirect', async () => {
    const redirect = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
    await expect(fetched(redirect)).rejects.toThrow('leads elsewhere')
  })
})
