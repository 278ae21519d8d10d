import { readFileSync } from 'node:fs'
import { check } from '../check.ts'
import { largeOwners, type NamedInput } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { type Peer, repeat } from '../repeat.ts'
import { type Bench, type BenchRow, type Measurement } from '../row.ts'
import { runCommand } from '../run-command.ts'
import { grepCount } from './text-peers.ts'

const TIMES_FASTER = 10

/** A page_owner dump to totals by stack, beside page_owner_sort. */
export const pageOwner: BenchRow = {
  name: 'page-owner',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeOwners(bench)) measured.push(await measure(bench, input))
    return measured
  },
}

async function measure(bench: Bench, input: NamedInput): Promise<Measurement> {
  const sorter = sortPeer(bench, input)
  const records = grepCount(input.path, 'Page allocated via order')
  const ask = { path: input.path, threads: 'all', only: 'read' } as const
  const { runs, baselines } = await repeat(bench.options.runs, () => readInProcess(ask), [sorter, records])
  const times = runs.map(({ readMs, groupMs }) => readMs + groupMs)
  const ms = median(times)
  const checks = runs.map((run) =>
    check(input.about, {
      records: [run.records, input.facts?.records ?? records.counted()],
      stacks: [run.groups, sorter.groups()],
      'lines rejected': [run.rejected, 0],
    }),
  )
  return {
    row: 'page-owner',
    where: 'node',
    what: `${input.about}: file to totals by stack, all cores`,
    unit: 'MB/s',
    value: input.bytes / 1000 / ms,
    runs: times.map((one) => input.bytes / 1000 / one),
    baselines: baselines(ms),
    checked: checks[0],
  }
}

/** page_owner_sort, made to group by stack alone as we do. */
export function sortPeer(
  { options, inputs }: Bench,
  { path }: NamedInput,
): Peer & { readonly groups: () => number | undefined } {
  const output = inputs.scratch('page_owner_sort.txt')
  let isDone = false
  return {
    name: 'page_owner_sort',
    ratioAtMost: 1 / TIMES_FASTER,
    run: async () => {
      const done = await runCommand(options.pageOwnerSort, ['--cull', 'stacktrace', path, output])
      isDone = done !== undefined
      return done
    },
    groups: () => (isDone ? (readFileSync(output, 'latin1').match(/^\d+ times, \d+ pages/gm)?.length ?? 0) : undefined),
  }
}
