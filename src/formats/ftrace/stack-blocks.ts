import { type TimeNs } from '../../base/clock.ts'
import { IN_UNKNOWN } from '../../model/context-table.ts'
import { type ContextId, type EventRow, NONE, type StackId } from '../../model/ids.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { BlockGuesses } from '../block-guesses.ts'
import { type ProblemLog } from '../problem-log.ts'
import { arrowSize, countLines, endOfFrames, frameCutter } from './frame-lines.ts'
import { isQuoted } from './quoted-lines.ts'
import { STACK_LIMIT_NS } from './stack-binder.ts'
import { type StackOps } from './stack-ops.ts'

/** Where the functions behind the tracepoint and its wrapper are in a block. */
const TELLING_FROM = 48

/**
 * The stack lines of one entry: from its header (or event) to the first line that is no frame. A block may be cut by
 * the end of a chunk anywhere; what came of it is carried over.
 */
export class StackBlocks {
  isOpen = false
  /** Lines that `read` took last. */
  lines = 0
  /** Row, context and time of the event that was read last, for who reads events to tell. */
  eventRow: number = NONE
  eventContext = NONE as ContextId
  eventTime = Number.NaN as TimeNs
  /** The event that was given its stack last. */
  #boundRow: number = NONE
  /** Context and time of the stack's header; the context is NONE where it has none. */
  #context = NONE as ContextId
  #time = Number.NaN as TimeNs
  readonly #guesses: BlockGuesses
  #placed = NONE as ContextId
  readonly #place = { cpu: NONE as number, pid: 0, irq: IN_UNKNOWN }
  #isStray = false
  /** Lines of the open block so far, its header among them. */
  #counted = 0
  /** Why the block is not read; empty when it is. */
  #why = ''
  #carried = new Uint8Array(1 << 12)
  #carriedSize = 0
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #ops: StackOps
  readonly #cut: BlockCutter

  /** A block that is not certainly the stack of the event before is told to `ops`, for who knows; its lines are counted there. */
  constructor(into: TraceBuilder, problems: ProblemLog, ops: StackOps) {
    this.#into = into
    this.#problems = problems
    this.#ops = ops
    this.#guesses = new BlockGuesses(into.stacks, TELLING_FROM)
    this.#cut = frameCutter(into.strings, into.frames)
  }

  /**
   * The line before was the header of a stack: the next lines, as far as they are frames, are the stack. `hint` is alike
   * for events that stack alike. Hot.
   */
  open(context: ContextId, time: TimeNs, hint: number): void {
    this.isOpen = true
    this.#isStray = false
    this.#context = context
    this.#time = time
    this.#counted = 1
    this.#why = ''
    this.#guesses.aim(hint)
  }

  /** The next lines are frames without a header. */
  openStray(hint: number): void {
    this.open(NONE as ContextId, 0 as TimeNs, hint)
    this.#isStray = true
    this.#counted = 0
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
    if (this.#why === '' && this.#carriedSize === 0) {
      const guessed = this.#readGuessed(bytes, view, at, end)
      if (guessed > at) return guessed
    }
    const blockEnd = endOfFrames(bytes, at, end)
    // A quoted line may go on with it, as it would at the beginning of the next chunk.
    const isPaused = blockEnd === end || isQuoted(bytes, blockEnd)
    this.lines = countLines(bytes, at, blockEnd)
    if (this.#why !== '') {
      if (this.lines > 0) this.#problems.skip(this.#why, this.lines)
      this.isOpen = isPaused
    } else {
      this.#counted += this.lines
      if (isPaused) this.#carry(bytes, at, blockEnd)
      else {
        this.#finish(bytes, at, blockEnd)
        this.#guesses.learnText(view, at, blockEnd)
      }
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
    const block = this.#guesses.find(view, at, end)
    if (block < 0) return at
    const next = at + stacks.sizeOfBlock(block)
    if (arrowSize(bytes, next) > 0 || isQuoted(bytes, next)) return at
    this.lines = stacks.linesOfBlock(block)
    this.#counted += this.lines
    this.isOpen = false
    this.#tell(stacks.takeBlock(block))
    return next
  }

  #finish(bytes: Uint8Array, start: number, end: number): void {
    this.isOpen = false
    if (this.#carriedSize > 0) {
      this.#carry(bytes, start, end)
      this.#intern(this.#carried, 0, this.#carriedSize)
      this.#carriedSize = 0
    } else if (end > start) this.#intern(bytes, start, end)
    else this.#tell(NONE as StackId)
  }

  #intern(bytes: Uint8Array, start: number, end: number): void {
    const stack = this.#into.stacks.internBlock(bytes, start, end, this.#cut)
    this.#guesses.learn()
    this.#tell(stack)
  }

  #tell(stack: StackId): void {
    const row = this.#into.eventCount
    if (this.#isStray) this.#ops.stray(row, stack, this.#counted)
    else if (stack >= 0 && this.#isOfEvent(row - 1)) {
      this.#into.setStack((row - 1) as EventRow, stack)
      this.#boundRow = row - 1
      this.#problems.parsed += this.#counted
    } else this.#ops.stackAt(row, this.#context, this.#time, stack, this.#counted)
  }

  /**
   * True when the stack is certainly that of the event, whatever came before: nothing stands between the two, and they
   * were written at the same irq level of the same CPU by the same task. See `StackBinder`.
   */
  #isOfEvent(row: number): boolean {
    if (row < this.#ops.firstRow || row !== this.eventRow || this.eventContext !== this.#context) return false
    if (row === this.#boundRow || !this.#ops.isSilentSince(row)) return false
    if (Math.abs(this.#time - this.eventTime) > STACK_LIMIT_NS) return false
    if (this.#context !== this.#placed) {
      this.#placed = this.#context
      this.#into.contexts.readPlace(this.#context, this.#place)
    }
    return this.#place.cpu >= 0 && this.#place.irq !== IN_UNKNOWN
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
