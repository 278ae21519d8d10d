import { type EventRow, type StackId, type TaskId } from '../../model/ids.ts'
import { type HoldRow } from './hold-table.ts'

/** A get that waits for its put, while the events of one page are walked. Reused for another get once it is closed. */
export interface OpenHold {
  getRow: EventRow
  class: number
  stack: StackId
  task: TaskId
  /** Where the hold is written; see `HoldSink`. */
  row: HoldRow
  /** References taken. */
  units: number
  /** References not yet put. */
  left: number
}
