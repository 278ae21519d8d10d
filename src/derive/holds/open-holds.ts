import { REFERENCE_CLASSES } from '../attribution/reference-class.ts'
import { type EventRow, NONE, type StackId, type TaskId } from '../../model/ids.ts'
import { type HoldSink } from './hold-sink.ts'
import { type HoldRow } from './hold-table.ts'
import { type OpenHold } from './open-hold.ts'

/**
 * The open holds of one page, by class, oldest first within a class. What was removed is used again, so nothing is
 * allocated for a get once as many were open before: millions of them come through here.
 */
export class OpenHolds {
  readonly #byClass: readonly OpenHold[][] = REFERENCE_CLASSES.map(() => [])
  readonly #spare: OpenHold[] = []
  readonly #ordered: OpenHold[] = []
  #count = 0

  clear(): void {
    if (this.#count === 0) return
    for (const holds of this.#byClass) {
      for (let at = 0; at < holds.length; at++) this.#spare.push(holds[at])
      if (holds.length > 0) holds.length = 0
    }
    this.#count = 0
  }

  /** Tells of all that stay open. */
  endAll(sink: HoldSink): void {
    if (this.#count === 0) return
    for (const holds of this.#byClass)
      for (let at = 0; at < holds.length; at++) sink.end(holds[at].row, NONE, holds[at].class, holds[at].left)
  }

  /** Opens a hold of `units` references. */
  open(getRow: EventRow, index: number, stack: StackId, task: TaskId, units: number, row: HoldRow): void {
    const hold = this.#spare.pop() ?? { getRow, class: index, stack, task, row, units, left: units }
    hold.getRow = getRow
    hold.class = index
    hold.stack = stack
    hold.task = task
    hold.row = row
    hold.units = units
    hold.left = units
    this.#byClass[index].push(hold)
    this.#count++
  }

  /** Adds references to a hold, which is the newest of its class then. */
  extend(hold: OpenHold, index: number, units: number): void {
    this.#take(hold)
    hold.class = index
    hold.units += units
    hold.left += units
    this.#byClass[index].push(hold)
  }

  /** Open holds of a class, oldest first. */
  ofClass(index: number): readonly OpenHold[] {
    return this.#byClass[index]
  }

  /** Closes a hold; the object is another get's from the next `open` on. */
  remove(hold: OpenHold): void {
    if (!this.#take(hold)) return
    this.#count--
    this.#spare.push(hold)
  }

  #take(hold: OpenHold): boolean {
    const holds = this.#byClass[hold.class]
    const at = holds.lastIndexOf(hold)
    if (at < 0) return false
    for (let next = at + 1; next < holds.length; next++) holds[next - 1] = holds[next]
    holds.pop()
    return true
  }

  /** All open holds by time of get; the array is reused by the next call. */
  inOrder(): readonly OpenHold[] {
    const ordered = this.#ordered
    ordered.length = 0
    let isSorted = true
    let last = -1
    for (const holds of this.#byClass) {
      for (let at = 0; at < holds.length; at++) {
        const hold = holds[at]
        if (hold.getRow < last) isSorted = false
        last = hold.getRow
        ordered.push(hold)
      }
    }
    return isSorted ? ordered : ordered.sort((a, b) => a.getRow - b.getRow)
  }
}
