import { findAbove } from './bisect.ts'
import { type Column, column } from './column.ts'

/** A sum that changes at known positions: what is added at each, in any order. */
export interface Change {
  readonly at: number
  readonly by: number
}

/** The sum of all changes at or before a position. O(log changes). */
export type StepSum = (position: number) => number

/** Sorts changes once, so that their sum can be asked anywhere. O(changes · log changes). */
export function stepSumOf(changes: readonly Change[]): StepSum {
  if (changes.length === 0) return alwaysZero
  const sorted = changes.toSorted((a, b) => a.at - b.at)
  const places = new Float64Array(sorted.length)
  const sums = new Float64Array(sorted.length)
  let sum = 0
  for (let row = 0; row < sorted.length; row++) {
    sum += sorted[row].by
    places[row] = sorted[row].at
    sums[row] = sum
  }
  const positions: Column<number> = column(places)
  return (position) => {
    const after = findAbove(positions, position)
    return after === 0 ? 0 : sums[after - 1]
  }
}

function alwaysZero(): number {
  return 0
}
