import { CR, LF, startsWith, TAB, textOf } from '../../base/ascii.ts'
import { type TimeNs } from '../../base/clock.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type LineId, type PageId, type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { partOf, takePart, type TracePart } from '../../model/trace-part.ts'
import { nextLine, textEnd, withLf } from '../line-bytes.ts'
import { type Chunk, type CountingReader } from '../format.ts'
import { type EventName, EventNames } from '../ftrace/event-names.ts'
import { HalfEvent, isWhole } from '../ftrace/half-event.ts'
import { type LossRows, LossTracker } from '../ftrace/loss-tracker.ts'
import { OtherArguments } from '../ftrace/other-arguments.ts'
import { endOfQuoted, isQuoted, unquote } from '../ftrace/quoted-lines.ts'
import { CUT_SHORT, RefArguments } from '../ftrace/ref-arguments.ts'
import { RefTemplates } from '../ftrace/ref-templates.ts'
import { type LineIndex } from '../line-index.ts'
import { LineKeeper } from '../line-keeper.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type Shard, type ShardTaker } from '../shard.ts'
import { CallChain } from './call-chain.ts'
import { RelativeTimes } from './relative-times.ts'
import { isEvent, SampleHeader } from './sample-header.ts'
import {
  DIFFERENCES_NOTICE,
  GUEST_NOTICE,
  GUEST_SAMPLE,
  HARDWARE_SAMPLE,
  NO_ARGUMENTS,
  NO_EVENTS_NOTICE,
  NO_STACKS_NOTICE,
  NO_TIME_NOTICE,
  RELATIVE_NOTICE,
} from './sample-notices.ts'
import { nameOfSample } from './sample-name.ts'
import { lostOf } from './tool-line.ts'
import { TOOL_LINE_BYTES, ToolLines } from './tool-lines.ts'

const NS_PER_SECOND = 1_000_000_000
const LETTER_P = 80
const RECORD = 'PERF_RECORD_'

/** What a part of a text must know of its file. */
export interface PerfScriptSettings {
  /** Whole seconds that all times of the capture are counted from. */
  readonly originSeconds: number
}

/** What a part of a text told. */
export interface PerfScriptFacts {
  readonly part: TracePart
  readonly losses: LossRows
  readonly refEvents: number
  /** Chains bound to an event. */
  readonly chains: number
}

/** Reads the text of `perf script`. See `SampleHeader` and `CallChain` for the lines it takes. */
export class PerfScriptReader implements CountingReader, ShardTaker<PerfScriptSettings, PerfScriptFacts> {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #header: SampleHeader
  readonly #names: EventNames
  readonly #ref: RefArguments
  readonly #templates: RefTemplates
  readonly #other: OtherArguments
  readonly #losses = new LossTracker()
  readonly #chain: CallChain
  readonly #tools: ToolLines
  readonly #kept = new LineKeeper()
  /** 0-based line in the file that is read now. */
  #line = 0
  #half: HalfEvent | undefined
  #hasStyle = false
  /** Set when the first sample is printed at 0. */
  #relative: RelativeTimes | undefined
  /** Samples without a time; their number is their time. */
  #timeless = 0
  #refEvents = 0
  /** The file ends without a line feed. */
  #isCut = false
  /** Blank lines that are not in the log yet. */
  #blanks = 0
  /** The part says what only the reader of the whole file can understand. */
  #needsWhole = false

  /** Reads a whole file, or, with the `settings` that its reader gave, a part of one into a builder of its own. */
  constructor(into: TraceBuilder, problems: ProblemLog, settings?: PerfScriptSettings) {
    this.#into = into
    this.#problems = problems
    this.#header = new SampleHeader(into.strings, into.contexts)
    this.#names = new EventNames(into.strings)
    this.#ref = new RefArguments(into.strings, into.pages, into.shapes)
    this.#templates = new RefTemplates(into.pages)
    this.#other = new OtherArguments(into.strings, into.pages, into.shapes)
    this.#chain = new CallChain(into, problems, (bytes, at) => this.#beginsSample(bytes, at))
    this.#tools = new ToolLines(into, problems, this.#losses, this.#chain)
    if (settings === undefined) return
    into.timeOfSeconds(settings.originSeconds, 0)
    this.#hasStyle = true
  }

  read(chunk: Chunk): void {
    const { bytes, start, end } = chunk
    this.#line = chunk.firstLine
    const linesEnd = end > start && bytes[end - 1] === LF ? end : bytes.lastIndexOf(LF, end - 1) + 1
    if (linesEnd > start) this.#readLines(bytes, start, linesEnd)
    // The last line of a file may lack its LF; with one, every loop below stops by itself.
    const rest = Math.max(start, linesEnd)
    if (rest < end) {
      this.#isCut = true
      this.#readLines(withLf(bytes.subarray(rest, end)), 0, end - rest + 1)
    }
    this.#settle()
  }

  readCounting(chunk: Chunk, lines: LineIndex): void {
    this.#kept.begin(lines)
    this.read(chunk)
    this.#kept.end(this.#line)
  }

  end(): void {
    this.#finishHalf()
    this.#chain.end(this.#isCut)
    for (const loss of this.#losses.losses()) this.#into.loss(loss)
    const problems = this.#problems
    if (problems.skippedBy().has(GUEST_SAMPLE)) problems.notice(GUEST_NOTICE)
    else if (problems.records === 0) problems.notice(NO_EVENTS_NOTICE)
    if (this.#relative !== undefined && problems.records > 1)
      problems.notice(this.#relative.isDifference ? DIFFERENCES_NOTICE : RELATIVE_NOTICE)
    if (this.#refEvents > 0 && this.#chain.bound === 0) problems.notice(NO_STACKS_NOTICE)
  }

  settings(): PerfScriptSettings | undefined {
    const isPlain = this.#hasStyle && this.#timeless === 0 && this.#half === undefined
    const isTimed = this.#relative === undefined || this.#relative.isSettled
    return isPlain && isTimed ? { originSeconds: this.#into.originSeconds } : undefined
  }

  /** What a part told, after its last chunk; undefined when only the reader of the whole file can read it. */
  facts(): PerfScriptFacts | undefined {
    if (this.#needsWhole || this.#tools.needsWhole || this.#half !== undefined) return undefined
    this.#chain.end(this.#isCut)
    const losses = this.#losses.rows()
    return { part: partOf(this.#into), losses, refEvents: this.#refEvents, chains: this.#chain.bound }
  }

  take({ facts, problems }: Shard<PerfScriptFacts>, { originSeconds }: PerfScriptSettings, firstLine: number): boolean {
    if (this.settings()?.originSeconds !== originSeconds) return false
    this.#chain.end(false) // the part begins with a sample
    const lineId = (this.#into.firstLine + firstLine) as LineId
    takePart(this.#into, facts.part, lineId)
    this.#losses.take(facts.losses, lineId)
    this.#problems.take(problems, firstLine)
    this.#refEvents += facts.refEvents
    this.#chain.bound += facts.chains
    return true
  }

  #readLines(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const kept = this.#kept
    let at = start
    while (at < end) {
      const before = at
      const lineBefore = this.#line
      at = this.#readNext(bytes, view, at, end)
      if (this.#line >= kept.next) kept.keep(bytes, before, lineBefore, this.#line, end)
    }
  }

  /** Reads a line, or the lines of a call chain; position of the next. Hot. */
  #readNext(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    if (isQuoted(bytes, at)) return this.#readQuoted(bytes, at, end)
    if (this.#half !== undefined) {
      const next = nextLine(bytes, at)
      if (this.#half.join(bytes, at, textEnd(bytes, at, next))) {
        this.#line++
        return next
      }
      this.#finishHalf()
    }
    if (this.#chain.isOpen) {
      const next = this.#chain.read(bytes, view, at, end, this.#line)
      this.#line += this.#chain.lines
      if (next === end || this.#chain.lines > 0) return next
    }
    const next = this.#readLine(bytes, view, at)
    this.#line++
    return next
  }

  #readQuoted(bytes: Uint8Array, at: number, end: number): number {
    this.#needsWhole = true
    const quotedEnd = endOfQuoted(bytes, at, end)
    const text = unquote(bytes, at, quotedEnd)
    const { next } = this.#kept
    this.#kept.next = Number.POSITIVE_INFINITY // places in the unquoted text are none of the file's
    this.#readLines(text, 0, text.length)
    this.#kept.next = next
    return quotedEnd
  }

  /** A line that is no frame of an open sample; position of the next line. Hot. */
  #readLine(bytes: Uint8Array, view: DataView, start: number): number {
    const blank = bytes[start] === CR ? start + 1 : start
    if (bytes[blank] === LF) {
      this.#blanks++
      if (this.#blanks === 1) this.#problems.skip('blank')
      return blank + 1
    }
    const known = this.#header.readKnown(bytes, view, start)
    if (known >= 0) {
      const next = this.#readGuessed(bytes, view, known)
      if (next >= 0) return next
    }
    const event = known >= 0 && isEvent(bytes, known) ? known : this.#readHeader(bytes, start)
    if (event >= 0) return this.#readSample(bytes, start, event)
    const next = nextLine(bytes, start)
    const end = textEnd(bytes, start, next)
    const timeless = this.#readTimeless(bytes, start, end)
    if (timeless >= 0) return this.#readSample(bytes, start, timeless)
    this.#tools.read(bytes, start, end, this.#line)
    return next
  }

  /** A page reference that was guessed; position of the next line, else -1. */
  #readGuessed(bytes: Uint8Array, view: DataView, event: number): number {
    const templates = this.#templates
    const next = templates.read(bytes, view, event)
    if (next < 0) return -1
    const { name } = templates
    const time = this.#time()
    this.#losses.entry(this.#header.cpu, time)
    if (isRefKind(name.kind)) this.#refEvents++
    this.#event(time, name, templates.page, templates.count, templates.shape, this.#line)
    return next
  }

  /** The chunk is over. The first of its blank lines is in the log already, in the place of its word. */
  #settle(): void {
    if (this.#blanks > 1) this.#problems.skip('blank', this.#blanks - 1)
    this.#blanks = 0
  }

  #beginsSample(bytes: Uint8Array, start: number): boolean {
    if (bytes[start] === TAB) return false
    if (this.#header.find(bytes, start) >= 0) return true
    return this.#timeless > 0 && this.#header.findTimeless(bytes, start, nextLine(bytes, start) - 1) >= 0
  }

  #readHeader(bytes: Uint8Array, start: number): number {
    return bytes[start] === TAB ? -1 : this.#header.read(bytes, start)
  }

  /** A sample without a time, never in a file whose samples have one. */
  #readTimeless(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] === TAB || (this.#hasStyle && this.#timeless === 0)) return -1
    return this.#header.readTimeless(bytes, start, end)
  }

  /** Reads the event at `event`; position of the next line. */
  #readSample(bytes: Uint8Array, start: number, event: number): number {
    if (bytes[event] === LETTER_P && startsWith(bytes, event, event + RECORD.length, RECORD)) {
      return this.#readRecord(bytes, event)
    }
    if (this.#header.isGuest) return this.#skipSample(bytes, start, GUEST_SAMPLE)
    const name = nameOfSample(this.#names, bytes, event)
    if (name === undefined) return this.#skipSample(bytes, start, HARDWARE_SAMPLE)
    const time = this.#time()
    this.#losses.entry(this.#header.cpu, time)
    const body = this.#names.end + 1
    if (name.family === 'ref' || name.family === 'pinner') return this.#readRef(bytes, start, event, time, name)
    const next = nextLine(bytes, body)
    const end = textEnd(bytes, body, next)
    if (!isWhole(name, bytes, body, end)) {
      this.#half = new HalfEvent(name, time, this.#line, bytes.slice(start, end), bytes.slice(body, end))
      return next
    }
    this.#other.read(bytes, body, end, name)
    this.#event(time, name, this.#other.page, 0, this.#other.shape, this.#line)
    return next
  }

  #readRef(bytes: Uint8Array, start: number, event: number, time: TimeNs, name: EventName): number {
    const body = this.#names.end + 1
    let next = this.#ref.readUsual(bytes, body, name)
    if (next >= 0) this.#templates.keep(bytes, event, next, this.#ref.shape, name)
    else {
      next = nextLine(bytes, body)
      const end = textEnd(bytes, body, next)
      if (!this.#ref.readAny(bytes, body, end, name)) {
        const from = Math.min(body, end)
        if (this.#ref.refusal !== CUT_SHORT) this.#refuseSample(bytes, start, end)
        else this.#half = new HalfEvent(name, time, this.#line, bytes.slice(start, end), bytes.slice(from, end))
        return next
      }
    }
    if (isRefKind(name.kind)) this.#refEvents++
    this.#event(time, name, this.#ref.page, this.#ref.count, this.#ref.shape, this.#line)
    return next
  }

  #refuseSample(bytes: Uint8Array, start: number, end: number): void {
    this.#problems.reject(this.#ref.refusal, this.#line, bytes, start, end)
    this.#chain.openSkipped('call chain of a refused sample')
  }

  /** No more lines belong to the half event: it is an event now, or refused with all its lines. */
  #finishHalf(): void {
    const half = this.#half
    if (half === undefined) return
    this.#half = undefined
    const { name, time, line, joined } = half
    const text = withLf(half.text)
    if (name.family !== 'ref' && name.family !== 'pinner') {
      this.#other.read(text, 0, text.length - 1, name)
      this.#event(time, name, this.#other.page, 0, this.#other.shape, line)
    } else if (this.#ref.readAny(text, 0, text.length - 1, name)) {
      if (isRefKind(name.kind)) this.#refEvents++
      this.#event(time, name, this.#ref.page, this.#ref.count, this.#ref.shape, line)
    } else {
      const isEmpty = joined.length === 0 && textOf(text, 0, text.length).trim() === ''
      for (const [k, told] of [half.firstLine, ...joined].entries()) {
        this.#problems.reject(isEmpty ? NO_ARGUMENTS : this.#ref.refusal, line + k, told, 0, told.length)
      }
      return this.#chain.openSkipped('call chain of a refused sample')
    }
    this.#problems.parsed += joined.length
  }

  #event(time: TimeNs, name: EventName, page: PageId, count: number, shape: ShapeId, line: number): void {
    const { context } = this.#header
    const row = this.#into.event(time, name.kind, page, count, shape, context, this.#into.firstLine + line)
    this.#relative?.bind(row)
    this.#problems.parsed++
    this.#problems.records++
    this.#chain.open(row, shape)
  }

  /** `PERF_RECORD_LOST lost 12`, `PERF_RECORD_COMM: …` of the --show-…-events options. */
  #readRecord(bytes: Uint8Array, at: number): number {
    const next = nextLine(bytes, at)
    const lost = lostOf(textOf(bytes, at, Math.min(next - 1, at + TOOL_LINE_BYTES)))
    if (Number.isNaN(lost)) this.#problems.skip('record of a task or a mapping')
    else {
      this.#losses.mark('lost', this.#header.cpu, lost, this.#lineId())
      this.#losses.entry(this.#header.cpu, this.#recordTime())
      this.#problems.parsed++
    }
    return next
  }

  /** A sample that says nothing of this machine's pages, with its chain. */
  #skipSample(bytes: Uint8Array, start: number, why: string): number {
    this.#problems.skip(why)
    this.#chain.openSkipped(why)
    return nextLine(bytes, start)
  }

  #lineId(): LineId {
    return (this.#into.firstLine + this.#line) as LineId
  }

  /** Time of the sample that was read last; the first one says how the file prints times. */
  #time(): TimeNs {
    const { hasTime, seconds, fractionNs } = this.#header
    if (!hasTime) this.#timeless++
    if (!this.#hasStyle) this.#setStyle()
    if (!hasTime) return this.#into.timeOfCount(this.#timeless, 1)
    if (this.#relative?.isSettled === false) return this.#relative.timeOf(seconds * NS_PER_SECOND + fractionNs)
    return this.#into.timeOfSeconds(seconds, fractionNs)
  }

  /** Time of a record of perf's own: no sample, so that it neither begins nor goes on with relative times. */
  #recordTime(): TimeNs {
    const { seconds, fractionNs } = this.#header
    return this.#into.timeOfSeconds(seconds, fractionNs)
  }

  #setStyle(): void {
    this.#hasStyle = true
    const { hasTime, digits, seconds, fractionNs } = this.#header
    if (hasTime && seconds === 0 && fractionNs === 0) this.#relative = new RelativeTimes(this.#into)
    this.#into.setTimeStyle({ unit: hasTime ? 'seconds' : 'counts', digits })
    if (!hasTime) this.#problems.notice(NO_TIME_NOTICE)
  }
}
