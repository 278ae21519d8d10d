import { type Extremes } from '../base/extremes.ts'

/** Most points that a column of pixels keeps of one series: first, lowest, highest, last. Each more series adds two. */
export const POINTS_PER_COLUMN = 4

/** A stretch `[start, end)` of series that share their times, and the time `[from, to]` that the columns span. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly from: number
  readonly to: number
}

/** What is kept of series beside their first and last value in each column. */
export interface Kept {
  readonly extremes: readonly Extremes[]
  /** Of each of these lists of positions, ascending, the weightiest one in a column is kept too, the first of equals. */
  readonly exceptions: readonly { readonly positions: ArrayLike<number>; weightAt(position: number): number }[]
}

/**
 * Positions to keep of series that share their times, so that lines drawn `columns` pixels wide look the same: first and
 * last of each column, and the lowest and highest of each series in it (M4), ascending and distinct; and of what must
 * not go unseen the weightiest in each column. `times` ascend. Every position of the stretch is kept when they are at
 * most `mostWhole`. O(columns × log of the series + exceptions in the stretch).
 *
 *     values    3 1 2 9 4 | 5 5 5       two columns, one series
 *     kept      3 1   9 4 | 5   5
 */
export function decimate(
  times: ArrayLike<number>,
  { extremes, exceptions }: Kept,
  stretch: Stretch,
  columns: number,
  mostWhole = columns,
): readonly number[] {
  const { start, end, from, to } = stretch
  if (end - start <= mostWhole) return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at)
  const kept: number[] = []
  const width = (to - from) / columns
  const columnAt = (at: number): number => columnOf(times[at], from, width, columns)
  const cursors = exceptions.map(({ positions }) => firstAtLeast(positions, start))
  for (let first = start; first < end;) {
    const after = endOfColumn(columnAt, first, end)
    const chosen = [first, after - 1]
    for (const one of extremes) chosen.push(one.lowestIn(first, after), one.highestIn(first, after))
    for (const [which, one] of exceptions.entries()) {
      let heaviest = -1
      for (; cursors[which] < one.positions.length && one.positions[cursors[which]] < after; cursors[which]++) {
        const at = one.positions[cursors[which]]
        if (heaviest < 0 || one.weightAt(at) > one.weightAt(heaviest)) heaviest = at
      }
      if (heaviest >= 0) chosen.push(heaviest)
    }
    for (const at of chosen.sort((a, b) => a - b)) if (kept.at(-1) !== at) kept.push(at)
    first = after
  }
  return kept
}

function columnOf(time: number, from: number, width: number, columns: number): number {
  if (width <= 0) return 0
  return Math.max(0, Math.min(columns - 1, Math.floor((time - from) / width)))
}

/** First position behind `first` that lies in another column; columns ascend. */
function endOfColumn(columnAt: (at: number) => number, first: number, end: number): number {
  const column = columnAt(first)
  let low = first + 1
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (columnAt(middle) === column) low = middle + 1
    else high = middle
  }
  return low
}

function firstAtLeast(positions: ArrayLike<number>, value: number): number {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (positions[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
