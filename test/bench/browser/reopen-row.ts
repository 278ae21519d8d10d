import { generatedTrace } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'
import { expectedOf } from './expected.ts'

const MOST_MS = 1000

/** The same file given again after the page was loaded anew: to the whole answer, painted. */
export const reopen: BenchRow<BrowserBench> = {
  name: 'reopen',
  run: async (bench) => {
    const input = generatedTrace(bench)
    const expected = await expectedOf(input)
    const opened = await bench.withPage(async (page) => {
      await page.open()
      const first = (await page.load(input.path, expected)).readyMs
      await page.untilKept(input.bytes)
      const times: number[] = []
      for (let run = 0; run < bench.options.runs; run++) {
        await page.open(true)
        times.push((await page.load(input.path, expected)).readyMs)
      }
      return { first, again: times }
    })
    const { first: firstMs, again } = opened
    return [
      {
        row: 'reopen',
        where: 'chromium',
        what: `${input.about}: seen before, file to the whole answer, painted`,
        unit: 'ms',
        value: median(again),
        runs: again,
        target: { atMost: MOST_MS },
        baselines: [{ name: 'the first time', ms: firstMs, ratio: median(again) / firstMs }],
        checked: `${expected.events} events, ${expected.failures ?? 0} failed ranges`,
      },
    ]
  },
}
