import { generatedOwner, generatedTrace, largeTraces, type NamedInput } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type BenchRow, type BrowserBench, type Measurement } from '../row.ts'
import { linearity } from '../rows/growth.ts'
import { expectedOf } from './expected.ts'

const LARGEST_BYTES = 10e9
const MOST_MB = 2500

/** What the tab takes while it loads a large trace, at its most: all its processes, without what they share. */
export const memory: BenchRow<BrowserBench> = {
  name: 'memory',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeTraces(bench)) {
      const { mb } = await loadOnce(bench, input)
      measured.push(line('memory', `${input.about}: peak of the tab`, mb, MOST_MB, input))
    }
    return measured
  },
}

/** Time and memory over sizes. */
export const growth: BenchRow<BrowserBench> = {
  name: 'growth',
  run: async (bench) => [
    ...(await measureAll(bench, (bytes) => generatedTrace(bench, bytes))),
    ...(await measureAll(bench, (bytes) => generatedOwner(bench, bytes))),
  ],
}

async function measureAll(
  bench: BrowserBench,
  inputOf: (bytes: number) => NamedInput,
): Promise<readonly Measurement[]> {
  const measured: Measurement[] = []
  const perGb: number[] = []
  for (const bytes of bench.options.growth) {
    const input = inputOf(bytes)
    const loads = []
    for (let run = 0; run < bench.options.runs; run++) loads.push(await loadOnce(bench, input))
    const seconds = loads.map(({ indexedMs }) => indexedMs / (input.bytes / 1e6))
    perGb.push(median(seconds))
    const atMost = input.bytes >= LARGEST_BYTES ? MOST_MB : undefined
    measured.push(
      {
        ...line('growth', `${input.about}, file to full index: for each GB`, median(seconds), undefined, input),
        unit: 's',
        runs: seconds,
      },
      line('growth', `${input.about}, peak of the tab`, Math.max(...loads.map(({ mb }) => mb)), atMost, input),
    )
  }
  return [...measured, ...linearity('chromium', perGb, measured[0])]
}

/** In a browser of its own: what an earlier load left is not counted. */
async function loadOnce(bench: BrowserBench, input: NamedInput) {
  const expected = await expectedOf(input)
  return bench.withPage(async (page) => {
    await page.open()
    let indexedMs = Number.NaN
    const peak = await page.peakMemory(async () => ({ indexedMs } = await page.load(input.path, expected)))
    if (peak === 0) throw new Error('the memory of the tab cannot be read: no /proc')
    return { indexedMs, mb: peak / 1e6 }
  })
}

function line(
  row: string,
  what: string,
  value: number,
  atMost: number | undefined,
  { facts }: NamedInput,
): Measurement {
  return {
    row,
    where: 'chromium',
    what,
    unit: 'MB',
    value,
    runs: [value],
    ...(atMost === undefined ? {} : { target: { atMost } }),
    baselines: [],
    checked: facts?.records === undefined ? `${facts?.events ?? 'all'} events` : `${facts.events} events`,
  }
}
