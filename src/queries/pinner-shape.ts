import { type Column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED } from '../derive/holds/hold-table.ts'
import { knownLossIn } from '../derive/known-loss.ts'
import { type Trace } from '../model/trace.ts'
import { type PinnerTotals } from './pinner-totals.ts'
import { timeAnswer } from './time-answer.ts'
import { type TimeAnswer } from './wire.ts'

/** Slices that the trace's time is cut into, one count each. */
export const SHAPE_SLICES = 32
/** Steps of the histogram in a decade, and the durations that it tells apart: 1 us and 100 s. ns. */
const STEPS_PER_DECADE = 2
const SHORTEST_NS = 1_000
const DECADES = 8
/** Below 1 us, two a decade, 100 s and more. */
export const SHAPE_STEPS = DECADES * STEPS_PER_DECADE + 2

/** When a group took its references, and for how long it held them. */
export interface PinnerShape {
  /** Holds that count, by the slice in which they were taken; see `PinnersAnswer.shapeAxis`. */
  readonly taken: readonly number[]
  /** Holds that count and began before the trace: they were taken in no slice. */
  readonly beganBefore: number
  /** Holds by how long they lasted, those shorter than the threshold too; ended, and with an end not seen. */
  readonly closed: readonly number[]
  readonly open: readonly number[]
}

/** What the shapes of all groups are drawn against. */
export interface ShapeAxis {
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  /** Slices in which events are known to be lost. */
  readonly lost: readonly number[]
  /** Where the threshold stands among the steps of durations; 0 without one. */
  readonly thresholdStep: number
}

/** The step of a duration, with its fraction: 0 is below 1 us. */
export function shapeStep(durationNs: number): number {
  if (durationNs < SHORTEST_NS) return Math.max(0, durationNs / SHORTEST_NS)
  return Math.min(SHAPE_STEPS, 1 + Math.log10(durationNs / SHORTEST_NS) * STEPS_PER_DECADE)
}

/** The axis of all shapes of a trace. */
export function shapeAxisOf(trace: Trace, thresholdNs: number): ShapeAxis {
  const { first, sliceNs, last } = slicesOf(trace)
  const isLost = knownLossIn(trace)
  const lost: number[] = []
  for (let slice = 0; slice < SHAPE_SLICES; slice++)
    if (isLost(first + slice * sliceNs, first + (slice + 1) * sliceNs)) lost.push(slice)
  return {
    from: timeAnswer(trace, first),
    to: timeAnswer(trace, last),
    lost,
    thresholdStep: thresholdNs === 0 ? 0 : shapeStep(thresholdNs),
  }
}

/** The shape of one group. O(its holds). */
export function pinnerShape(trace: Trace, { holds }: Derived, totals: PinnerTotals, key: number): PinnerShape {
  const { first, sliceNs } = slicesOf(trace)
  const taken = zeros(SHAPE_SLICES)
  const [closed, open] = [zeros(SHAPE_STEPS), zeros(SHAPE_STEPS)]
  let beganBefore = 0
  const addDurations = (rows: Column<number>): void => {
    for (let at = 0; at < rows.length; at++) {
      const hold = rows[at]
      const step = Math.min(SHAPE_STEPS - 1, Math.floor(shapeStep(holds.to[hold] - holds.from[hold])))
      if (holds.kind[hold] === HOLD_CLOSED) closed[step]++
      else open[step]++
    }
  }
  const members = rowsOf(totals.members, key)
  for (let at = 0; at < members.length; at++) {
    const hold = members[at]
    if (holds.kind[hold] === HOLD_BEGAN_BEFORE) beganBefore++
    else taken[Math.min(SHAPE_SLICES - 1, Math.floor((holds.from[hold] - first) / sliceNs))]++
  }
  addDurations(members)
  addDurations(rowsOf(totals.shorts(), key))
  return { taken, beganBefore, closed, open }
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0)
}

function slicesOf({ events }: Trace): { readonly first: number; readonly last: number; readonly sliceNs: number } {
  const first = events.length === 0 ? 0 : events.time[0]
  const last = events.length === 0 ? 0 : events.time[events.length - 1]
  return { first, last, sliceNs: Math.max(1, (last - first) / SHAPE_SLICES) }
}
