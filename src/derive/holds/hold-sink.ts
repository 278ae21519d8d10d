import { type StackId, type TaskId } from '../../model/ids.ts'
import { type HoldRow } from './hold-table.ts'

/** Takes the holds of a life as it is walked: each has its row from its first event on, so that they come in order. */
export interface HoldSink {
  /** A hold begins: the row of its get, NONE for a put without one, and the stack and task that name it. */
  begin(getRow: number, stack: StackId, task: TaskId): HoldRow
  /** A hold ends: the row of its put, NONE for one that stays open; its class, and its references. */
  end(hold: HoldRow, putRow: number, index: number, units: number): void
  /** A hold turns out to be none: a put answers a get that nothing told of at first. */
  drop(hold: HoldRow): void
}

/** Takes nothing. */
export const NOWHERE: HoldSink = { begin: () => 0, end: () => undefined, drop: () => undefined }
