import { textOf } from '../../base/ascii.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { arrowSize, countLines, endOfFrames, frameCutter } from './frame-lines.ts'
import { isQuoted } from './quoted-lines.ts'

/** Leaves 14 bits of a hash. */
const GUESS_SHIFT = 18

/**
 * The stack lines of one entry: from its header (or event) to the first line that is no frame. A block may be cut by
 * the end of a chunk anywhere; what came of it is carried over.
 */
export class StackBlocks {
  isOpen = false
  /** Lines that `read` took last. */
  lines = 0
  /** Blocks bound to an event. */
  bound = 0
  #row = NONE as EventRow
  /** Block + 1 that followed last time, by a hash of the block before and the event's hint. */
  readonly #guesses = new Int32Array(1 << (32 - GUESS_SHIFT))
  #guess = 0
  /** A traced function that the block may be the stack of; empty when it can only be the event's. */
  #rival = ''
  /** Lines counted as parsed for the open block, its header among them. */
  #counted = 0
  /** Why the block is not bound; empty when it is. */
  #why = ''
  #carried = new Uint8Array(1 << 12)
  #carriedSize = 0
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #cut: BlockCutter

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#cut = frameCutter(into.strings, into.frames)
  }

  /**
   * The next lines, as far as they are frames, are the stack of `row`. `hint` is alike for events that stack alike. A
   * `rival` is a function that was traced after the event: a stack that it is in is its own (option func_stack_trace).
   * `headerLines` of it are counted as parsed by the caller.
   */
  open(row: EventRow, hint: number, headerLines = 0, rival = ''): void {
    this.isOpen = true
    this.#rival = rival
    this.#counted = headerLines
    this.#row = row
    this.#why = ''
    this.#guess = (Math.imul(this.#into.stacks.lastBlock, 0x9e3779b1) ^ Math.imul(hint, 0x85ebca6b)) >>> GUESS_SHIFT
  }

  /** The next lines, as far as they are frames, are counted as skipped. */
  openSkipped(why: string): void {
    this.isOpen = true
    this.#why = why
  }

  /** The lines of an open stack that are told on its header's line, which is counted there. */
  begin(frames: Uint8Array): void {
    if (this.#why === '') this.#carry(frames, 0, frames.length)
  }

  /** Takes the frames at `at`; position of the first line that is none. Lines taken are in `lines`. */
  read(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    if (this.#why === '' && this.#carriedSize === 0 && this.#rival === '') {
      const guessed = this.#readGuessed(bytes, view, at, end)
      if (guessed > at) return guessed
    }
    const blockEnd = endOfFrames(bytes, at, end)
    this.lines = countLines(bytes, at, blockEnd)
    // A quoted line may go on with it, as it would at the beginning of the next chunk.
    const isPaused = blockEnd === end || isQuoted(bytes, blockEnd)
    if (this.#why !== '') {
      if (this.lines > 0) this.#problems.skip(this.#why, this.lines)
      this.isOpen = isPaused
    } else {
      this.#problems.parsed += this.lines
      this.#counted += this.lines
      if (isPaused) this.#carry(bytes, at, blockEnd)
      else this.#finish(bytes, at, blockEnd)
    }
    return blockEnd
  }

  /** The file is over: binds what was carried. */
  end(): void {
    if (this.isOpen && this.#why === '') this.#finish(this.#carried, 0, 0)
    this.isOpen = false
  }

  /** Position behind the block when the text is the one that came last time after the same, else `at`. Hot. */
  #readGuessed(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    const stacks = this.#into.stacks
    const block = this.#guesses[this.#guess] - 1
    if (!stacks.matchBlock(view, at, end - 1, block)) return at
    const next = at + stacks.sizeOfBlock(block)
    if (arrowSize(bytes, next) > 0 || isQuoted(bytes, next)) return at
    this.lines = stacks.linesOfBlock(block)
    this.#problems.parsed += this.lines
    this.isOpen = false
    this.bound++
    this.#into.setStack(this.#row, stacks.takeBlock(block))
    return next
  }

  #finish(bytes: Uint8Array, start: number, end: number): void {
    this.isOpen = false
    if (this.#carriedSize > 0) {
      this.#carry(bytes, start, end)
      this.#bind(this.#carried, 0, this.#carriedSize)
      this.#carriedSize = 0
    } else if (end > start) this.#bind(bytes, start, end)
  }

  #bind(bytes: Uint8Array, start: number, end: number): void {
    if (this.#rival !== '' && hasFrame(bytes, start, end, this.#rival)) {
      this.#problems.parsed -= this.#counted
      this.#problems.skip('stack of a traced function', this.#counted)
      return
    }
    this.bound++
    this.#into.setStack(this.#row, this.#into.stacks.internBlock(bytes, start, end, this.#cut))
    this.#guesses[this.#guess] = this.#into.stacks.lastBlock + 1
  }

  #carry(bytes: Uint8Array, start: number, end: number): void {
    const size = this.#carriedSize + end - start
    if (size > this.#carried.length) {
      const grown = new Uint8Array(Math.max(size, this.#carried.length * 2))
      grown.set(this.#carried.subarray(0, this.#carriedSize))
      this.#carried = grown
    }
    this.#carried.set(bytes.subarray(start, end), this.#carriedSize)
    this.#carriedSize = size
  }
}

/** True when `symbol` is one of the frames of a block. */
function hasFrame(bytes: Uint8Array, start: number, end: number, symbol: string): boolean {
  const lines = textOf(bytes, start, end).split('\n')
  return lines.some((line) => line.replace(/^\s*=>\s*/, '').split(/[+.\s]/, 1)[0] === symbol)
}
