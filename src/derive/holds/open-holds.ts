import { REFERENCE_CLASSES } from '../attribution/reference-class.ts'
import { type OpenHold } from './open-hold.ts'

/** The open holds of one page, by class, oldest first within a class. */
export class OpenHolds {
  readonly #byClass: readonly OpenHold[][] = REFERENCE_CLASSES.map(() => [])

  clear(): void {
    for (const holds of this.#byClass) holds.length = 0
  }

  push(hold: OpenHold): void {
    this.#byClass[hold.class].push(hold)
  }

  /** Open holds of a class, oldest first. */
  ofClass(index: number): readonly OpenHold[] {
    return this.#byClass[index]
  }

  remove(hold: OpenHold): void {
    const holds = this.#byClass[hold.class]
    const at = holds.lastIndexOf(hold)
    if (at >= 0) holds.splice(at, 1)
  }

  /** All open holds by time of get. */
  inOrder(): readonly OpenHold[] {
    return this.#byClass.flat().sort((a, b) => a.getRow - b.getRow)
  }
}
