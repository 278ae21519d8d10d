import { NONE, type StackId } from './ids.ts'

/** Handles with their stacks; NONE for one that stands for several. */
export interface HandleRows {
  readonly handle: Float64Array
  readonly stack: Int32Array
}

/**
 * Which stack a handle of the kernel's stack depot stands for (page_owner_stacks, and page_owner in its print modes with
 * handles). Handles are of one boot: one that two files name differently is of two, and stands for neither.
 */
export class StackHandles {
  readonly #stacks = new Map<number, StackId>()

  /** Says which stack a handle stands for. */
  name(handle: number, stack: StackId): void {
    const known = this.#stacks.get(handle)
    this.#stacks.set(handle, known === undefined || known === stack ? stack : (NONE as StackId))
  }

  /** All handles that were told, with their stacks. */
  rows(): HandleRows {
    return { handle: Float64Array.from(this.#stacks.keys()), stack: Int32Array.from(this.#stacks.values()) }
  }

  /** Says what another builder was told; `stack` are the ids of its stacks here. */
  takeRows(rows: HandleRows, stack: Int32Array): void {
    for (let row = 0; row < rows.handle.length; row++) {
      this.name(rows.handle[row], (rows.stack[row] < 0 ? NONE : stack[rows.stack[row]]) as StackId)
    }
  }

  /** The stack of a handle; NONE when no file tells, or files tell different ones. */
  find(handle: number): StackId {
    return this.#stacks.get(handle) ?? (NONE as StackId)
  }
}
