import { manyEvents } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench, type Measurement } from '../row.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'

const MOST_MS = 50
const LOOK_UPS = 3

/** Shown while holds are missing that no failed range asks for. */
const PAIRING = 'output[aria-label="Pairing references"]'

/**
 * A PFN typed into the search box: what the page needs to list it, and from Enter to its painted timeline. Two rows where a
 * trace is so large that its references are paired behind the answer: meanwhile, and after.
 */
export const lookUp: BenchRow<BrowserBench> = {
  name: 'look-up',
  run: async (bench) => {
    const input = manyEvents(bench)
    const expected = await expectedOf(input)
    const pfns = (input.facts?.pfns ?? []).toReversed()
    const most = LOOK_UPS * bench.options.runs
    const times = await bench.withPage(async (page) => {
      await page.open()
      await page.load(input.path, expected)
      // The screen's code is fetched when it is first shown, which is no matter of the number of events.
      await find(page, pfns.at(-1) ?? 0)
      const meanwhile = await findWhilePairing(page, pfns.slice(0, most))
      await page.page.locator(PAIRING).waitFor({ state: 'hidden' })
      const after: number[] = []
      for (const pfn of pfns.slice(-1 - most, -1)) after.push(await find(page, pfn))
      return { meanwhile, after }
    })
    const rowOf = (runs: readonly number[], when: string): Measurement => ({
      row: 'look-up',
      where: 'chromium',
      what: `${input.about}${when}: PFN typed, Enter, timeline painted`,
      unit: 'ms',
      value: median(runs),
      runs,
      target: { atMost: MOST_MS },
      baselines: [],
      checked: `${expected.events} events, ${runs.length} pages shown by their number`,
    })
    const { meanwhile, after } = times
    if (meanwhile.length === 0) return [rowOf(after, '')]
    return [rowOf(meanwhile, ', all other references still being paired'), rowOf(after, ', all references paired')]
  },
}

/** Times of those pages that were shown before all references were paired; none where they are paired at once. */
async function findWhilePairing(page: BenchPage, pfns: readonly number[]): Promise<readonly number[]> {
  const times: number[] = []
  for (const pfn of pfns) {
    const time = await find(page, pfn)
    if ((await page.page.locator(PAIRING).count()) === 0) return times
    times.push(time)
  }
  return times
}

async function find(page: BenchPage, pfn: number): Promise<number> {
  const text = `0x${pfn.toString(16)}`
  const keyboard = page.page.keyboard
  await keyboard.press('Escape')
  await keyboard.press('/')
  await keyboard.press('ControlOrMeta+a')
  await page.watch('listed', [{ selector: '[role=option][aria-selected=true] .data', text: `^pfn ${text}$` }])
  await keyboard.insertText(text)
  const listed = await page.seen('listed', 60_000)
  const typed = await page.at('input')
  await page.watch('shown', [
    { selector: 'h1', text: `^pfn ${text}$` },
    { selector: 'figure[aria-busy="false"] [role="application"]' },
  ])
  await keyboard.press('Enter')
  const shown = await page.seen('shown', 60_000)
  return listed.paintedMs - typed + (shown.paintedMs - (await page.at('key')))
}
