import { findAbove, findAtLeast } from '../base/bisect.ts'
import { column } from '../base/column.ts'
import { type Extremes, extremesOf } from '../base/extremes.ts'
import { rowsOf } from '../base/group-index.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow, type HoldTable } from '../derive/holds/hold-table.ts'
import { type PageId } from '../model/ids.ts'
import { holdDurationNs } from './hold-answer.ts'

/** Some holds of a page in order of their start, with what finds the longest of any stretch of them. */
interface HoldSeries {
  readonly row: Int32Array
  readonly from: Float64Array
  readonly to: Float64Array
  readonly durations: Extremes
}

/**
 * Holds of a page that overlap `[from, to]`: those that migration does not expect first (they are what one looks for,
 * and a busy page has thousands of others), then the longest; at equal length the earlier one first. The first `most`,
 * and how many there are. O(holds of the page) once; then a look at the end of each that began
 * before the window, and O(most × log holds).
 */
export function holdsInWindow(
  derived: Derived,
  page: PageId,
  window: { readonly from: number; readonly to: number },
  most: number,
): { readonly shown: readonly HoldRow[]; readonly total: number } {
  if (page < 0) return { shown: [], total: 0 }
  const shown: HoldRow[] = []
  let total = 0
  for (const series of seriesOf(derived.holds, page)) {
    const within = longestIn(derived.holds, series, window, most)
    total += within.total
    shown.push(...within.shown.slice(0, most - shown.length))
  }
  return { shown, total }
}

function longestIn(
  holds: HoldTable,
  series: HoldSeries,
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): { readonly shown: readonly HoldRow[]; readonly total: number } {
  const start = findAtLeast(column(series.from), from)
  const end = findAbove(column(series.from), to)
  const before = endingAtLeast(series, start, from)
  const found = [...longestAmong(series, before, most), ...longest(series, start, end, most)].map(
    (at) => series.row[at],
  )
  found.sort((a, b) => holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b)
  return { shown: found.slice(0, most), total: before.length + end - start }
}

/** Positions in `[0, end)` of holds that end at or after a time. One look at each: cheaper than any search. */
function endingAtLeast({ to }: HoldSeries, end: number, time: number): readonly number[] {
  const found: number[] = []
  for (let at = 0; at < end; at++) if (to[at] >= time) found.push(at)
  return found
}

/** Those of some positions that are among the `most` longest, and as long ones. Durations alone are sorted, as numbers. */
function longestAmong({ from, to }: HoldSeries, positions: readonly number[], most: number): readonly number[] {
  if (positions.length <= most) return positions
  const durations = Float64Array.from(positions, (at) => to[at] - from[at]).sort()
  const shortest = durations[durations.length - most]
  const longer = positions.filter((at) => to[at] - from[at] > shortest)
  const equal = positions.filter((at) => to[at] - from[at] === shortest)
  return [...longer, ...equal.slice(0, most - longer.length)]
}

/** Positions in `[start, end)` of the longest holds, at least `most` where there are so many. */
function longest({ from, to, durations }: HoldSeries, start: number, end: number, most: number): readonly number[] {
  if (end - start <= most) return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at)
  const found: number[] = []
  const stretches = [{ low: start, high: end, at: durations.highestIn(start, end) }]
  const isBefore = (a: number, b: number): boolean => {
    const difference = to[b] - from[b] - (to[a] - from[a])
    return difference < 0 || (difference === 0 && a < b)
  }
  while (found.length < most && stretches.length > 0) {
    let best = 0
    for (let one = 1; one < stretches.length; one++) if (isBefore(stretches[one].at, stretches[best].at)) best = one
    const { low, high, at } = stretches[best]
    stretches[best] = stretches[stretches.length - 1]
    stretches.pop()
    found.push(at)
    if (low < at) stretches.push({ low, high: at, at: durations.highestIn(low, at) })
    if (at + 1 < high) stretches.push({ low: at + 1, high, at: durations.highestIn(at + 1, high) })
  }
  return found
}

/** The last pages asked about: up to eight are compared at a time. */
const MOST_PAGES = 12

const kept = new WeakMap<HoldTable, Map<PageId, readonly HoldSeries[]>>()

/** The unexpected holds of a page, and the expected ones. */
function seriesOf(holds: HoldTable, page: PageId): readonly HoldSeries[] {
  const ofHolds = kept.get(holds) ?? new Map<PageId, readonly HoldSeries[]>()
  kept.set(holds, ofHolds)
  const known = ofHolds.get(page)
  if (known !== undefined) return known
  const [oldest] = ofHolds.keys()
  if (ofHolds.size >= MOST_PAGES) ofHolds.delete(oldest)
  const built = [false, true].map((isExpected) => buildSeries(holds, page, isExpected))
  ofHolds.set(page, built)
  return built
}

function buildSeries(holds: HoldTable, page: PageId, isExpected: boolean): HoldSeries {
  const row = rowsOfPage(holds, page, isExpected)
  const { length } = row
  const [from, to, durations] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  for (let at = 0; at < length; at++) {
    from[at] = holds.from[row[at]]
    to[at] = holds.to[row[at]]
    durations[at] = to[at] - from[at]
  }
  return { row, from, to, durations: extremesOf(durations) }
}

const IS_EXPECTED = Uint8Array.from(REFERENCE_CLASSES, ({ isExpected }) => Number(isExpected))

/** Rows of the holds of a page that migration expects, or does not, in order of their start. */
function rowsOfPage(holds: HoldTable, page: PageId, isExpected: boolean): Int32Array {
  const rows = rowsOf(holds.byPage, page)
  const chosen = new Int32Array(rows.length)
  let length = 0
  let isSorted = true
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    if (IS_EXPECTED[holds.class[hold]] !== Number(isExpected)) continue
    isSorted &&= length === 0 || holds.from[chosen[length - 1]] <= holds.from[hold]
    chosen[length++] = hold
  }
  const found = chosen.slice(0, length)
  return isSorted ? found : found.sort((a, b) => holds.from[a] - holds.from[b] || a - b)
}
