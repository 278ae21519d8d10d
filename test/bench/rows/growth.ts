import { generatedOwner, generatedTrace, type NamedInput } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { type Bench, type BenchRow, type Measurement } from '../row.ts'
import { checkRead } from './ftrace.ts'
import { check } from '../check.ts'

/** Twice the time is twice the bytes: the largest may take so many times as long a byte as the smallest. */
export const LINEAR = 1.25

/** Time and memory over sizes: they must grow as the bytes do. */
export const growth: BenchRow = {
  name: 'growth',
  run: async (bench) => [
    ...(await measureAll(bench, (bytes) => generatedTrace(bench, bytes))),
    ...(await measureAll(bench, (bytes) => generatedOwner(bench, bytes))),
  ],
}

async function measureAll(bench: Bench, inputOf: (bytes: number) => NamedInput): Promise<readonly Measurement[]> {
  const points: { readonly perGb: number; readonly measured: readonly Measurement[] }[] = []
  for (const bytes of bench.options.growth) points.push(await measure(bench, inputOf(bytes)))
  return [
    ...points.flatMap(({ measured }) => measured),
    ...linearity(
      'node',
      points.map(({ perGb }) => perGb),
      points[0]?.measured[0],
    ),
  ]
}

async function measure({ options }: Bench, input: NamedInput) {
  const runs = []
  for (let run = 0; run < options.runs; run++) {
    runs.push(await readInProcess({ path: input.path, threads: 'all', only: 'read' }))
  }
  const perGb = runs.map(({ readMs }) => readMs / (input.bytes / 1e6))
  const peak = Math.max(...runs.map(({ readPeakBytes }) => readPeakBytes)) / 1e6
  const checked =
    input.facts?.records === undefined
      ? checkRead(input, runs)
      : check(input.about, { records: [runs[0].records, input.facts.records] })
  const shared = { row: 'growth', where: 'node', baselines: [], checked } as const
  const what = `${input.about}, file to full index`
  return {
    perGb: median(perGb),
    measured: [
      { ...shared, what: `${what}: for each GB`, unit: 's', value: median(perGb), runs: perGb },
      { ...shared, what: `${what}: peak of the process`, unit: 'MB', value: peak, runs: [peak] },
    ] as const,
  }
}

/** How much longer a byte of the largest file takes than one of the smallest; nothing for a single size. */
export function linearity(
  where: Measurement['where'],
  perGb: readonly number[],
  like?: Measurement,
): readonly Measurement[] {
  if (perGb.length < 2 || like === undefined) return []
  const value = perGb[perGb.length - 1] / perGb[0]
  return [
    {
      row: 'growth',
      where,
      what: `${like.what.replace(/, [\d.]+ MB.*$/, '')}: time for a byte of the largest, of the smallest`,
      unit: 'x',
      value,
      runs: [value],
      target: { atMost: LINEAR },
      baselines: [],
      checked: `${perGb.length} sizes`,
    },
  ]
}
