import { type TimeNs } from '../../base/clock.ts'
import { type Column } from '../../base/column.ts'
import { type GroupIndex } from '../../base/group-index.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'

/** Brand-less dense row in `LifetimeTable`. */
export type LifetimeRow = number

/** How a lifetime begins or ends. */
export const EDGE_CERTAIN = 0
/** The trace (or the CPU's buffer) begins or ends here: the life may go on beyond it. */
export const EDGE_TRACE = 1

/**
 * A page between two moments its count was certainly zero: from a `page_ref_set` (or the first event seen) to a put
 * that reached zero, or to the next set. Rows are grouped by page and ascend in time.
 */
export interface LifetimeTable {
  readonly length: number
  readonly page: Column<PageId>
  readonly firstRow: Column<EventRow>
  readonly lastRow: Column<EventRow>
  /** The event that tells of the end: `lastRow`, or the set of the next life when no event shows the end before it. */
  readonly endRow: Column<EventRow>
  readonly from: Column<TimeNs>
  /** Time of `endRow`. */
  readonly to: Column<TimeNs>
  /** EDGE_CERTAIN or EDGE_TRACE. */
  readonly startEdge: Column<number>
  readonly endEdge: Column<number>
  readonly byPage: GroupIndex<PageId, LifetimeRow>
}
