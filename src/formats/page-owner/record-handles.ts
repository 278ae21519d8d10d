import { type StackHandles } from '../../model/stack-handles.ts'
import { type ReadRecord } from './record-lines.ts'

const HANDLES =
  'this dump names stacks by handle: page_owner_stacks/show_stacks_handles of the same boot tells which they are'

/** Stack depot handles of the records of one dump, which the print modes `handle` and `stack_handle` give. */
export class RecordHandles {
  readonly #names: StackHandles
  /** Handles that stand where a stack should. */
  readonly #bare = new Set<number>()

  constructor(names: StackHandles) {
    this.#names = names
  }

  /** A record is whole: where it has both, its handle names its stack. */
  join({ handle, stack }: ReadRecord): void {
    if (handle < 0) return
    if (stack >= 0) this.#names.name(handle, stack)
    else this.#bare.add(handle)
  }

  /** Handles that stand alone. */
  bare(): Float64Array {
    return Float64Array.from(this.#bare)
  }

  /** Handles that stand alone in another part of the dump. */
  takeBare(handles: Float64Array): void {
    for (const handle of handles) this.#bare.add(handle)
  }

  /** What to say when a handle stands alone and no file told its stack so far; empty else. */
  notice(): string {
    return [...this.#bare].some((handle) => this.#names.find(handle) < 0) ? HANDLES : ''
  }
}
