import { check } from '../check.ts'
import { packedTraces } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type BenchRow, type Measurement } from '../row.ts'

/** Nothing is faster than unpacking alone; so much more may reading beside it take. */
export const GZ_RATIO = 1.1

/** A packed trace, beside Node's zlib alone on the same file. */
export const gz: BenchRow = {
  name: 'gz',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const { path, about, facts } of await packedTraces(bench)) {
      let unpacked: number | undefined
      const inflate = async () => {
        const { readMs, textBytes } = await readInProcess({ path, threads: 'one', only: 'inflate' })
        unpacked = textBytes
        return { ms: readMs }
      }
      const read = () => readInProcess({ path, threads: 'all', only: 'read' })
      const { runs, baselines } = await repeat(bench.options.runs, read, [
        { name: 'zlib alone', run: inflate, ratioAtMost: GZ_RATIO },
      ])
      const ms = median(runs.map(({ readMs }) => readMs))
      const checks = runs.map((run) =>
        check(about, { 'bytes of text': [run.textBytes, unpacked], events: [run.events, facts?.events] }),
      )
      measured.push({
        row: 'gz',
        where: 'node',
        what: `${about}: file to full index, all cores`,
        unit: 'MB/s',
        value: runs[0].textBytes / 1000 / ms,
        runs: runs.map(({ readMs, textBytes }) => textBytes / 1000 / readMs),
        baselines: baselines(ms),
        checked: checks[0],
      })
    }
    return measured
  },
}
