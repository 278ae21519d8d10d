import { perfScript } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type BenchRow } from '../row.ts'
import { checkRead } from './ftrace.ts'
import { wcLines } from './text-peers.ts'

/** `perf script` text to columns and indexes. */
export const perfScriptText: BenchRow = {
  name: 'perf-script',
  run: async (bench) => {
    const input = perfScript(bench)
    const lines = wcLines(input.path)
    const read = () => readInProcess({ path: input.path, threads: 'all', only: 'read' })
    const { runs, baselines } = await repeat(bench.options.runs, read, [lines])
    const ms = median(runs.map(({ readMs }) => readMs))
    return [
      {
        row: 'perf-script',
        where: 'node',
        what: `${input.about}: file to full index, all cores`,
        unit: 'MB/s',
        value: input.bytes / 1000 / ms,
        runs: runs.map(({ readMs }) => input.bytes / 1000 / readMs),
        baselines: baselines(ms),
        checked: checkRead(input, runs, lines.counted()),
      },
    ]
  },
}
