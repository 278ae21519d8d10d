import { scaled } from '../bench-options.ts'
import { manyEvents } from '../inputs/bench-inputs.ts'
import { type BenchRow, type BrowserBench, type Measurement } from '../row.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'

const MOST_MS = 100
/** Times in which an answer comes and is painted, so that its own work is in the interaction that asked for it. ms. */
interface Pauses {
  readonly betweenPressesMs: number
  readonly settledMs: number
}

/** Answers of a small trace come sooner. */
function pausesOf({ options }: BrowserBench): Pauses {
  return {
    betweenPressesMs: Math.min(120, scaled(options, 120, 20)),
    settledMs: Math.min(1000, scaled(options, 1000, 100)),
  }
}

/** A screen, the key that opens it, and what a person presses there. */
interface Walk {
  readonly screen: string
  readonly key: string
  readonly presses: readonly string[]
}

const DOWN_THE_LIST = ['Tab', 'ArrowDown', 'ArrowDown', 'PageDown', 'PageDown', 'End', 'Home', 'ArrowDown', 'Enter']

const WALKS: readonly Walk[] = [
  { screen: 'triage', key: '1', presses: DOWN_THE_LIST },
  { screen: 'pfn', key: '2', presses: ['w', 'w', 'd', 'a', 's', ']', ']', '[', 'n', 'N', '0'] },
  { screen: 'pinners', key: '3', presses: DOWN_THE_LIST },
  { screen: 'map', key: '4', presses: ['w', 'w', 'd', 'a', 's', 's', '0', 'ArrowRight', 'ArrowDown'] },
  { screen: 'owners', key: '5', presses: DOWN_THE_LIST },
  { screen: 'events', key: '6', presses: [...DOWN_THE_LIST, ']', ']', '['] },
  { screen: 'compare', key: '7', presses: ['Tab', 'Tab'] },
  { screen: 'record', key: '8', presses: ['Tab', 'Tab', 'Tab'] },
  { screen: 'files', key: '9', presses: ['Tab', 'Tab', 'PageDown', 'End'] },
]

/**
 * Every screen by its keys on the biggest trace: from the press of a key to the next frame, as Chromium's event timing
 * traces it, the slowest of each screen, the key that opens it among them.
 */
export const interactions: BenchRow<BrowserBench> = {
  name: 'interactions',
  run: async (bench) => {
    const input = manyEvents(bench)
    const expected = await expectedOf(input)
    return bench.withPage(async (page) => {
      await page.open()
      await page.load(input.path, expected)
      const [pfn] = input.facts?.pfns ?? []
      await page.look('triage', { pfn: `0x${pfn.toString(16)}` })
      await traceKeys(page)
      const rows: Measurement[] = []
      for (const walk of WALKS) rows.push(await measure(page, walk, input.about, pausesOf(bench)))
      return rows
    })
  },
}

async function measure(
  page: BenchPage,
  { screen, key, presses }: Walk,
  about: string,
  { betweenPressesMs, settledMs }: Pauses,
): Promise<Measurement> {
  const { keyboard } = page.page
  await keyboard.press('Escape')
  await page.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await takeKeyTimes(page)
  await keyboard.press(key)
  await page.page.waitForFunction((wanted) => location.hash.startsWith(`#/${wanted}`), screen)
  await page.page.waitForTimeout(settledMs)
  for (const press of presses) {
    await keyboard.press(press)
    await page.page.waitForTimeout(betweenPressesMs)
  }
  await page.page.waitForTimeout(settledMs)
  const runs = await takeKeyTimes(page)
  return {
    row: 'interactions',
    where: 'chromium',
    what: `${about}: ${screen}, the slowest of ${presses.length + 1} keys to the next frame`,
    unit: 'ms',
    value: Math.max(0, ...runs),
    runs,
    target: { atMost: MOST_MS },
    baselines: [],
    checked: `the screen was shown and took ${presses.length} keys`,
  }
}

/** Presses take at least a frame to be painted; shorter ones are not told of by Chromium. ms. */
const LEAST_TOLD_MS = 16

declare global {
  interface Window {
    pinscopeKeyTimes: number[]
  }
}

async function traceKeys(page: BenchPage): Promise<void> {
  await page.page.evaluate((durationThreshold) => {
    window.pinscopeKeyTimes = []
    // TypeScript's list of options lacks this one of the Event Timing API.
    const what: PerformanceObserverInit & { readonly durationThreshold: number } = { type: 'event', durationThreshold }
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') window.pinscopeKeyTimes.push(duration)
    }).observe(what)
  }, LEAST_TOLD_MS)
}

async function takeKeyTimes(page: BenchPage): Promise<readonly number[]> {
  return page.page.evaluate(() => window.pinscopeKeyTimes.splice(0))
}
