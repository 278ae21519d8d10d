import { findAtLeast } from '../../base/bisect.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { rowsOf } from '../../base/group-index.ts'
import { isRefKind, SET } from '../../model/event-kind.ts'
import { type Trace } from '../../model/trace.ts'
import { type CountPoint } from './count-point.ts'
import { deltaOf } from '../operation.ts'
import { statedCount } from './effect.ts'
import { mappingsOf } from './mapcount.ts'

/** Window in which another CPU's operation may have raced the re-read count: out-of-order buffers, ns. */
const RACE_WINDOW_NS = 50_000

/**
 * The count of a page after each of its reference events with `fromRow <= row <= toRow`, in time order.
 * A point that disagrees with the one before is marked: `race` when a neighbouring event of the page within 50 us
 * explains the size, `missing` when nothing traced does (an operation was lost, filtered or is not traced).
 * The first point, and one at a `set`, starts anew and has no gap. O(events of the page).
 */
export function countPointsOf(
  trace: Trace,
  page: PageId,
  fromRow = 0,
  toRow = Number.POSITIVE_INFINITY,
): readonly CountPoint[] {
  const last = lastAnswer.get(trace)
  if (last !== undefined && last.page === page && last.fromRow === fromRow && last.toRow === toRow) return last.points
  const points = readPoints(trace, page, fromRow, toRow)
  lastAnswer.set(trace, { page, fromRow, toRow, points })
  return points
}

/** The last answer for each trace: who judges a page asks for the same points for each of its holders. */
const lastAnswer = new WeakMap<
  Trace,
  { readonly page: PageId; readonly fromRow: number; readonly toRow: number; readonly points: readonly CountPoint[] }
>()

function readPoints(trace: Trace, page: PageId, fromRow: number, toRow: number): readonly CountPoint[] {
  const rows = rowsOf(trace.indexes.byPage, page)
  const points: CountPoint[] = []
  for (let at = findAtLeast(rows, fromRow); at < rows.length && rows[at] <= toRow; at++) {
    const row = rows[at]
    if (!isRefKind(trace.events.kind[row])) continue
    points.push(pointAt(trace, row, points[points.length - 1]))
  }
  return points.map((point, at) => judgeGap(trace, points, point, at))
}

function pointAt(trace: Trace, row: EventRow, before: CountPoint | undefined): CountPoint {
  const stated = statedCount(trace, row)
  const count = stated ?? trace.events.count[row]
  const delta = deltaOf(trace, row)
  const startsAnew = before === undefined || trace.events.kind[row] === SET
  const mapcount = mappingsOf(trace, row)
  return {
    row,
    time: trace.events.time[row],
    count,
    isExact: stated !== undefined,
    delta,
    gap: startsAnew ? 0 : count - (before.count + delta),
    gapKind: 'none',
    ...(mapcount === undefined ? {} : { mapcount }),
  }
}

function judgeGap(trace: Trace, points: readonly CountPoint[], point: CountPoint, at: number): CountPoint {
  if (point.gap === 0) return point
  const isRace = isNear(point, points[at - 1]) || isNear(point, points[at + 1])
  return { ...point, gapKind: isRace && crossesCpu(trace, points, at) ? 'race' : 'missing' }
}

function isNear(point: CountPoint, other: CountPoint | undefined): boolean {
  return other !== undefined && Math.abs(other.time - point.time) <= RACE_WINDOW_NS
}

function crossesCpu(trace: Trace, points: readonly CountPoint[], at: number): boolean {
  const cpuOf = (other: CountPoint | undefined): number =>
    other === undefined ? -2 : trace.contexts.cpu[trace.events.context[other.row]]
  const own = cpuOf(points[at])
  return [points[at - 1], points[at + 1]].some(
    (other) => other !== undefined && isNear(points[at], other) && cpuOf(other) !== own,
  )
}
