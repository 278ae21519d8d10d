/** How something went over the measurements. */
export interface Trend {
  /** By how much it grows from one measurement's place to the next one, by least squares. */
  readonly slope: number
  /** Standard error of the slope. */
  readonly error: number
  /** Medians of the first and of the last quarter of what was judged. */
  readonly first: number
  readonly last: number
}

/** What may still be called flat. */
export interface Allowed {
  /** Growth for each cycle or step that even the upper end of the slope (two standard errors above it) must not reach. */
  readonly slope: number
  /** What the last median may lie above the first. */
  readonly rise: number
}

/** One measurement: at which cycle or step, and how much. */
export type Point = readonly [at: number, value: number]

/** The trend after warming up: of the last three quarters of all points. */
export function trendOf(points: readonly Point[]): Trend {
  const judged = points.slice(Math.floor(points.length / 4))
  const quarter = Math.max(1, Math.floor(judged.length / 4))
  const values = judged.map(([, value]) => value)
  return {
    ...lineThrough(judged),
    first: median(values.slice(0, quarter)),
    last: median(values.slice(-quarter)),
  }
}

/**
 * True when it is as good as certain that nothing grows: the slope with twice its error stays below what is allowed, and
 * the last median is no more than the allowed rise above the first one after warming up.
 */
export function isFlat({ slope, error, first, last }: Trend, allowed: Allowed): boolean {
  return slope + 2 * error <= allowed.slope && last <= first + allowed.rise
}

/** Fewer points say nothing of a trend. */
const LEAST = 6

function lineThrough(points: readonly Point[]): { readonly slope: number; readonly error: number } {
  const count = points.length
  const [meanAt, mean] = [average(points.map(([at]) => at)), average(points.map(([, value]) => value))]
  const spread = points.reduce((sum, [at]) => sum + (at - meanAt) ** 2, 0)
  if (count < LEAST || spread === 0) return { slope: 0, error: Number.POSITIVE_INFINITY }
  const slope = points.reduce((sum, [at, value]) => sum + (at - meanAt) * (value - mean), 0) / spread
  const left = points.reduce((sum, [at, value]) => sum + (value - mean - slope * (at - meanAt)) ** 2, 0)
  return { slope, error: Math.sqrt(left / (count - 2) / spread) }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Of a count that is exact: true when each of the last quarter is above each of the second one. The first is for warming up. */
export function hasGrown(counts: readonly number[]): boolean {
  const quarter = Math.floor(counts.length / 4)
  return Math.min(...counts.slice(-quarter)) > Math.max(...counts.slice(quarter, 2 * quarter))
}
