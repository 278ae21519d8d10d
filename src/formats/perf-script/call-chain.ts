import { CR, hexValue, LF, SPACE, TAB, textOf } from '../../base/ascii.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { BlockGuesses } from '../block-guesses.ts'
import { isQuoted } from '../ftrace/quoted-lines.ts'
import { type ProblemLog } from '../problem-log.ts'
import { frameCutter, looksLikeFrame, readFrame } from './frame-lines.ts'

const ROUND_CLOSE = 41
const LETTER_F = 102
const ADDRESS_DIGITS = 16
/** Where the functions behind the tracepoint and its wrapper are in a chain. */
const TELLING_FROM = 96

/**
 * The call chain under a sample: every line up to a blank one or the next sample. It may be cut by the end of a chunk
 * anywhere; what came of it is carried over.
 */
export class CallChain {
  isOpen = false
  /** Lines that `read` took last. */
  lines = 0
  /** Chains bound to an event. */
  bound = 0
  #row = NONE as EventRow
  /** Why the chain is not bound; empty when it is. */
  #why = ''
  #hasFrames = false
  #carried = new Uint8Array(1 << 12)
  #carriedSize = 0
  /** 0-based line in the file of the last line taken, which the end of the file may have cut. */
  #lastLine = 0
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #cut: BlockCutter
  readonly #guesses: BlockGuesses
  readonly #isSample: (bytes: Uint8Array, at: number) => boolean

  /** `isSample` tells whether a sample begins at a line that begins with blanks. */
  constructor(into: TraceBuilder, problems: ProblemLog, isSample: (bytes: Uint8Array, at: number) => boolean) {
    this.#into = into
    this.#problems = problems
    this.#cut = frameCutter(into.strings, into.frames)
    this.#guesses = new BlockGuesses(into.stacks, TELLING_FROM)
    this.#isSample = isSample
  }

  /** The next lines, as far as they are frames, are the stack of `row`. `hint` is alike for samples that stack alike. */
  open(row: EventRow, hint: number): void {
    this.isOpen = true
    this.#hasFrames = false
    this.#row = row
    this.#why = ''
    this.#guesses.aim(hint)
  }

  /** The next lines, as far as they are frames, are counted as skipped. */
  openSkipped(why: string): void {
    this.isOpen = true
    this.#hasFrames = false
    this.#why = why
  }

  /** Takes the frames at `at`; position of the first line that is none. Lines taken are in `lines`. */
  read(bytes: Uint8Array, view: DataView, at: number, end: number, line: number): number {
    if (this.#why === '' && this.#carriedSize === 0) {
      const guessed = this.#readGuessed(bytes, view, at, end)
      if (guessed > at) return guessed
    }
    const chainEnd = this.#endOfChain(bytes, at, end)
    this.#lastLine = line + this.lines - 1
    // A quoted line may go on with it, as it would at the beginning of the next chunk.
    const isPaused = chainEnd === end || isQuoted(bytes, chainEnd)
    if (this.#why !== '') {
      if (this.lines > 0) this.#problems.skip(this.#why, this.lines)
      this.isOpen = isPaused
    } else {
      this.#problems.parsed += this.lines
      if (isPaused) this.#carry(bytes, at, chainEnd)
      else {
        this.#finish(bytes, at, chainEnd)
        this.#guesses.learnText(view, at, chainEnd)
      }
    }
    return chainEnd
  }

  /** The file is over: binds what was carried. */
  end(isCut: boolean): void {
    if (this.isOpen && this.#why === '') {
      if (isCut) this.#dropCutLine()
      this.#finish(this.#carried, 0, 0)
    }
    this.isOpen = false
  }

  /** Position behind the whole chain when it is the one guessed, which a blank line tells, else `at`. Hot. */
  #readGuessed(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    const { stacks } = this.#into
    const block = this.#guesses.find(view, at, end)
    if (block < 0) return at
    const next = at + stacks.sizeOfBlock(block)
    if (bytes[next] !== LF && bytes[next] !== CR) return at
    this.lines = stacks.linesOfBlock(block)
    this.#problems.parsed += this.lines
    this.isOpen = false
    this.bound++
    this.#into.setStack(this.#row, stacks.takeBlock(block))
    return next
  }

  /** Hot: looks at the first byte of each line, and at more only where blanks could also begin a sample. */
  #endOfChain(bytes: Uint8Array, start: number, end: number): number {
    let next = start
    let lines = 0
    while (next < end && this.#isInChain(bytes, next)) {
      while (bytes[next] !== LF) next++
      next++
      lines++
      this.#hasFrames = true
    }
    this.lines = lines
    return next
  }

  /** An indented line below a frame may be its source line (-F srcline). */
  #isInChain(bytes: Uint8Array, at: number): boolean {
    const first = bytes[at]
    if (first === TAB) return bytes[at + 1] !== LF && bytes[at + 1] !== CR
    const isLikely = looksLikeFrame(bytes, at) || (first === SPACE && this.#hasFrames && !isBlankLine(bytes, at))
    return isLikely && !this.#isSample(bytes, at)
  }

  /** A last line without its LF whose frame does not end as frames do is not what perf printed. */
  #dropCutLine(): void {
    const text = this.#carried.subarray(0, this.#carriedSize)
    const lineStart = text.lastIndexOf(LF, this.#carriedSize - 2) + 1
    if (this.#carriedSize === 0 || text[this.#carriedSize - 2] === ROUND_CLOSE) return
    this.#problems.parsed--
    this.#problems.reject('line cut at the end of the file', this.#lastLine, text, lineStart, this.#carriedSize)
    this.#carriedSize = lineStart
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
    if (!beginsInKernel(bytes, start, end)) return
    this.bound++
    this.#into.setStack(this.#row, this.#into.stacks.internBlock(bytes, start, end, this.#cut))
    this.#guesses.learn()
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

function isBlankLine(bytes: Uint8Array, at: number): boolean {
  let next = at
  while (bytes[next] === SPACE || bytes[next] === TAB || bytes[next] === CR) next++
  return bytes[next] === LF
}

/** True when the chain has a frame of the kernel: else nothing is known of who used the page there. */
function beginsInKernel(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end;) {
    if (isUsualKernelFrame(bytes, at)) return true
    let lineEnd = at
    while (lineEnd < end && bytes[lineEnd] !== LF) lineEnd++
    const frame = readFrame(textOf(bytes, at, lineEnd))
    if (frame !== 'none') return frame !== 'user'
    at = lineEnd + 1
  }
  return false
}

/** `\tffffffff812ae1b0 `: no mark of perf's, no vsyscall page, both of which have nine leading `f`. */
function isUsualKernelFrame(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== TAB || bytes[at + ADDRESS_DIGITS + 1] !== SPACE) return false
  if (bytes[at + 1] !== LETTER_F || bytes[at + 2] !== LETTER_F || bytes[at + 9] === LETTER_F) return false
  // All of them digits: of a line cut short, what stands there belongs to the next one.
  for (let digit = 3; digit <= ADDRESS_DIGITS; digit++) if (hexValue(bytes[at + digit]) < 0) return false
  return true
}
