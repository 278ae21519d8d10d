import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { type HoldChoice, judgeHolds, COUNTED } from './pinner-choice.ts'
import { unseparatedHolds } from './unseparated.ts'

/** How many holds each of some thresholds would let through. */
export interface PinnerThresholdsQuestion extends Omit<HoldChoice, 'thresholdNs'> {
  /** Ascending, ns. */
  readonly thresholdsNs: readonly number[]
}

/** Answer to `pinnerThresholds`. */
export interface PinnerThresholdsAnswer {
  /** Holds that the filter and the noise rules let through. */
  readonly total: number
  /** Of these, those that count at each threshold. */
  readonly atLeast: readonly number[]
}

/** Counts what thresholds let through, so that a slider tells it without asking again. O(holds × log thresholds). */
export function countAtThresholds(
  trace: Trace,
  derived: Derived,
  { thresholdsNs, ...choice }: PinnerThresholdsQuestion,
): PinnerThresholdsAnswer {
  const { from, to } = derived.holds
  const verdicts = judgeHolds(trace, derived, { ...choice, thresholdNs: 0 })
  const unseparated = unseparatedHolds(derived)
  /** Holds that pass so many of the thresholds. */
  const passing = new Float64Array(thresholdsNs.length + 1)
  let total = 0
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] !== COUNTED) continue
    total++
    const isAlways = unseparated.get(hold)?.isPutOpenToDoubt === true
    passing[isAlways ? thresholdsNs.length : countBelow(thresholdsNs, to[hold] - from[hold])]++
  }
  const atLeast = Array.from(thresholdsNs, () => 0)
  for (let at = thresholdsNs.length - 1, sum = 0; at >= 0; at--) atLeast[at] = sum += passing[at + 1]
  return { total, atLeast }
}

/** How many thresholds a duration reaches. */
function countBelow(thresholdsNs: readonly number[], durationNs: number): number {
  let low = 0
  let high = thresholdsNs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (thresholdsNs[middle] <= durationNs) low = middle + 1
    else high = middle
  }
  return low
}
