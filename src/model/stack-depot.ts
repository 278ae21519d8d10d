import { type Column, column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { mixInt } from '../base/hash.ts'
import { HASH_SEED } from '../base/hash-seed.ts'
import { BlockCache } from './block-cache.ts'
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

/** The stacks of a `StackDepotBuilder`, as `StackDepot` has them. */
export interface StackRows {
  readonly offsets: Uint32Array
  readonly frames: Int32Array
  readonly seen: number
  readonly textBytes: number
}

const INITIAL_SLOTS = 1 << 10

/** Cuts a block of stack lines, never seen before, into frames (leaf first), pushing each to `into`. */
export type BlockCutter = (bytes: Uint8Array, start: number, end: number, into: FrameId[]) => void

/**
 * Fills a `StackDepot`. A block of stack text is looked up by its bytes first; only one never seen before is cut into
 * frames. Blocks that differ in text but not in frames share one record. The result does not depend on how the input
 * was cut into chunks.
 *
 * A reader that can guess its next block asks `matchBlock` first: then the text is read once, to compare it.
 */
export class StackDepotBuilder {
  #seen = 0
  #textBytes = 0
  readonly #frames = new Growable(Int32Array)
  readonly #offsets = new Growable(Uint32Array)
  readonly #hashes = new Growable(Uint32Array)
  #slots = new Int32Array(INITIAL_SLOTS).fill(NONE)
  readonly #blocks = new BlockCache()
  readonly #cut: FrameId[] = []
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** The cached block that was taken last, to be guessed again; NONE when it cannot be. */
  lastBlock = NONE

  constructor() {
    this.#offsets.push(0)
  }

  get length(): number {
    return this.#hashes.length
  }

  /** Bytes held now, for the depot and its block cache. */
  get sizeBytes(): number {
    const own = this.#frames.values.byteLength + this.#offsets.values.byteLength + this.#slots.byteLength
    return own + this.#blocks.sizeBytes
  }

  /** Stack of a block of stack lines, `bytes[start, end)`. Sets `lastBlock`. */
  internBlock(bytes: Uint8Array, start: number, end: number, cut: BlockCutter): StackId {
    this.#seen++
    this.#textBytes += end - start
    const view = this.#viewOf(bytes)
    const known = this.#blocks.find(bytes, view, start, end)
    this.lastBlock = known
    if (known >= 0) return this.#blocks.stackOf(known)
    this.#cut.length = 0
    cut(bytes, start, end, this.#cut)
    const stack = this.#internFrames(this.#cut)
    // Text with a NUL is not cached: `BlockCache.isAt` compares by a way that holds for text without one.
    if (!hasNul(bytes, start, end)) this.lastBlock = this.#blocks.add(bytes, start, end, stack)
    return stack
  }

  /** The cached block that is `bytes[start, end)`, to be taken; NONE when it was never seen. Counts nothing. */
  findBlock(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    return this.#blocks.find(bytes, view, start, end)
  }

  /** True when the text at `start`, up to `limit`, begins with `block`. Counts nothing: see `takeBlock`. Hot. */
  matchBlock(view: DataView, start: number, limit: number, block: number): boolean {
    return block >= 0 && this.#blocks.isAt(block, view, start, limit)
  }

  /** Stack of a block that `matchBlock` or `findBlock` found. Sets `lastBlock`. */
  takeBlock(block: number): StackId {
    this.#seen++
    this.#textBytes += this.#blocks.sizeOf(block)
    this.lastBlock = block
    return this.#blocks.stackOf(block)
  }

  /** Bytes of a cached block. */
  sizeOfBlock(block: number): number {
    return this.#blocks.sizeOf(block)
  }

  /** Lines of a cached block. */
  linesOfBlock(block: number): number {
    return this.#blocks.linesOf(block)
  }

  /** Interns frames that a reader cut itself (leaf first). `textBytes` is what the input spent on them. */
  internFrames(frames: readonly FrameId[], textBytes: number): StackId {
    this.#seen++
    this.#textBytes += textBytes
    return this.#internFrames(frames)
  }

  /** The frames of a stack so far, leaf first. */
  framesOf(stack: StackId): readonly FrameId[] {
    const { values } = this.#offsets
    // Only frames are pushed into `#frames`.
    return Array.from(this.#frames.values.subarray(values[stack], values[stack + 1])) as FrameId[]
  }

  /** All stacks so far, in the order of their ids. */
  rows(): StackRows {
    return {
      offsets: this.#offsets.trimmed(),
      frames: this.#frames.trimmed(),
      seen: this.#seen,
      textBytes: this.#textBytes,
    }
  }

  /** Interns stacks that another builder gave; `frame` are the ids of their frames here. The ids they have here. */
  takeRows({ offsets, frames, seen, textBytes }: StackRows, frame: Int32Array): Int32Array {
    const ids = new Int32Array(offsets.length - 1)
    for (let id = 0; id < ids.length; id++) {
      this.#cut.length = 0
      for (let at = offsets[id]; at < offsets[id + 1]; at++) this.#cut.push(frame[frames[at]] as FrameId)
      ids[id] = this.#internFrames(this.#cut)
    }
    this.#seen += seen
    this.#textBytes += textBytes
    this.lastBlock = NONE
    return ids
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
    let hash = 0x9e3779b9 ^ HASH_SEED
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

  #viewOf(bytes: Uint8Array): DataView {
    const view = this.#view
    const isSame =
      view.buffer === bytes.buffer && view.byteOffset === bytes.byteOffset && view.byteLength === bytes.byteLength
    if (!isSame) this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return this.#view
  }
}

function hasNul(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 0) return true
  return false
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
