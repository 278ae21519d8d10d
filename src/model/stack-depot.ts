import { type Column, column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { hashBytes, mixInt } from '../base/hash.ts'
import { type FrameId, NONE, type StackId } from './ids.ts'

/**
 * Every distinct call stack once, as the kernel's lib/stackdepot.c keeps them: a flat record of frames, leaf first.
 * The frames of `stack` are `frames[offsets[stack] .. offsets[stack + 1])`. A flat record (not a tree) because ids
 * are then dense over real stacks, so a group index by stack costs 4 bytes a stack and not 4 bytes a tree node.
 */
export interface StackDepot {
  readonly length: number
  readonly offsets: Column<number>
  readonly frames: Column<FrameId>
  readonly savings: DepotSavings
}

/** What keeping each stack once saves. Sizes in bytes of input text. */
export interface DepotSavings {
  /** Stack blocks read. */
  readonly seen: number
  /** Distinct stacks kept. */
  readonly distinct: number
  /** Bytes of stack text read. */
  readonly textBytes: number
  /** Bytes the depot holds instead. */
  readonly heldBytes: number
}

/** The frames of one stack, leaf first. Free. */
export function framesOf(depot: StackDepot, stack: StackId): Column<FrameId> {
  return stack < 0 ? depot.frames.subarray(0, 0) : depot.frames.subarray(depot.offsets[stack], depot.offsets[stack + 1])
}

const INITIAL_SLOTS = 1 << 10

/** Cuts a block of stack lines, never seen before, into frames (leaf first), pushing each to `into`. */
export type BlockCutter = (bytes: Uint8Array, start: number, end: number, into: FrameId[]) => void

/**
 * Fills a `StackDepot`. A block of stack text is looked up by its bytes first; only one never seen before is cut into
 * frames. Blocks that differ in text but not in frames share one record.
 */
export class StackDepotBuilder {
  #seen = 0
  #textBytes = 0
  readonly #frames = new Growable(Int32Array)
  readonly #offsets = new Growable(Uint32Array)
  readonly #hashes = new Growable(Uint32Array)
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1)

  #blockBytes = new Uint8Array(1 << 16)
  #blockEnd = 0
  readonly #blockStarts = new Growable(Uint32Array)
  readonly #blockSizes = new Growable(Uint32Array)
  readonly #blockHashes = new Growable(Uint32Array)
  readonly #blockStacks = new Growable(Int32Array)
  #blockSlots = new Int32Array(INITIAL_SLOTS).fill(-1)
  readonly #cut: FrameId[] = []

  constructor() {
    this.#offsets.push(0)
  }

  get length(): number {
    return this.#hashes.length
  }

  /** Bytes held now, for the depot and its block cache. */
  get sizeBytes(): number {
    return (
      this.#frames.values.byteLength +
      this.#offsets.values.byteLength +
      this.#blockBytes.byteLength +
      this.#slots.byteLength +
      this.#blockSlots.byteLength
    )
  }

  /** Interns a block of stack lines by its bytes. The result does not depend on how the input was cut into chunks. */
  internBlock(bytes: Uint8Array, start: number, end: number, cut: BlockCutter): StackId {
    this.#seen++
    this.#textBytes += end - start
    const hash = hashBytes(bytes, start, end)
    const slot = this.#blockSlot(bytes, start, end, hash)
    const known = this.#blockSlots[slot]
    if (known >= 0) return this.#blockStacks.values[known] as StackId
    this.#cut.length = 0
    cut(bytes, start, end, this.#cut)
    const stack = this.#internFrames(this.#cut)
    this.#addBlock(bytes, start, end, hash, slot, stack)
    return stack
  }

  /**
   * A guess for the next block: the block whose text starts at `bytes[start]` if it is byte for byte the block of
   * `expected`, else NONE. Lets a reader skip the hash when stacks repeat. `limit` bounds the bytes that may be read.
   * On a hit the text size is added to the savings, and returned as `matchedSize`.
   */
  matchedSize = 0

  matchBlock(bytes: Uint8Array, start: number, limit: number, block: number): StackId {
    if (block < 0 || block >= this.#blockStacks.length) return NONE as StackId
    const size = this.#blockSizes.values[block]
    const from = this.#blockStarts.values[block]
    if (start + size > limit) return NONE as StackId
    const held = this.#blockBytes
    for (let at = size - 1; at >= 0; at--) if (held[from + at] !== bytes[start + at]) return NONE as StackId
    this.matchedSize = size
    return this.#blockStacks.values[block] as StackId
  }

  /** Counts a block that `matchBlock` accepted and the reader took. */
  countMatched(): void {
    this.#seen++
    this.#textBytes += this.matchedSize
  }

  /** The cache entry of the block that `internBlock` took last: what to pass to `matchBlock`. */
  lastBlock = NONE

  /** Interns frames that a reader cut itself (leaf first). `textBytes` is what the input spent on them. */
  internFrames(frames: readonly FrameId[], textBytes: number): StackId {
    this.#seen++
    this.#textBytes += textBytes
    return this.#internFrames(frames)
  }

  build(): StackDepot {
    const frames = this.#frames.trimmed()
    const offsets = this.#offsets.trimmed()
    return {
      length: this.length,
      offsets: column(offsets),
      frames: column(frames),
      savings: {
        seen: this.#seen,
        distinct: this.length,
        textBytes: this.#textBytes,
        heldBytes: frames.byteLength + offsets.byteLength,
      },
    }
  }

  #internFrames(frames: readonly FrameId[]): StackId {
    let hash = 0x9e3779b9
    for (const frame of frames) hash = mixInt(hash, frame)
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const id = this.#slots[slot]
      if (id < 0) break
      if (this.#hashes.values[id] === hash && this.#hasFrames(id, frames)) return id as StackId
      slot = (slot + 1) & mask
    }
    for (const frame of frames) this.#frames.push(frame)
    this.#offsets.push(this.#frames.length)
    const id = this.#hashes.push(hash)
    this.#slots[slot] = id
    if (this.#hashes.length * 2 > this.#slots.length) this.#slots = rehashed(this.#slots, this.#hashes)
    return id as StackId
  }

  #hasFrames(id: number, frames: readonly FrameId[]): boolean {
    const start = this.#offsets.values[id]
    if (this.#offsets.values[id + 1] - start !== frames.length) return false
    for (let at = 0; at < frames.length; at++) if (this.#frames.values[start + at] !== frames[at]) return false
    return true
  }

  #blockSlot(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#blockSlots.length - 1
    let slot = hash & mask
    for (;;) {
      const block = this.#blockSlots[slot]
      if (block < 0) return slot
      if (this.#blockHashes.values[block] === hash && this.#isBlock(block, bytes, start, end)) {
        this.lastBlock = block
        return slot
      }
      slot = (slot + 1) & mask
    }
  }

  #isBlock(block: number, bytes: Uint8Array, start: number, end: number): boolean {
    const size = this.#blockSizes.values[block]
    if (size !== end - start) return false
    const from = this.#blockStarts.values[block]
    for (let at = 0; at < size; at++) if (this.#blockBytes[from + at] !== bytes[start + at]) return false
    return true
  }

  #addBlock(bytes: Uint8Array, start: number, end: number, hash: number, slot: number, stack: StackId): void {
    const size = end - start
    if (this.#blockEnd + size > this.#blockBytes.length) {
      const grown = new Uint8Array(Math.max(this.#blockBytes.length * 2, this.#blockEnd + size))
      grown.set(this.#blockBytes.subarray(0, this.#blockEnd))
      this.#blockBytes = grown
    }
    this.#blockBytes.set(bytes.subarray(start, end), this.#blockEnd)
    const block = this.#blockStarts.push(this.#blockEnd)
    this.#blockEnd += size
    this.#blockSizes.push(size)
    this.#blockHashes.push(hash)
    this.#blockStacks.push(stack)
    this.#blockSlots[slot] = block
    this.lastBlock = block
    if (this.#blockStacks.length * 2 > this.#blockSlots.length) {
      this.#blockSlots = rehashed(this.#blockSlots, this.#blockHashes)
    }
  }
}

function rehashed(slots: Int32Array, hashes: Growable<Uint32Array>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(slots.length * 2).fill(-1)
  const mask = next.length - 1
  for (let id = 0; id < hashes.length; id++) {
    let slot = hashes.values[id] & mask
    while (next[slot] >= 0) slot = (slot + 1) & mask
    next[slot] = id
  }
  return next
}
