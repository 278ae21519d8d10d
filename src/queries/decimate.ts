/** Most points that a column of pixels keeps of one series: first, lowest, highest, last. Each more series adds two. */
export const POINTS_PER_COLUMN = 4

/**
 * Positions to keep of series that share their times, so that lines drawn `columns` pixels wide look the same: first and
 * last of each column, and the lowest and highest of each series in it (M4), ascending and distinct. `times` ascend;
 * `[from, to]` is what the columns span. Every position is kept when they are few enough already. O(points × series).
 *
 *     values    3 1 2 9 4 | 5 5 5       two columns, one series
 *     kept      3 1   9 4 | 5   5
 */
export function decimate(
  times: ArrayLike<number>,
  series: readonly ArrayLike<number>[],
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
    keepColumn(series, start, end, kept)
    start = end
  }
  return kept
}

function columnOf(time: number, from: number, width: number, columns: number): number {
  if (width <= 0) return 0
  return Math.max(0, Math.min(columns - 1, Math.floor((time - from) / width)))
}

function keepColumn(series: readonly ArrayLike<number>[], start: number, end: number, kept: number[]): void {
  const chosen = [start, end - 1, ...series.flatMap((values) => extremesOf(values, start, end))].sort((a, b) => a - b)
  for (const at of chosen) if (kept.at(-1) !== at) kept.push(at)
}

function extremesOf(values: ArrayLike<number>, start: number, end: number): readonly [number, number] {
  let lowest = start
  let highest = start
  for (let at = start + 1; at < end; at++) {
    if (values[at] < values[lowest]) lowest = at
    if (values[at] > values[highest]) highest = at
  }
  return [lowest, highest]
}
