import { findAtLeast } from '../base/bisect.ts'
import { rowsOf } from '../base/group-index.ts'
import { type CountPoint } from '../derive/counts/count-point.ts'
import { countPointsOf } from '../derive/counts/count-points.ts'
import { isRefKind } from '../model/event-kind.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** Count points of the given rows (ascending), each judged against the reference event of its page before it. */
export function pointsOfRows(trace: Trace, rows: readonly EventRow[]): ReadonlyMap<EventRow, CountPoint> {
  const spans = new Map<PageId, { first: EventRow; last: EventRow }>()
  for (const row of rows) {
    const page = trace.events.page[row]
    if (page < 0 || !isRefKind(trace.events.kind[row])) continue
    const span = spans.get(page)
    if (span === undefined) spans.set(page, { first: row, last: row })
    else span.last = row
  }
  const wanted = new Set(rows)
  const points = new Map<EventRow, CountPoint>()
  for (const [page, { first, last }] of spans) {
    const from = refRowBefore(trace, page, first)
    for (const point of countPointsOf(trace, page, from, last)) if (wanted.has(point.row)) points.set(point.row, point)
  }
  return points
}

/** The page's reference row before `row`, or `row` when it is the first. */
function refRowBefore(trace: Trace, page: PageId, row: EventRow): EventRow {
  const rows = rowsOf(trace.indexes.byPage, page)
  for (let at = findAtLeast(rows, row) - 1; at >= 0; at--) if (isRefKind(trace.events.kind[rows[at]])) return rows[at]
  return row
}
