import { CR, indexOfText, LF, SPACE, startsWith, TAB } from '../../base/ascii.ts'
import { type LineId, NONE, type StackId } from '../../model/ids.ts'
import { type OwnerRows } from '../../model/owner-table-builder.ts'
import { type HandleRows } from '../../model/stack-handles.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { partOf, takePart, type TracePart } from '../../model/trace-part.ts'
import { ByteCursor } from '../byte-cursor.ts'
import { type Chunk, type CountingReader } from '../format.ts'
import { type LineIndex } from '../line-index.ts'
import { LineKeeper } from '../line-keeper.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type Shard, type ShardTaker } from '../shard.ts'
import { CommLines } from './comm-lines.ts'
import { afterQuote, frameCutter, isFrame } from './frame-lines.ts'
import { KnownRecords } from './known-records.ts'
import { RecordHandles } from './record-handles.ts'
import { LINE_ONE, newRecord, OPEN, readLineOne, readPfnLine, UNREADABLE } from './record-lines.ts'
import { StackBlock } from './stack-block.ts'
import { StackGuess } from './stack-guess.ts'
import { OF_MEMCG, readTrailer } from './trailer-lines.ts'

/** Where in a record the reader is: outside, behind line 1, behind the PFN line. */
const OUTSIDE = 0
const IN_HEAD = 1
const IN_STACK = 2
type State = typeof OUTSIDE | typeof IN_HEAD | typeof IN_STACK

/** What a part of a dump told, for the reader of the whole. */
export interface PageOwnerFacts {
  readonly part: TracePart
  readonly owners: OwnerRows
  readonly handles: HandleRows
  /** Handles that stand where a stack should. */
  readonly bare: Float64Array
  /** Orders that a pageblock may have, as bits. */
  readonly orders: number
  /** True when its last record lacks the blank line behind it. */
  readonly isOpen: boolean
}

/** A part depends on nothing before it: it begins with a record. */
export type PageOwnerSettings = Readonly<Record<string, never>>

/**
 * Reads records of page_owner: a line of the allocation, the PFN line, the stack, and what may follow it. Whole records
 * whose texts are known are read at once (`KnownRecords`), all else line by line.
 */
export class PageOwnerReader implements CountingReader, ShardTaker<PageOwnerSettings, PageOwnerFacts> {
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
  /** Where line 1 of the open record begins in the chunk; NONE when it is no record to learn from. */
  #headAt = NONE
  #hasBlankEnd = true
  /** The part that was taken last ends in the middle of a record. */
  #isPartOpen = false
  readonly #guess: StackGuess
  readonly #known: KnownRecords
  /** What was guessed is all of the open record's stack so far. */
  #isGuessed = false
  readonly #handles: RecordHandles
  readonly #kept = new LineKeeper()
  #line = 0
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** Of known records: lines passed over, and blank ones, not in the log yet. */
  #passed = 0
  #blanks = 0

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#handles = new RecordHandles(into.handles)
    this.#cut = frameCutter(into.strings, into.frames)
    this.#guess = new StackGuess(into.stacks)
    this.#known = new KnownRecords(into, this.#guess)
  }

  read(chunk: Chunk): void {
    const bytes = chunk.bytes.subarray(0, chunk.end)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#line = chunk.firstLine
    this.#headAt = NONE
    for (let at = chunk.start; at < chunk.end;) {
      const from = this.#line
      const next = this.#readNext(bytes, at)
      if (this.#line >= this.#kept.next) this.#kept.keep(bytes, at, from, this.#line, chunk.end)
      at = next
    }
    this.#settle()
  }

  readCounting(chunk: Chunk, lines: LineIndex): void {
    this.#kept.begin(lines)
    this.read(chunk)
    this.#kept.end(this.#line)
  }

  end(): void {
    const isOpen = (!this.#hasBlankEnd && this.#state !== OUTSIDE) || this.#isPartOpen
    if (isOpen) {
      this.#problems.notice('the file ends without the blank line that ends a record: its last record may be cut')
    }
    this.#finish()
    const notice = this.#handles.notice()
    if (notice !== '') this.#problems.notice(notice)
  }

  settings(): PageOwnerSettings {
    return {}
  }

  /** What a part told, after its last chunk. */
  facts(): PageOwnerFacts {
    const isOpen = !this.#hasBlankEnd && this.#state !== OUTSIDE
    this.#finish()
    const into = this.#into
    return {
      part: partOf(into),
      owners: into.owners.rows(),
      handles: into.handles.rows(),
      bare: this.#handles.bare(),
      orders: into.machine.fittingOrders,
      isOpen,
    }
  }

  take({ facts, problems }: Shard<PageOwnerFacts>, _settings: PageOwnerSettings, firstLine: number): boolean {
    this.#finish() // the part begins with a record
    const into = this.#into
    const lineId = (into.firstLine + firstLine) as LineId
    const ids = takePart(into, facts.part, lineId)
    into.owners.takeRows(facts.owners, ids, lineId)
    into.handles.takeRows(facts.handles, ids.stack)
    into.machine.fitOrders(facts.orders)
    this.#handles.takeBare(facts.bare)
    this.#problems.take(problems, firstLine)
    this.#isPartOpen = facts.isOpen
    return true
  }

  /** Reads a record that is known, or a stack, or a line; position of what follows. Hot. */
  #readNext(bytes: Uint8Array, at: number): number {
    if (this.#state === OUTSIDE) {
      const next = this.#known.read(bytes, this.#view, at)
      if (next > at) {
        this.#takeKnown()
        return next
      }
    } else if (this.#state === IN_STACK) {
      const next = this.#readStack(bytes, at)
      if (next > at) return next
    }
    const lf = bytes.indexOf(LF, at)
    const next = lf < 0 ? bytes.length : lf + 1
    this.#isPartOpen = false
    this.#readLine(bytes, at, next, this.#line++)
    return next
  }

  #takeKnown(): void {
    const { record, shape, parsed, passed } = this.#known
    record.line = (this.#into.firstLine + this.#line) as LineId
    this.#handles.join(record)
    this.#into.owners.add(record, shape)
    this.#into.machine.blockOf(record.pfn, record.block)
    this.#line += parsed + passed + 1
    this.#problems.parsed += parsed
    this.#problems.records++
    this.#passed += passed
    this.#blanks++
    this.#hasBlankEnd = true
    this.#isPartOpen = false
  }

  /** Takes the whole stack at `start` when it is known; position behind it, else `start`. */
  #readStack(bytes: Uint8Array, start: number): number {
    if (!this.#stack.isEmpty) return start
    const end = this.#guess.find(bytes, this.#view, start, this.#record)
    if (end === start) return start
    const { lines } = this.#guess
    this.#line += lines
    this.#problems.parsed += lines
    this.#hasBlankEnd = false
    this.#stack.add(bytes, start, end)
    this.#isGuessed = true
    return end
  }

  #readLine(bytes: Uint8Array, start: number, next: number, line: number): void {
    const at = afterQuote(bytes, start, next)
    const first = bytes[at]
    this.#hasBlankEnd = false
    if (at < next && (first === SPACE || first === TAB) && this.#state === IN_STACK) {
      return this.#frame(bytes, start, next, line)
    }
    const end = textEnd(bytes, at, next)
    if (this.#comm.isOpen && this.#commLine(bytes, at, end)) return
    if (at === end) this.#blank(bytes, start)
    else if (startsWith(bytes, at, end, LINE_ONE)) this.#lineOne(bytes, at, end, line, at === start)
    else if (this.#state === OUTSIDE) this.#problems.skip('outside a record')
    else if (this.#state === IN_HEAD) this.#afterHead(bytes, at, end, line)
    else this.#trailer(bytes, at, end, start, next)
  }

  #blank(bytes: Uint8Array, at: number): void {
    if (this.#state === IN_STACK && this.#headAt >= 0) {
      this.#known.learn(bytes, this.#view, this.#headAt, at, this.#record)
    }
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
    this.#addFrame(bytes, start, next)
    this.#problems.parsed++
  }

  #addFrame(bytes: Uint8Array, start: number, next: number): void {
    this.#stack.add(bytes, start, next)
    this.#isGuessed = false
  }

  #lineOne(bytes: Uint8Array, at: number, end: number, line: number, isBare: boolean): void {
    this.#finish()
    this.#headAt = NONE
    this.#cursor.aim(bytes, at, end)
    const outcome = readLineOne(this.#cursor, this.#into.strings, this.#record)
    if (outcome === UNREADABLE) {
      return this.#problems.reject('unreadable first line of a record', line, bytes, at, end)
    }
    if (outcome === OPEN) this.#comm.begin(bytes, at, end)
    else if (isBare) this.#headAt = at
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
    if (!startsWith(bytes, at, end, 'PFN ')) {
      this.#headAt = NONE
      return this.#problems.skip('line of a vendor')
    }
    this.#cursor.aim(bytes, at, end)
    if (!readPfnLine(this.#cursor, this.#into.strings, this.#record)) {
      this.#headAt = NONE
      return this.#problems.reject('unreadable PFN line', line, bytes, at, end)
    }
    this.#problems.parsed += 2
    this.#state = IN_STACK
  }

  /** A line below the PFN line that is no frame as page_owner prints it. */
  #trailer(bytes: Uint8Array, at: number, end: number, start: number, next: number): void {
    const isFrameWithoutIndent = indexOfText(bytes, at, end, '+0x') >= 0 && isFrame(bytes, at, next)
    if (isFrameWithoutIndent) this.#addFrame(bytes, start, next)
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
    this.#isGuessed = false
    this.#state = OUTSIDE
  }

  #takeStack(): StackId {
    return this.#isGuessed ? this.#guess.take() : this.#stack.take(this.#into.stacks, this.#cut)
  }

  /** The chunk's bytes go away: keeps what the open record still needs of them. */
  #settle(): void {
    this.#stack.settle()
    // Both words are in the log already: what is known was read line by line before.
    if (this.#blanks > 0) this.#problems.skip('blank', this.#blanks)
    if (this.#passed > 0) this.#problems.skip(OF_MEMCG, this.#passed)
    this.#blanks = this.#passed = 0
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
