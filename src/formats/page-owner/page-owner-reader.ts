import { CR, indexOfText, LF, SPACE, startsWith, TAB } from '../../base/ascii.ts'
import { type LineId, NONE, type StackId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { ByteCursor } from '../byte-cursor.ts'
import { type Chunk, type ChunkReader } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { CommLines } from './comm-lines.ts'
import { afterQuote, frameCutter, isFrame } from './frame-lines.ts'
import { RecordHandles } from './record-handles.ts'
import { LINE_ONE, newRecord, OPEN, readLineOne, readPfnLine, UNREADABLE } from './record-lines.ts'
import { StackBlock } from './stack-block.ts'
import { readTrailer } from './trailer-lines.ts'

/** As much of a line below a stack as tells that it is one. */
const TRAILER_BYTES = 32
/** Leaves 14 bits of a hash. */
const GUESS_SHIFT = 18

/** Where in a record the reader is: outside, behind line 1, behind the PFN line. */
const OUTSIDE = 0
const IN_HEAD = 1
const IN_STACK = 2
type State = typeof OUTSIDE | typeof IN_HEAD | typeof IN_STACK

/** Reads records of page_owner: a line of the allocation, the PFN line, the stack, and what may follow it. */
export class PageOwnerReader implements ChunkReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #cursor = new ByteCursor()
  readonly #stack = new StackBlock()
  readonly #comm = new CommLines()
  readonly #cut
  readonly #record = newRecord()
  #state: State = OUTSIDE
  /** Line 1 of the open record, to be shown if no PFN line follows. */
  #head: Chunk = { bytes: new Uint8Array(0), start: 0, end: 0, firstLine: 0 }
  #hasBlankEnd = true
  /** Block + 1 that followed last time, see `#guessSlot`. */
  readonly #guesses = new Int32Array(1 << (32 - GUESS_SHIFT))
  #lastBlock: number = NONE
  #guessedLines = 0
  /** The open record's stack, when it was guessed. */
  #stackId = NONE as StackId
  readonly #handles: RecordHandles

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#handles = new RecordHandles(into.handles)
    this.#cut = frameCutter(into.strings, into.frames)
  }

  read(chunk: Chunk): void {
    const bytes = chunk.bytes.subarray(0, chunk.end)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let line = chunk.firstLine
    for (let start = chunk.start; start < chunk.end;) {
      const guessed = this.#state === IN_STACK ? this.#guess(view, bytes, start) : start
      if (guessed > start) {
        line += this.#guessedLines
        start = guessed
        continue
      }
      const lf = bytes.indexOf(LF, start)
      const next = lf < 0 ? chunk.end : lf + 1
      this.#line(bytes, start, next, line++)
      start = next
    }
    this.#settle()
  }

  /**
   * Takes the whole stack at `start` when it is the one that followed last time after the same; position of the blank
   * line behind it, else `start`. Hot.
   */
  #guess(view: DataView, bytes: Uint8Array, start: number): number {
    if (!this.#stack.isEmpty || this.#stackId >= 0) return start
    const { stacks } = this.#into
    const block = this.#guesses[this.#guessSlot()] - 1
    if (!stacks.matchBlock(view, start, bytes.length - 1, block)) return start
    const end = start + stacks.sizeOfBlock(block)
    if (!isBehindStack(bytes, end)) return start
    this.#guessedLines = stacks.linesOfBlock(block)
    this.#problems.parsed += this.#guessedLines
    this.#hasBlankEnd = false
    this.#stackId = stacks.takeBlock(block)
    return end
  }

  /** Alike for records that are likely to have the same stack: by the one before, and what was asked for. */
  #guessSlot(): number {
    const { gfp, order, pageType } = this.#record
    const hash = Math.imul(this.#lastBlock, 0x9e3779b1) ^ Math.imul(gfp * 64 + order, 0x85ebca6b) ^ pageType
    return Math.imul(hash, 0x9e3779b1) >>> GUESS_SHIFT
  }

  end(): void {
    if (!this.#hasBlankEnd && this.#state !== OUTSIDE) {
      this.#problems.notice('the file ends without the blank line that ends a record: its last record may be cut')
    }
    this.#finish()
    const notice = this.#handles.notice()
    if (notice !== '') this.#problems.notice(notice)
  }

  #line(bytes: Uint8Array, start: number, next: number, line: number): void {
    const at = afterQuote(bytes, start, next)
    const first = bytes[at]
    this.#hasBlankEnd = false
    if (at < next && (first === SPACE || first === TAB) && this.#state === IN_STACK) {
      return this.#frame(bytes, start, next, line)
    }
    const end = textEnd(bytes, at, next)
    if (this.#comm.isOpen && this.#commLine(bytes, at, end)) return
    if (at === end) this.#blank()
    else if (startsWith(bytes, at, end, LINE_ONE)) this.#lineOne(bytes, at, end, line)
    else if (this.#state === OUTSIDE) this.#problems.skip('outside a record')
    else if (this.#state === IN_HEAD) this.#afterHead(bytes, at, end, line)
    else this.#trailer(bytes, at, end, start, next)
  }

  #blank(): void {
    this.#finish()
    this.#hasBlankEnd = true
    this.#problems.skip('blank')
  }

  #frame(bytes: Uint8Array, start: number, next: number, line: number): void {
    const isCut = bytes[next - 1] !== LF && indexOfText(bytes, start, next, '/0x') < 0
    if (isCut) return this.#problems.reject('line cut at the end of the file', line, bytes, start, next)
    if (!isFrame(bytes, afterQuote(bytes, start, next), next)) {
      return this.#problems.reject('unreadable stack frame', line, bytes, start, next)
    }
    this.#stack.add(bytes, start, next)
    this.#problems.parsed++
  }

  #lineOne(bytes: Uint8Array, at: number, end: number, line: number): void {
    this.#finish()
    this.#cursor.aim(bytes, at, end)
    const outcome = readLineOne(this.#cursor, this.#into.strings, this.#record)
    if (outcome === UNREADABLE) {
      return this.#problems.reject('unreadable first line of a record', line, bytes, at, end)
    }
    if (outcome === OPEN) this.#comm.begin(bytes, at, end)
    this.#record.line = (this.#into.firstLine + line) as LineId
    this.#head = { bytes, start: at, end, firstLine: line }
    this.#state = IN_HEAD
  }

  /** True when the line goes on with a comm that holds newlines. */
  #commLine(bytes: Uint8Array, at: number, end: number): boolean {
    if (!this.#comm.add(bytes, at, end)) {
      this.#giveUpComm()
      return false
    }
    if (this.#comm.isOpen) return true
    const { text, lines } = this.#comm
    this.#cursor.aim(text, 0, text.length)
    readLineOne(this.#cursor, this.#into.strings, this.#record)
    this.#record.line = (this.#into.firstLine + this.#head.firstLine) as LineId
    this.#problems.parsed += lines
    return true
  }

  #giveUpComm(): void {
    const lines = this.#comm.giveUp()
    if (lines > 0) this.#problems.skip('line of a vendor', lines)
  }

  /** The PFN line, or a line that a vendor put before it. */
  #afterHead(bytes: Uint8Array, at: number, end: number, line: number): void {
    if (!startsWith(bytes, at, end, 'PFN ')) return this.#problems.skip('line of a vendor')
    this.#cursor.aim(bytes, at, end)
    if (!readPfnLine(this.#cursor, this.#into.strings, this.#record)) {
      return this.#problems.reject('unreadable PFN line', line, bytes, at, end)
    }
    this.#problems.parsed += 2
    this.#state = IN_STACK
  }

  /** A line below the PFN line that is no frame as page_owner prints it. */
  #trailer(bytes: Uint8Array, at: number, end: number, start: number, next: number): void {
    const isFrameWithoutIndent = indexOfText(bytes, at, end, '+0x') >= 0 && isFrame(bytes, at, next)
    if (isFrameWithoutIndent) this.#stack.add(bytes, start, next)
    this.#cursor.aim(bytes, at, end)
    const why = isFrameWithoutIndent ? '' : readTrailer(this.#cursor, this.#into.strings, this.#record)
    if (why === '') this.#problems.parsed++
    else this.#problems.skip(why)
  }

  #finish(): void {
    this.#giveUpComm()
    if (this.#state === IN_HEAD) {
      const { bytes, start, end, firstLine } = this.#head
      this.#problems.reject('record without a PFN line', firstLine, bytes, start, end)
    }
    if (this.#state === IN_STACK) {
      this.#record.stack = this.#takeStack()
      this.#handles.join(this.#record)
      this.#into.owner(this.#record)
      this.#into.machine.blockOf(this.#record.pfn, this.#record.block)
      this.#problems.records++
    }
    this.#stack.clear()
    this.#state = OUTSIDE
  }

  #takeStack(): StackId {
    const { stacks } = this.#into
    const guessed = this.#stackId
    this.#stackId = NONE as StackId
    if (guessed >= 0 && this.#stack.isEmpty) {
      this.#lastBlock = stacks.lastBlock
      return guessed
    }
    const slot = this.#guessSlot()
    const stack = this.#stack.take(stacks, this.#cut)
    this.#guesses[slot] = stacks.lastBlock + 1
    this.#lastBlock = stacks.lastBlock
    return stack
  }

  /** The chunk's bytes go away: keeps what the open record still needs of them. */
  #settle(): void {
    this.#stack.settle()
    if (this.#state !== IN_HEAD) return
    const bytes = this.#head.bytes.slice(this.#head.start, this.#head.end)
    this.#head = { bytes, start: 0, end: bytes.length, firstLine: this.#head.firstLine }
  }
}

function textEnd(bytes: Uint8Array, start: number, next: number): number {
  let end = next
  if (end > start && bytes[end - 1] === LF) end--
  if (end > start && bytes[end - 1] === CR) end--
  return end
}

/** True when the line at `at` cannot be one more frame: it is blank, or what the kernel prints below a stack. */
function isBehindStack(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === LF) return true
  const end = Math.min(bytes.length, at + TRAILER_BYTES)
  return startsWith(bytes, at, end, 'Page has been migrated') || startsWith(bytes, at, end, 'Charged ')
}
