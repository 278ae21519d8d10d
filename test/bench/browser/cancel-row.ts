import { generatedTrace } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'

const MOST_MS = 100
const SMALLEST_BYTES = 60e6
const READING = 'output[aria-label="Reading"]'

/** Giving a load up: from the key to a page that reads nothing any more, painted. */
export const cancel: BenchRow<BrowserBench> = {
  name: 'cancel',
  run: async (bench) => {
    // Small ones are read before a key can be pressed.
    const input = generatedTrace(bench, Math.max(bench.options.size, SMALLEST_BYTES))
    const runs = await bench.withPage(async (page) => {
      const times: number[] = []
      for (let run = 0; run < bench.options.runs; run++) {
        await page.open()
        await page.watch('begun', [{ selector: READING, text: ' of \\d+ bytes' }])
        await page.giveFile(input.path)
        await page.seen('begun')
        await page.watch('given up', [{ selector: READING, isAbsent: true }])
        await page.page.keyboard.press('Escape')
        const { paintedMs } = await page.seen('given up')
        times.push(paintedMs - (await page.at('key')))
        await page.page.getByRole('button', { name: 'Choose files' }).waitFor({ timeout: 10_000 })
      }
      return times
    })
    return [
      {
        row: 'cancel',
        where: 'chromium',
        what: `${input.about}: Escape while it is read, to a page at rest`,
        unit: 'ms',
        value: median(runs),
        runs,
        target: { atMost: MOST_MS },
        baselines: [],
        checked: 'the empty page is back',
      },
    ]
  },
}
