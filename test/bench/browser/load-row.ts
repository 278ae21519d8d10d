import { largeTraces, type NamedInput } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type BenchRow, type BrowserBench, type Measurement } from '../row.ts'
import { wcLines } from '../rows/text-peers.ts'
import { type BenchPage, type LoadTimes } from './bench-page.ts'
import { expectedOf } from './expected.ts'

const ALL_CORES = 700
const ONE_CORE = 400
const FIRST_RANGE_MS = 1500
const LONGEST_TASK_MS = 50

/** Large traces dropped on the page: to the full index, to the first range, to the whole answer; and no jank meanwhile. */
export const load: BenchRow<BrowserBench> = {
  name: 'ftrace',
  run: async (bench) => {
    const measured: Measurement[] = []
    for (const input of await largeTraces(bench)) {
      measured.push(...(await measure(bench, input, false)), ...(await measure(bench, input, true)))
    }
    return measured
  },
}

async function measure(bench: BrowserBench, input: NamedInput, isOneWorker: boolean): Promise<readonly Measurement[]> {
  const expected = await expectedOf(input)
  const lines = wcLines(input.path, isOneWorker ? undefined : 8)
  const { runs, baselines } = await bench.withPage(
    (page) =>
      repeat(
        bench.options.runs,
        async () => {
          await page.open()
          const times = await page.load(input.path, expected)
          if (isOneWorker) await checkOneWorker(page)
          return times
        },
        [lines],
      ),
    { isOneWorker },
  )
  const checked = `${expected.events} events, ${expected.failures ?? 'some'} failed ranges`
  const shared = { row: 'ftrace', where: 'chromium', checked } as const
  const ms = median(runs.map(({ indexedMs }) => indexedMs))
  const index: Measurement = {
    ...shared,
    what: `${input.about}: file to full index, ${isOneWorker ? 'one worker' : 'all cores'}`,
    unit: 'MB/s',
    value: input.bytes / 1000 / ms,
    runs: runs.map(({ indexedMs }) => input.bytes / 1000 / indexedMs),
    target: { atLeast: isOneWorker ? ONE_CORE : ALL_CORES },
    baselines: baselines(ms),
  }
  return isOneWorker ? [index] : [index, ...onScreen(input, runs, shared)]
}

/** Hashes behind the answer, and is begun by a worker. */
const HASHES = /\/hash\.worker/

/** Who reads must have been told that there is one core. */
async function checkOneWorker({ page }: BenchPage): Promise<void> {
  const reading = page.workers().filter((worker) => !HASHES.test(worker.url()))
  const cores = await Promise.all(reading.map((worker) => worker.evaluate(() => navigator.hardwareConcurrency)))
  if (cores.length === 0 || cores.some((count) => count !== 1)) throw new Error(`the worker sees ${cores.join()} cores`)
}

type Shared = Pick<Measurement, 'row' | 'where' | 'checked'>

function onScreen(input: NamedInput, runs: readonly LoadTimes[], shared: Shared): readonly Measurement[] {
  const ready = runs.map(({ readyMs }) => readyMs)
  const first = runs.flatMap(({ firstRangeMs }) => firstRangeMs ?? [])
  const longest = runs.map(({ longestTaskMs }) => longestTaskMs)
  const line = (what: string, values: readonly number[], value: number, atMost?: number): Measurement => ({
    ...shared,
    what: `${input.about}: ${what}`,
    unit: 'ms',
    value,
    runs: values,
    ...(atMost === undefined ? {} : { target: { atMost } }),
    baselines: [],
  })
  return [
    line('file to the whole answer, painted', ready, median(ready)),
    ...(first.length === 0
      ? []
      : [line('file to the first failed range, painted', first, median(first), FIRST_RANGE_MS)]),
    line('longest task of the main thread (0: none of 50 ms)', longest, Math.max(...longest), LONGEST_TASK_MS),
  ]
}
