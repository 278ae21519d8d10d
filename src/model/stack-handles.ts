import { NONE, type StackId } from './ids.ts'

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

  /** The stack of a handle; NONE when no file tells, or files tell different ones. */
  find(handle: number): StackId {
    return this.#stacks.get(handle) ?? (NONE as StackId)
  }
}
