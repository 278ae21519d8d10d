import { type EventRow, type StackId, type TaskId } from '../../model/ids.ts'

/** A get that waits for its put, while the events of one page are walked. */
export interface OpenHold {
  readonly getRow: EventRow
  readonly class: number
  readonly stack: StackId
  readonly task: TaskId
  /** References taken. */
  units: number
  /** References not yet put. */
  left: number
}
