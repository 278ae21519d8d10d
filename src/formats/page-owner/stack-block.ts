import { type StackId, NONE } from '../../model/ids.ts'
import { type BlockCutter, type StackDepotBuilder } from '../../model/stack-depot.ts'

/**
 * The stack lines of one record, as one run of bytes. As long as the lines touch each other in one chunk nothing is
 * copied; else they are gathered.
 */
export class StackBlock {
  #bytes: Uint8Array = new Uint8Array(0)
  #start = 0
  #end = 0
  #gathered = new Uint8Array(1 << 12)
  #size = 0

  /** True while no line was added. */
  get isEmpty(): boolean {
    return this.#start === this.#end && this.#size === 0
  }

  /** Adds the line `bytes[start, end)`, its LF included. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (this.#start === this.#end) {
      this.#bytes = bytes
      this.#start = start
    } else if (this.#end !== start) {
      this.settle()
      this.#bytes = bytes
      this.#start = start
    }
    this.#end = end
  }

  /** Copies what lies in the chunk; called before its bytes go away. */
  settle(): void {
    const size = this.#end - this.#start
    if (size === 0) return
    this.#reserve(this.#size + size)
    this.#gathered.set(this.#bytes.subarray(this.#start, this.#end), this.#size)
    this.#size += size
    this.#start = this.#end = 0
  }

  /** Interns the block and begins a new one. NONE when there was no line. */
  take(depot: StackDepotBuilder, cut: BlockCutter): StackId {
    if (this.#size > 0) this.settle()
    const isGathered = this.#size > 0
    const start = isGathered ? 0 : this.#start
    const end = isGathered ? this.#size : this.#end
    const stack =
      start === end ? (NONE as StackId) : depot.internBlock(isGathered ? this.#gathered : this.#bytes, start, end, cut)
    this.clear()
    return stack
  }

  clear(): void {
    this.#start = this.#end = this.#size = 0
  }

  #reserve(size: number): void {
    if (size <= this.#gathered.length) return
    const grown = new Uint8Array(Math.max(size, this.#gathered.length * 2))
    grown.set(this.#gathered.subarray(0, this.#size))
    this.#gathered = grown
  }
}
