import { manyEvents } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'

const MOST_MS = 50
const LOOK_UPS = 3

/** A PFN typed into the search box: what the page needs to list it, and from Enter to its painted timeline. */
export const lookUp: BenchRow<BrowserBench> = {
  name: 'look-up',
  run: async (bench) => {
    const input = manyEvents(bench)
    const expected = await expectedOf(input)
    const pfns = (input.facts?.pfns ?? []).toReversed().slice(0, LOOK_UPS * bench.options.runs)
    const runs = await bench.withPage(async (page) => {
      await page.open()
      await page.load(input.path, expected)
      // The screen's code is fetched when it is first shown, which is no matter of the number of events.
      await find(page, pfns.at(-1) ?? 0)
      const times: number[] = []
      for (const pfn of pfns.slice(0, -1)) times.push(await find(page, pfn))
      return times
    })
    return [
      {
        row: 'look-up',
        where: 'chromium',
        what: `${input.about}: PFN typed, Enter, timeline painted`,
        unit: 'ms',
        value: median(runs),
        runs,
        target: { atMost: MOST_MS },
        baselines: [],
        checked: `${expected.events} events, ${runs.length} pages shown by their number`,
      },
    ]
  },
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
