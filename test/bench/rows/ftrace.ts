import { check } from '../check.ts'
import { largeTraces, type NamedInput } from '../inputs/bench-inputs.ts'
import { type ReadAnswer, readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type Bench, type BenchRow, type Measurement } from '../row.ts'
import { grepCount, wcLines } from './text-peers.ts'

const ONE_CORE = 400
/** What is no event in ftrace text: frames, comments, losses, and the entries that frames stand under. */
const NO_EVENT = '^ =>|^#|^CPU:|: <stack trace>$'

/** ftrace text with stacks to columns and indexes: on one thread, and on all. */
export const ftrace: BenchRow = {
  name: 'ftrace',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeTraces(bench)) {
      measured.push(await measure(bench, input, 'one'), await measure(bench, input, 'all'))
    }
    return measured
  },
}

async function measure({ options }: Bench, input: NamedInput, threads: 'one' | 'all'): Promise<Measurement> {
  const lines = wcLines(input.path, threads === 'all' ? 8 : undefined)
  const events = grepCount(input.path, NO_EVENT, '-v', '-E')
  const ask = { path: input.path, threads, only: 'read' } as const
  const { runs, baselines } = await repeat(options.runs, () => readInProcess(ask), [lines, events])
  const ms = median(runs.map(({ readMs }) => readMs))
  return {
    row: 'ftrace',
    where: 'node',
    what: `${input.about}: file to full index, ${threads === 'one' ? 'one thread' : 'all cores'}`,
    unit: 'MB/s',
    value: input.bytes / 1000 / ms,
    runs: runs.map(({ readMs }) => input.bytes / 1000 / readMs),
    ...(threads === 'one' ? { target: { atLeast: ONE_CORE } } : {}),
    baselines: baselines(ms),
    checked: checkRead(input, runs, lines.counted(), events.counted()),
  }
}

/** Lines and events of all readings, against what was written or counted. */
export function checkRead(input: NamedInput, runs: readonly ReadAnswer[], lines?: number, events?: number): string {
  const checks = runs.map((run) =>
    check(input.about, {
      lines: [run.lines, input.facts?.lines ?? lines],
      events: [run.events, input.facts?.events ?? events],
      'lines that wc counts': [run.lines, lines],
      'events that grep counts': [run.events, events],
      'lines rejected': [run.rejected, 0],
    }),
  )
  return checks[0]
}
