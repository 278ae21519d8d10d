import { Growable } from '../base/growable.ts'
import { HASH_SEED } from '../base/hash-seed.ts'
import { isSameText } from '../base/same-text.ts'
import { NONE, type StackId } from './ids.ts'

const INITIAL_SLOTS = 1 << 10
const LF = 10

/**
 * Blocks of stack text by their bytes, each with the stack it was cut into: text is cut into frames once, then only
 * compared. A block is a dense number in order of first sight.
 */
export class BlockCache {
  #bytes = new Uint8Array(1 << 16)
  #view = new DataView(this.#bytes.buffer)
  #end = 0
  readonly #starts = new Growable(Uint32Array)
  readonly #sizes = new Growable(Uint32Array)
  readonly #lines = new Growable(Uint32Array)
  readonly #hashes = new Growable(Uint32Array)
  readonly #stacks = new Growable(Int32Array)
  #slots = new Int32Array(INITIAL_SLOTS).fill(NONE)
  #slot = 0
  #hash = 0

  /** Bytes held. */
  get sizeBytes(): number {
    return this.#bytes.byteLength + this.#slots.byteLength + this.#starts.length * 20
  }

  /** Bytes of a block. */
  sizeOf(block: number): number {
    return this.#sizes.values[block]
  }

  /** Lines of a block. */
  linesOf(block: number): number {
    return this.#lines.values[block]
  }

  stackOf(block: number): StackId {
    return this.#stacks.values[block] as StackId
  }

  /** True when the text at `start` begins with the bytes of `block` and these end at or before `limit`. Hot. */
  isAt(block: number, view: DataView, start: number, limit: number): boolean {
    const size = this.#sizes.values[block]
    if (size === 0 || start + size > limit) return false
    return isSameText(this.#view, this.#starts.values[block], view, start, size)
  }

  /** The block that is `[start, end)`, or NONE; `add` may follow. */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const size = end - start
    const hash = hashOf(view, start, end)
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const block = this.#slots[slot]
      if (block < 0) break
      if (this.#hashes.values[block] === hash && this.#sizes.values[block] === size) {
        if (this.isAt(block, view, start, end) || this.#isSame(block, bytes, start)) return block
      }
      slot = (slot + 1) & mask
    }
    this.#slot = slot
    this.#hash = hash
    return NONE
  }

  /** Keeps `[start, end)`, which `find` just did not find. */
  add(bytes: Uint8Array, start: number, end: number, stack: StackId): number {
    const size = end - start
    this.#reserve(this.#end + size)
    this.#bytes.set(bytes.subarray(start, end), this.#end)
    const block = this.#starts.push(this.#end)
    this.#end += size
    this.#sizes.push(size)
    this.#lines.push(countLines(bytes, start, end))
    this.#hashes.push(this.#hash)
    this.#stacks.push(stack)
    this.#slots[this.#slot] = block
    if (this.#stacks.length * 2 > this.#slots.length) this.#rehash()
    return block
  }

  /** Byte for byte: text that is no number pattern `isAt` can compare (a NaN). */
  #isSame(block: number, bytes: Uint8Array, start: number): boolean {
    const from = this.#starts.values[block]
    const size = this.#sizes.values[block]
    for (let at = 0; at < size; at++) if (this.#bytes[from + at] !== bytes[start + at]) return false
    return true
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, size))
    grown.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(NONE)
    const mask = slots.length - 1
    for (let block = 0; block < this.#hashes.length; block++) {
      let slot = this.#hashes.values[block] & mask
      while (slots[slot] >= 0) slot = (slot + 1) & mask
      slots[slot] = block
    }
    this.#slots = slots
  }
}

/** Four bytes a step; never negative. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = (end - start) ^ HASH_SEED
  let at = start
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
  return (hash ^ (hash >>> 13)) >>> 0
}

function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0
  for (let at = start; at < end; at++) if (bytes[at] === LF) lines++
  return lines
}
