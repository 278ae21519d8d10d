import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type CountColumns, countColumnsOf, GAP_KINDS } from './count-columns.ts'
import { type CountPoint } from './count-point.ts'
import { NOT_TOLD } from './mapcount.ts'

/**
 * The count of a page after each of its reference events with `fromRow <= row <= toRow`, in time order: `countColumnsOf`
 * as objects, for who asks of few events.
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
  const columns = countColumnsOf(trace, page, fromRow, toRow)
  return Array.from({ length: columns.length }, (_, at) => pointAt(columns, at))
}

function pointAt(columns: CountColumns, at: number): CountPoint {
  const mapcount = columns.mapcount[at]
  return {
    row: columns.row[at] as EventRow, // made of the page's rows
    time: columns.time[at] as TimeNs, // of the event
    count: columns.count[at],
    isExact: columns.isExact[at] === 1,
    delta: columns.delta[at],
    gap: columns.gap[at],
    gapKind: GAP_KINDS[columns.gapKind[at]],
    ...(mapcount === NOT_TOLD ? {} : { mapcount }),
  }
}
