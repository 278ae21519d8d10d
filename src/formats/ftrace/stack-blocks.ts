import { type EventRow, NONE } from '../../model/ids.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { countLines, endOfFrames, frameCutter } from './frame-lines.ts'

/**
 * The stack lines of one entry: from its header (or event) to the first line that is no frame. A block may be cut by
 * the end of a chunk anywhere; what came of it is carried over.
 */
export class StackBlocks {
  isOpen = false
  /** Blocks bound to an event. */
  bound = 0
  #row = NONE as EventRow
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

  /** The next lines, as far as they are frames, are the stack of `row`. */
  open(row: EventRow): void {
    this.isOpen = true
    this.#row = row
    this.#why = ''
  }

  /** The next lines, as far as they are frames, are counted as skipped. */
  openSkipped(why: string): void {
    this.isOpen = true
    this.#why = why
  }

  /** Takes the frames at `at`; position of the first line that is none. Lines taken are in `lines`. */
  read(bytes: Uint8Array, at: number, end: number): number {
    const blockEnd = endOfFrames(bytes, at, end)
    this.lines = countLines(bytes, at, blockEnd)
    if (this.#why !== '') {
      if (this.lines > 0) this.#problems.skip(this.#why, this.lines)
      this.isOpen = blockEnd === end
    } else {
      this.#problems.parsed += this.lines
      if (blockEnd === end) this.#carry(bytes, at, end)
      else this.#finish(bytes, at, blockEnd)
    }
    return blockEnd
  }

  lines = 0

  /** The file is over: binds what was carried. */
  end(): void {
    if (this.isOpen && this.#why === '') this.#finish(this.#carried, 0, 0)
    this.isOpen = false
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
    this.bound++
    this.#into.setStack(this.#row, this.#into.stacks.internBlock(bytes, start, end, this.#cut))
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
