/** Most points that a column of pixels keeps. */
export const POINTS_PER_COLUMN = 4

/**
 * Positions to keep of a series so that a line drawn `columns` pixels wide looks the same: first, lowest, highest and
 * last value of each column (M4), ascending and distinct. `times` ascend; `[from, to]` is what the columns span. Every
 * position is kept when they are few enough already. O(points).
 *
 *     values    3 1 2 9 4 | 5 5 5       two columns
 *     kept      3 1   9 4 | 5   5
 */
export function decimate(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  from: number,
  to: number,
  columns: number,
): readonly number[] {
  if (times.length <= columns) return Array.from({ length: times.length }, (_, at) => at)
  const kept: number[] = []
  const width = (to - from) / columns
  let start = 0
  while (start < times.length) {
    const bin = columnOf(times[start], from, width, columns)
    let end = start + 1
    while (end < times.length && columnOf(times[end], from, width, columns) === bin) end++
    keepColumn(values, start, end, kept)
    start = end
  }
  return kept
}

function columnOf(time: number, from: number, width: number, columns: number): number {
  if (width <= 0) return 0
  return Math.max(0, Math.min(columns - 1, Math.floor((time - from) / width)))
}

function keepColumn(values: ArrayLike<number>, start: number, end: number, kept: number[]): void {
  let lowest = start
  let highest = start
  for (let at = start + 1; at < end; at++) {
    if (values[at] < values[lowest]) lowest = at
    if (values[at] > values[highest]) highest = at
  }
  const inOrder = [start, Math.min(lowest, highest), Math.max(lowest, highest), end - 1]
  for (const at of inOrder) if (kept.at(-1) !== at) kept.push(at)
}
