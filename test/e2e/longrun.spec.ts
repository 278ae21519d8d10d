import { expect, test } from '@playwright/test'
import { BUNDLED_CAPTURES } from '../longrun/captures.ts'
import { closeCapture, everyScreen } from '../longrun/cycles.ts'
import { hasGrown } from '../longrun/flat.ts'
import { heapObjects } from '../longrun/heap-objects.ts'
import { keepNoBodies } from '../longrun/keep-no-bodies.ts'
import { measure, type Measured } from '../longrun/measure.ts'
import { openInstead } from '../longrun/person.ts'
import { choose, EXAMPLE_TRACE, failedRanges, statusLine } from './capture-page.ts'

// What takes hours is `npm run longrun`. Here only what can be counted exactly, which no garbage that waits can change.

const CYCLES = 8
const COUNTED = ['workers', 'documents', 'nodes', 'listeners', 'detached'] as const

test('captures that are opened one after the other, each on every screen, leave nothing behind', async ({ page }) => {
  test.slow()
  await page.addInitScript(watchNames)
  await page.goto('/')
  const hands = { page, session: await page.context().newCDPSession(page) }
  const [capture, other] = BUNDLED_CAPTURES
  const measured: Measured[] = []
  const names: (readonly string[])[] = []
  for (let at = 0; at < CYCLES; at++) {
    await openInstead(hands, capture.paths)
    await everyScreen(hands, at % 2 === 0 ? other : undefined, 0)
    measured.push(await measure(page, hands.session))
    names.push(await page.evaluate(() => (Reflect.get(globalThis, 'namesSeen') as () => string[])()))
  }
  for (const name of COUNTED) {
    const counts = measured.map((one) => one[name])
    expect(hasGrown(counts), `${name} grow: ${counts.join(' ')}`).toBe(false)
  }
  expect(measured.map(({ workers }) => workers)).toEqual(measured.map(() => 1))

  // The browser and a library remember each name for as long as the page lives: they are few, and used again.
  const half = CYCLES / 2
  const known = new Set(names.slice(0, half).flat()) // what comes late to a slow screen comes in one of these
  expect([...known].filter((name) => name.startsWith('radio '))).not.toEqual([])
  expect([...known].filter((name) => name.startsWith('line '))).not.toEqual([])
  expect(names.slice(half).flatMap((round) => round.filter((name) => !known.has(name)))).toEqual([])
})

/** Runs in the page: names of radio buttons, and of recharts' lines by what clips them, of each element that is added. */
function watchNames(): void {
  let names = new Set<string>()
  const note = (element: Element): void => {
    if (element instanceof HTMLInputElement && element.type === 'radio') names.add(`radio ${element.name}`)
    if (element.id.startsWith('clipPath-')) names.add(`line ${element.id}`)
  }
  new MutationObserver((changes) => {
    for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(added instanceof Element)) continue
      note(added)
      added.querySelectorAll('input, [id]').forEach(note)
    }
  }).observe(document, { childList: true, subtree: true })
  Reflect.set(globalThis, 'namesSeen', () => {
    const seen = [...names]
    names = new Set()
    return seen
  })
}

test('closing a capture ends its worker, and the page is empty and has no link to it', async ({ page }) => {
  await page.goto('/')
  const hands = { page, session: await page.context().newCDPSession(page) }
  await openInstead(hands, BUNDLED_CAPTURES[0].paths)
  // It could be opened from the kept index now.
  await expect.poll(() => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)).toBeGreaterThan(0)
  await closeCapture(page)
  await expect(page.getByRole('heading', { name: 'Who is holding this page?' })).toBeVisible()
  await expect(statusLine(page)).toContainText('no file open')
  expect(new URL(page.url()).hash).not.toContain('f=')
  expect(page.workers()).toEqual([])
  await choose(page, [EXAMPLE_TRACE])
  await expect(failedRanges(page)).toBeVisible()
})

test('what the browser keeps of a table that is styled anew is known from what a page keeps', async ({ page }) => {
  await page.goto('/sbom.cdx.json') // of the origin, and without the page
  await page.evaluate(() => document.body.replaceChildren(document.createElement('table')))
  await page.evaluate(() => document.body.firstElementChild?.append(document.createElement('thead')))
  const session = await page.context().newCDPSession(page)
  const dom = async (): Promise<number> => {
    for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage')
    const { blink } = await measure(page, session)
    return blink - (await heapObjects(session)).mediaQueries
  }
  const styleAnew = (times: number): void => {
    const [table] = document.getElementsByTagName('table')
    const [head] = document.getElementsByTagName('thead')
    for (let at = 0; at < times; at++) {
      table.inert = at % 2 === 0
      if (getComputedStyle(head).display === 'none') throw new Error('the table is not shown')
    }
  }
  const keep = (nodes: number): void =>
    void Reflect.set(
      globalThis,
      'held',
      Array.from({ length: nodes }, () => document.createElement('p')),
    )
  await page.evaluate(styleAnew, 100)
  const before = await dom()
  await page.evaluate(styleAnew, 4000)
  const after = await dom()
  // 16 bytes each are in a list that no snapshot shows the parts of, and which grows by doubling.
  expect(Math.abs(after - before)).toBeLessThan(4000 * 40)
  await page.evaluate(keep, 4000)
  expect((await dom()) - after).toBeGreaterThan(4000 * 60)
})

test('what a page or its worker holds on to is measured, and what developer tools would keep of it is not there', async ({
  page,
}) => {
  await page.goto('/')
  await keepNoBodies(page)
  const session = await page.context().newCDPSession(page)
  await openInstead({ page, session }, BUNDLED_CAPTURES[0].paths)
  const { buffers } = await measure(page, session)
  const hold = (bytes: number): void => void Reflect.set(globalThis, 'held', new Uint8Array(bytes).fill(1))
  await page.evaluate(hold, 3_000_000)
  const withPage = await measure(page, session)
  expect(withPage.buffers - buffers).toBeGreaterThan(2_500_000)
  await page.workers()[0].evaluate(hold, 5_000_000)
  const withWorker = await measure(page, session)
  expect(withWorker.buffers - withPage.buffers).toBeGreaterThan(4_500_000)

  const [response] = await Promise.all([
    page.waitForResponse(/favicon/),
    page.evaluate(async () => (await fetch('favicon.svg')).text()),
  ])
  await response.finished()
  await expect(response.body()).rejects.toThrow()
})
