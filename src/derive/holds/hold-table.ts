import { type TimeNs } from '../../base/clock.ts'
import { type Column } from '../../base/column.ts'
import { type GroupIndex } from '../../base/group-index.ts'
import { type EventRow, type PageId, type StackId, type TaskId } from '../../model/ids.ts'

/** Dense row in `HoldTable`. */
export type HoldRow = number

/** A get and the put that answers it. */
export const HOLD_CLOSED = 0
/** A get with no put before the page's lifetime or the trace ends. */
export const HOLD_OPEN = 1
/** A put with no get: the hold began before the trace (or inside a loss). */
export const HOLD_BEGAN_BEFORE = 2

/**
 * Hold intervals: a get and the put that answers it. `units` references were taken at once (1024 a pin for FOLL_PIN on
 * a small folio). Rows ascend by page, then by start time.
 */
export interface HoldTable {
  readonly length: number
  readonly page: Column<PageId>
  /** HOLD_CLOSED, HOLD_OPEN or HOLD_BEGAN_BEFORE. */
  readonly kind: Column<number>
  /** Index into `REFERENCE_CLASSES`. */
  readonly class: Column<number>
  /** Row of the get; NONE for HOLD_BEGAN_BEFORE. */
  readonly getRow: Column<EventRow>
  /** Row of the put; NONE for HOLD_OPEN. */
  readonly putRow: Column<EventRow>
  /** Time of the get; for HOLD_BEGAN_BEFORE the first time at which it is known, or not refuted by a count: see `firstWithIt`. */
  readonly from: Column<TimeNs>
  /** Time of the put; end of the trace for HOLD_OPEN. */
  readonly to: Column<TimeNs>
  /** References held. FOLL_PIN's 1024 counts as `units = 1024`. */
  readonly units: Column<number>
  /** Stack that names the hold: the get's, or the put's for HOLD_BEGAN_BEFORE. NONE when not recorded. */
  readonly stack: Column<StackId>
  /** Task of the get (of the put for HOLD_BEGAN_BEFORE). */
  readonly task: Column<TaskId>
  readonly byPage: GroupIndex<PageId, HoldRow>
  readonly byStack: GroupIndex<StackId, HoldRow>
}
