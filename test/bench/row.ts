import { type BenchOptions } from './bench-options.ts'
import { type InputStore } from './inputs/input-store.ts'
import { type BenchPage } from './browser/bench-page.ts'

/** `x` is a number of times, of what the words say. */
export type Unit = 'MB/s' | 'ms' | 's' | 'bytes' | 'MB' | 'x'

/** What a value must not fall below or pass. */
export interface Target {
  readonly atLeast?: number
  readonly atMost?: number
}

/** Something else that did the like in the same run. Times in ms, medians. */
export type Baseline =
  | {
      readonly name: string
      readonly ms: number
      /** Time of pinscope over time of the baseline. */
      readonly ratio: number
      readonly ratioAtMost?: number
    }
  | { readonly name: string; readonly missing: string }

/** One line of the table. */
export interface Measurement {
  /** The row that it belongs to, as in `--rows`. */
  readonly row: string
  readonly where: 'node' | 'chromium'
  /** What was done, with its input, in words. */
  readonly what: string
  readonly unit: Unit
  /** Median of `runs`; of `peak` and `worst` values the largest. */
  readonly value: number
  readonly runs: readonly number[]
  readonly target?: Target
  readonly baselines: readonly Baseline[]
  /** What was compared to be sure that the work was done. */
  readonly checked: string
}

/** What a row is given. */
export interface Bench {
  readonly options: BenchOptions
  readonly inputs: InputStore
  /** Told while a row runs. */
  readonly say: (line: string) => void
}

/** What a row in Chromium is given. */
export interface BrowserBench extends Bench {
  /** Opens the built page in a browser of its own, does something with it, and closes it. */
  readonly withPage: <T>(act: (page: BenchPage) => Promise<T>, how?: PageChoice) => Promise<T>
}

/** How a browser is started. */
export interface PageChoice {
  /** The pool has one worker, as on a machine of one core. */
  readonly isOneWorker?: boolean
  /** Frames are drawn as fast as they can be, so that the time between two is what one costs. */
  readonly hasFreeFrames?: boolean
}

/** Something to measure. Throws when what was read is not what was written. */
export interface BenchRow<Given extends Bench = Bench> {
  readonly name: string
  readonly run: (bench: Given) => Promise<readonly Measurement[]>
}

/** True, false, or undefined where nothing was promised or a peer is missing. */
export function isMet({ value, target, baselines }: Measurement): boolean | undefined {
  const verdicts = [
    ...(target?.atLeast === undefined ? [] : [value >= target.atLeast]),
    ...(target?.atMost === undefined ? [] : [value <= target.atMost]),
    ...baselines.flatMap((baseline) =>
      'ratio' in baseline && baseline.ratioAtMost !== undefined ? [baseline.ratio <= baseline.ratioAtMost] : [],
    ),
  ]
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean)
}
