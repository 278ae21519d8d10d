import { manyHolds } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'
import { type Condition } from './probe.ts'

const MOST_MS = 150
const TOTALS = '[role="search"] [role="status"], search output'

/** Filter, sort and group of all holds on the Pinners screen: from the hand's last move to the painted table. */
export const holds: BenchRow<BrowserBench> = {
  name: 'holds',
  run: async (bench) => {
    const input = manyHolds(bench)
    const expected = await expectedOf(input)
    const shown = await bench.withPage(async (page) => {
      await page.open()
      await page.load(input.path, expected)
      const found = await showAll(page)
      const times: Record<string, number[]> = { filter: [], sort: [], group: [] }
      for (let run = 0; run < bench.options.runs; run++) {
        times['filter'].push(await filter(page, found))
        times['sort'].push(await sort(page))
        times['group'].push(await group(page))
      }
      return { found, times }
    })
    return Object.entries(shown.times).map(([what, runs]) => ({
      row: 'holds',
      where: 'chromium',
      what: `${shown.found} holds: ${what}, painted`,
      unit: 'ms',
      value: median(runs),
      runs,
      target: { atMost: MOST_MS },
      baselines: [],
      checked: `${expected.events} events, ${shown.found} holds listed`,
    }))
  },
}

const settled = (name: string): Condition => ({
  selector: `table[aria-label="Holds grouped by ${name}"][aria-busy="false"] [data-row]`,
})

/** Lists every hold, also short and expected ones; tells how many there are. */
async function showAll(page: BenchPage): Promise<number> {
  await page.watch('all', [settled('stack'), { selector: TOTALS, text: ' 0 of \\d+ hidden' }])
  await page.look('pinners', { threshold: '0', expected: '1' })
  await page.seen('all', 120_000)
  const text = await page.page.locator(TOTALS).filter({ hasText: 'hidden' }).first().textContent()
  const count = Number(/^(\d+) holds?/.exec(text ?? '')?.[1])
  if (!(count > 0)) throw new Error(`no holds are listed: ${text}`)
  return count
}

/** Types a filter that some holds pass, then takes it away again. */
async function filter(page: BenchPage, found: number): Promise<number> {
  const field = page.page.getByRole('textbox', { name: 'filter' })
  await field.focus()
  await page.watch('filtered', [settled('stack'), { selector: TOTALS, text: `^(?!${found} )\\d+ holds? .* hidden` }])
  await page.page.keyboard.insertText('folio')
  const { paintedMs } = await page.seen('filtered', 60_000)
  const ms = paintedMs - (await page.at('input'))
  await page.watch('unfiltered', [settled('stack'), { selector: TOTALS, text: `^${found} holds?` }])
  await field.fill('')
  await page.seen('unfiltered', 60_000)
  return ms
}

/** Sorts by another column and back. */
async function sort(page: BenchPage): Promise<number> {
  const [first] = [await sortBy(page, /^longest/), await sortBy(page, /^total/)]
  return first
}

async function sortBy(page: BenchPage, name: RegExp): Promise<number> {
  const header = page.page.getByRole('columnheader', { name }).getByRole('button')
  await page.watch('sorted', [
    settled('stack'),
    { selector: 'th[aria-sort="descending"], th[aria-sort="ascending"]', text: name.source },
  ])
  await header.click()
  const { paintedMs } = await page.seen('sorted', 60_000)
  return paintedMs - (await page.at('click'))
}

/** Groups by task and back to stacks. */
async function group(page: BenchPage): Promise<number> {
  const [first] = [await groupBy(page, 'task'), await groupBy(page, 'stack')]
  return first
}

async function groupBy(page: BenchPage, name: string): Promise<number> {
  await page.watch('grouped', [settled(name)])
  await page.page
    .getByRole('radiogroup', { name: /^Group by/ })
    .getByText(name, { exact: true })
    .click()
  const { paintedMs } = await page.seen('grouped', 60_000)
  return paintedMs - (await page.at('click'))
}
