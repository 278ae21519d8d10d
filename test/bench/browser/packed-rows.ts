import { largeOwners, packedTraces } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type BenchRow, type BrowserBench, type Measurement } from '../row.ts'
import { GZ_RATIO } from '../rows/gz.ts'
import { sortPeer } from '../rows/page-owner.ts'
import { type BenchPage } from './bench-page.ts'
import { expectedOf } from './expected.ts'

/** A packed trace, beside the browser's own gunzip alone on the same file in the same page. */
export const gz: BenchRow<BrowserBench> = {
  name: 'gz',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await packedTraces(bench)) {
      const expected = await expectedOf(input)
      let textBytes = 0
      const { runs, baselines } = await bench.withPage((page) =>
        repeat(
          bench.options.runs,
          async () => {
            await page.open()
            return page.load(input.path, expected)
          },
          [
            {
              name: 'DecompressionStream alone',
              ratioAtMost: GZ_RATIO,
              run: async () => {
                const unpacked = await unpackAlone(page, input.path)
                textBytes = unpacked.bytes
                return unpacked
              },
            },
          ],
        ),
      )
      const ms = median(runs.map(({ indexedMs }) => indexedMs))
      measured.push({
        row: 'gz',
        where: 'chromium',
        what: `${input.about}: file to full index, all cores`,
        unit: 'MB/s',
        value: textBytes / 1000 / ms,
        runs: runs.map(({ indexedMs }) => textBytes / 1000 / indexedMs),
        baselines: baselines(ms),
        checked: `${expected.events} events, ${textBytes} bytes of text`,
      })
    }
    return measured
  },
}

/** Gives a file to an input of our own in the empty page, and unpacks it there. */
async function unpackAlone(page: BenchPage, path: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  await page.open()
  await page.page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'unpack-alone'
    input.hidden = true
    document.body.append(input)
  })
  await page.page.locator('#unpack-alone').setInputFiles(path)
  return page.page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#unpack-alone')
    const file = input?.files?.[0]
    if (file === undefined) throw new Error('the page got no file')
    const start = performance.now()
    let bytes = 0
    const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length
    return { ms: performance.now() - start, bytes }
  })
}

/** A page_owner dump: to the landing view, with the totals by stack asked for. */
export const pageOwner: BenchRow<BrowserBench> = {
  name: 'page-owner',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeOwners(bench)) {
      const expected = await expectedOf(input)
      const { runs, baselines } = await bench.withPage((page) =>
        repeat(bench.options.runs, () => loadTotals(page, input.path), [sortPeer(bench, input)]),
      )
      const ms = median(runs.map((run) => run.ms))
      measured.push({
        row: 'page-owner',
        where: 'chromium',
        what: `${input.about}: file to totals by stack, painted`,
        unit: 'MB/s',
        value: input.bytes / 1000 / ms,
        runs: runs.map((run) => input.bytes / 1000 / run.ms),
        baselines: baselines(ms),
        checked: `${runs[0].rows} stacks listed, ${expected.events} events`,
      })
    }
    return measured
  },
}

const TOTALS = 'table[aria-label="Stacks by the pages they have allocated"]'

/** The Files screen is opened first: totals are painted on it as soon as they are known. */
async function loadTotals(page: BenchPage, path: string): Promise<{ readonly ms: number; readonly rows: number }> {
  await page.open()
  await page.look('files', {})
  await page.watch('totals', [{ selector: `${TOTALS}[aria-busy="false"] [data-row]` }])
  await page.giveFile(path)
  const { paintedMs } = await page.seen('totals')
  const rows = await page.page.locator(TOTALS).getAttribute('aria-rowcount')
  return { ms: paintedMs - (await page.at('files')), rows: Number(rows) - 1 }
}
