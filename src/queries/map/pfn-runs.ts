import { findAbove } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { Growable } from '../../base/growable.ts'

/** Stretches of PFNs `[start, end)`, ascending, with a gap between any two. */
export interface PfnRuns {
  readonly length: number
  readonly start: Column<number>
  /** Exclusive. */
  readonly end: Column<number>
}

/** The runs that `count` stretches make, given in ascending order of their start; they may touch and overlap. O(count). */
export function runsOf(count: number, startAt: (at: number) => number, endAt: (at: number) => number): PfnRuns {
  const start = new Growable(Float64Array, 64)
  const end = new Growable(Float64Array, 64)
  for (let at = 0; at < count; at++) addRun(start, end, startAt(at), endAt(at))
  return frozen(start, end)
}

/** Pages of either. O(runs of both). */
export function joinRuns(one: PfnRuns, other: PfnRuns): PfnRuns {
  if (one.length === 0) return other
  if (other.length === 0) return one
  const start = new Growable(Float64Array, 64)
  const end = new Growable(Float64Array, 64)
  let [a, b] = [0, 0]
  while (a < one.length || b < other.length) {
    if (b === other.length || (a < one.length && one.start[a] <= other.start[b]))
      addRun(start, end, one.start[a], one.end[a++])
    else addRun(start, end, other.start[b], other.end[b++])
  }
  return frozen(start, end)
}

/** True when a page of `[startPfn, endPfn)` is in the runs. O(log runs). */
export function touchesRuns(runs: PfnRuns, startPfn: number, endPfn: number): boolean {
  const at = findAbove(runs.end, startPfn)
  return at < runs.length && runs.start[at] < endPfn
}

/** Pages of `[startPfn, endPfn)` that are in the runs. O(log runs + runs in it). */
export function pagesInRuns(runs: PfnRuns, startPfn: number, endPfn: number): number {
  let pages = 0
  for (let at = findAbove(runs.end, startPfn); at < runs.length && runs.start[at] < endPfn; at++)
    pages += Math.min(runs.end[at], endPfn) - Math.max(runs.start[at], startPfn)
  return pages
}

function addRun(start: Growable<Float64Array>, end: Growable<Float64Array>, from: number, to: number): void {
  if (to <= from) return
  const last = end.length - 1
  if (last >= 0 && from <= end.values[last]) {
    if (to > end.values[last]) end.values[last] = to
  } else {
    start.push(from)
    end.push(to)
  }
}

function frozen(start: Growable<Float64Array>, end: Growable<Float64Array>): PfnRuns {
  return { length: start.length, start: column(start.trimmed()), end: column(end.trimmed()) }
}
