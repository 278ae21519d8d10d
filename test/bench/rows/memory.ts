import { largeTraces } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { type BenchRow, type Measurement } from '../row.ts'
import { checkRead } from './ftrace.ts'

const BYTES_PER_EVENT = 40

/** What an event takes in columns and indexes, and the largest resident set of a whole reading with its judging. */
export const memory: BenchRow = {
  name: 'memory',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeTraces(bench)) {
      const run = await readInProcess({ path: input.path, threads: 'all', only: 'judge' })
      const checked = checkRead(input, [run])
      const shared = { row: 'memory', where: 'node', baselines: [], checked } as const
      const peak = (run.judged?.peakBytes ?? run.readPeakBytes) / 1e6
      measured.push(
        {
          ...shared,
          what: `${input.about}: an event with its indexes`,
          unit: 'bytes',
          value: run.bytesPerEvent,
          runs: [run.bytesPerEvent],
          target: { atMost: BYTES_PER_EVENT },
        },
        {
          ...shared,
          what: `${input.about}: peak of the process, read and judged`,
          unit: 'MB',
          value: peak,
          runs: [peak],
        },
      )
    }
    return measured
  },
}
