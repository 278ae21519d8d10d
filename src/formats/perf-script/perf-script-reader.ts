import { CR, LF, SPACE, startsWith, TAB, textOf } from '../../base/ascii.ts'
import { type TimeNs } from '../../base/clock.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type LineId, NONE, type PageId, type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { nextLine, textEnd, withLf } from '../line-bytes.ts'
import { type Chunk, type ChunkReader } from '../format.ts'
import { type EventName, EventNames } from '../ftrace/event-names.ts'
import { HalfEvent, isWhole } from '../ftrace/half-event.ts'
import { LossTracker } from '../ftrace/loss-tracker.ts'
import { OtherArguments } from '../ftrace/other-arguments.ts'
import { endOfQuoted, isQuoted, unquote } from '../ftrace/quoted-lines.ts'
import { CUT_SHORT, RefArguments } from '../ftrace/ref-arguments.ts'
import { type ProblemLog } from '../problem-log.ts'
import { CallChain } from './call-chain.ts'
import { looksLikeFrame } from './frame-lines.ts'
import { RelativeTimes } from './relative-times.ts'
import { SampleHeader } from './sample-header.ts'
import { lostOf, readToolLine } from './tool-lines.ts'

const COLON = 58
const NS_PER_SECOND = 1_000_000_000
const LETTER_P = 80
/** Characters of a line that is no sample that are looked at as text. */
const TOOL_LINE_BYTES = 1024
/** `cycles:ppp`: letters behind the colon of an event that is no tracepoint (util/parse-events.l modifier_event). */
const MODIFIERS = /^[ukhpPSDIWebGHRX]{1,8}$/
const RECORD = 'PERF_RECORD_'

const NO_ARGUMENTS = 'page reference event without its arguments (perf script -F without trace)'
const CUT_NOTICE = 'this is an excerpt: lines were left out by hand ([snip], ...); what happened there is unknown'
const LOST_NOTICE = 'perf says that it lost events, not where: record with a larger buffer (perf record -m)'
const NO_TIME_NOTICE =
  'The samples have no time (perf script -F without time): they are numbered in the order of the file.'
const RELATIVE_NOTICE =
  'Times count from the first sample (perf script --reltime): they do not compare with those of other files.'
const DIFFERENCES_NOTICE =
  'Times are differences to the sample before (perf script --deltatime): they were added up, which rounding makes too small. Print again without it.'
const NO_EVENTS_NOTICE = 'The text holds no samples.'
const NO_STACKS_NOTICE =
  'No call chains were recorded, so holders are known by task only. Record again with `perf record -g`.'

/** Reads the text of `perf script`. See `SampleHeader` and `CallChain` for the lines it takes. */
export class PerfScriptReader implements ChunkReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #header: SampleHeader
  readonly #names: EventNames
  readonly #ref: RefArguments
  readonly #other: OtherArguments
  readonly #losses = new LossTracker()
  readonly #chain: CallChain
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

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#header = new SampleHeader(into.strings, into.contexts)
    this.#names = new EventNames(into.strings)
    this.#ref = new RefArguments(into.strings, into.pages, into.shapes)
    this.#other = new OtherArguments(into.strings, into.pages, into.shapes)
    this.#chain = new CallChain(into, problems, (bytes, at) => this.#beginsSample(bytes, at))
  }

  read(chunk: Chunk): void {
    const { bytes, start, end } = chunk
    this.#line = chunk.firstLine
    const linesEnd = end > start && bytes[end - 1] === LF ? end : bytes.lastIndexOf(LF, end - 1) + 1
    if (linesEnd > start) this.#readLines(bytes, start, linesEnd)
    // The last line of a file may lack its LF; with one, every loop below stops by itself.
    const rest = Math.max(start, linesEnd)
    if (rest >= end) return
    this.#isCut = true
    this.#readLines(withLf(bytes.subarray(rest, end)), 0, end - rest + 1)
  }

  end(): void {
    this.#finishHalf()
    this.#chain.end(this.#isCut)
    for (const loss of this.#losses.losses()) this.#into.loss(loss)
    const problems = this.#problems
    if (problems.records === 0) problems.notice(NO_EVENTS_NOTICE)
    if (this.#relative !== undefined && problems.records > 1)
      problems.notice(this.#relative.isDifference ? DIFFERENCES_NOTICE : RELATIVE_NOTICE)
    if (this.#refEvents > 0 && this.#chain.bound === 0) problems.notice(NO_STACKS_NOTICE)
  }

  #readLines(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (isQuoted(bytes, at)) {
        const quotedEnd = endOfQuoted(bytes, at, end)
        const text = unquote(bytes, at, quotedEnd)
        this.#readLines(text, 0, text.length)
        at = quotedEnd
        continue
      }
      if (this.#half !== undefined) {
        const next = nextLine(bytes, at)
        if (this.#half.join(bytes, at, textEnd(bytes, at, next))) {
          this.#line++
          at = next
          continue
        }
        this.#finishHalf()
      }
      if (this.#chain.isOpen) {
        at = this.#chain.read(bytes, at, end, this.#line)
        this.#line += this.#chain.lines
        if (at === end || this.#chain.lines > 0) continue
      }
      at = this.#readLine(bytes, at)
      this.#line++
    }
  }

  /** A line that is no frame of an open sample; position of the next line. */
  #readLine(bytes: Uint8Array, start: number): number {
    const blank = bytes[start] === CR ? start + 1 : start
    if (bytes[blank] === LF) {
      this.#problems.skip('blank')
      return blank + 1
    }
    const event = this.#readHeader(bytes, start)
    if (event >= 0) return this.#readSample(bytes, start, event)
    const next = nextLine(bytes, start)
    const end = textEnd(bytes, start, next)
    const timeless = this.#readTimeless(bytes, start, end)
    if (timeless >= 0) return this.#readSample(bytes, start, timeless)
    this.#readToolLine(bytes, start, end)
    return next
  }

  #beginsSample(bytes: Uint8Array, start: number): boolean {
    if (this.#readHeader(bytes, start) >= 0) return true
    return this.#timeless > 0 && this.#readTimeless(bytes, start, nextLine(bytes, start) - 1) >= 0
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
    const name = this.#nameAt(bytes, event)
    if (name === undefined) return this.#skipSample(bytes, start)
    const time = this.#time()
    this.#losses.entry(this.#header.cpu, time)
    const body = this.#names.end + 1
    if (name.family === 'ref' || name.family === 'pinner') return this.#readRef(bytes, start, body, time, name)
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

  #readRef(bytes: Uint8Array, start: number, body: number, time: TimeNs, name: EventName): number {
    let next = this.#ref.readUsual(bytes, body, name)
    if (next < 0) {
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
    this.#chain.open(row)
  }

  /**
   * The event's name without its system, `page_ref_mod` of `page_ref:page_ref_mod:`; `names.end` is then the last colon
   * of the event. An event that is no tracepoint has no system, but may have modifiers: `cycles:ppp:`.
   */
  #nameAt(bytes: Uint8Array, event: number): EventName | undefined {
    const colon = endOfWord(bytes, event)
    const inner = bytes[colon] === COLON && !isEnd(bytes[colon + 1]) ? colon + 1 : event
    const innerEnd = endOfWord(bytes, inner)
    const isModifier = inner > event && innerEnd - inner <= 8 && MODIFIERS.test(textOf(bytes, inner, innerEnd))
    const name = this.#names.find(bytes, isModifier ? event : inner)
    if (name === undefined) return undefined
    let last = isModifier ? innerEnd : this.#names.end
    while (!isEnd(bytes[last + 1])) last++
    this.#names.end = last
    return name
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

  /** `cpu/event=0x3c/u:`: an event of the hardware that is spelled, not named. */
  #skipSample(bytes: Uint8Array, start: number): number {
    this.#problems.skip('event of the hardware')
    this.#chain.openSkipped('event of the hardware')
    return nextLine(bytes, start)
  }

  #readToolLine(bytes: Uint8Array, start: number, end: number): void {
    if (looksLikeFrame(bytes, start)) {
      this.#problems.skip('orphan call chain')
      return this.#chain.openSkipped('orphan call chain')
    }
    const line = readToolLine(textOf(bytes, start, Math.min(end, start + TOOL_LINE_BYTES)))
    switch (line.kind) {
      case 'skip':
        return this.#problems.skip(line.why)
      case 'release':
        this.#into.machine.release(line.release, this.#lineId())
        return this.#problems.skip('header')
      case 'clock':
        if (this.#into.clockName === 'unknown') this.#into.clockName = line.name
        return this.#problems.skip('header')
      case 'cut':
        this.#losses.mark('cut', NONE, 0, this.#lineId())
        this.#problems.notice(CUT_NOTICE)
        return this.#problems.skip('cut by the author')
      case 'lost':
        this.#into.loss({ kind: 'lost', cpu: NONE, count: NONE, line: this.#lineId() })
        this.#problems.notice(LOST_NOTICE)
        this.#problems.parsed++
        return
      case 'unknown':
        this.#problems.reject('not a line of perf script', this.#line, bytes, start, end)
    }
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
    if (this.#relative !== undefined) return this.#relative.timeOf(seconds * NS_PER_SECOND + fractionNs)
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

/** Position of the first byte at or behind `at` that is a colon or ends a word. */
function endOfWord(bytes: Uint8Array, at: number): number {
  let next = at
  while (bytes[next] !== COLON && !isEnd(bytes[next])) next++
  return next
}

function isEnd(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB
}
