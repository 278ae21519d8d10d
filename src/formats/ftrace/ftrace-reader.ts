import { indexOfText, LF, startsWith, textOf } from '../../base/ascii.ts'
import { type TimeNs, type TimeStyle } from '../../base/clock.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type LineId, NONE, type PageId, type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { partOf, takePart, type TracePart } from '../../model/trace-part.ts'
import { nextLine, textEnd, withLf } from '../line-bytes.ts'
import { type Chunk, type CountingReader } from '../format.ts'
import { type LineIndex } from '../line-index.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type Shard, type ShardTaker } from '../shard.ts'
import { EntryContext } from './entry-context.ts'
import { EntryStacks } from './entry-stacks.ts'
import { type EventName, EventNames } from './event-names.ts'
import { arrowSize } from './frame-lines.ts'
import { HalfEvent, isWhole } from './half-event.ts'
import { HeaderLines } from './header-lines.ts'
import { type LossRows, LossTracker } from './loss-tracker.ts'
import { readOddLine, whyNameless } from './odd-line.ts'
import { OtherArguments } from './other-arguments.ts'
import { endOfQuoted, isQuoted, unquote } from './quoted-lines.ts'
import { framesOfRawStack, RAW_CALLERS } from './raw-stack.ts'
import { CUT_SHORT, RefArguments } from './ref-arguments.ts'
import { RefTemplates } from './ref-templates.ts'
import { Segments } from './segments.ts'
import { StackBlocks } from './stack-blocks.ts'
import { type StackOpRows, StackOps } from './stack-ops.ts'
import { StackResolver } from './stack-resolver.ts'
import {
  COUNTS_NOTICE,
  NO_CONTEXT_NOTICE,
  NO_EVENTS_NOTICE,
  NO_STACKS_NOTICE,
  RAW_STACKS_NOTICE,
  inputsNotice,
  repeatedNotice,
} from './trace-notices.ts'

const LESS = 60
/** The header of a stack as kernels print it, and its first and last eight bytes. */
const STACK_HEADER = new TextEncoder().encode('<stack trace>\n')
const HEADER_BYTES = new DataView(STACK_HEADER.buffer)
const HEADER_HEAD = HEADER_BYTES.getFloat64(0)
const HEADER_TAIL = HEADER_BYTES.getFloat64(STACK_HEADER.length - 8)
/** Characters of an odd line that are looked at as text. */
const ODD_LINE_BYTES = 1024

/** What a part of a trace must know of its file. */
export interface FtraceSettings {
  /** Column of the flags that the irq context stands in, as the header's legend told; -1 when it did not. */
  readonly irqColumn: number
  /** Whole seconds that all times of the capture are counted from. */
  readonly originSeconds: number
  /** What the clock of the file counts, as its first time says. */
  readonly unit: TimeStyle['unit']
}

/** What a part of a trace told. */
export interface FtraceFacts {
  readonly part: TracePart
  readonly ops: StackOpRows
  readonly losses: LossRows
  readonly refEvents: number
  readonly inputs: readonly string[]
}

/** Reads ftrace text: `trace`, `trace_pipe` and `trace-cmd report`. See `EntryContext` for the lines it takes. */
export class FtraceReader implements CountingReader, ShardTaker<FtraceSettings, FtraceFacts> {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #entry: EntryContext
  readonly #names: EventNames
  readonly #ref: RefArguments
  readonly #templates: RefTemplates
  readonly #other: OtherArguments
  readonly #losses = new LossTracker()
  readonly #blocks: StackBlocks
  readonly #segments: Segments
  readonly #ops = new StackOps()
  readonly #stacks: EntryStacks
  readonly #resolver: StackResolver
  readonly #headers: HeaderLines
  /** 0-based line in the file that is read now. */
  #line = 0
  #half: HalfEvent | undefined
  /** Where the place of line `#nextKept` is told, when the lines are counted here. */
  #lines: LineIndex | undefined
  #nextKept = Number.POSITIVE_INFINITY
  #hasStyle = false
  /** Of the file: a line may be spoilt. */
  #unit: TimeStyle['unit'] = 'seconds'
  /** Events read without columns; their number is their time. */
  #contextless = 0
  #refEvents = 0
  /** Shape of the event that was read last. */
  #shape = NONE as ShapeId
  /** True when the text is a part of a file, and another reader takes what is found. */
  readonly #isPart: boolean
  /** The part says what only the reader of the whole file can understand. */
  #needsWhole = false

  /** Reads a whole file, or, with the `settings` that its reader gave, a part of one into a builder of its own. */
  constructor(into: TraceBuilder, problems: ProblemLog, settings?: FtraceSettings) {
    this.#isPart = settings !== undefined
    this.#into = into
    this.#problems = problems
    this.#entry = new EntryContext(into.strings, into.contexts)
    this.#names = new EventNames(into.strings)
    this.#ref = new RefArguments(into.strings, into.pages, into.shapes)
    this.#templates = new RefTemplates(into.pages)
    this.#other = new OtherArguments(into.strings, into.pages, into.shapes)
    this.#blocks = new StackBlocks(into, problems, this.#ops)
    this.#segments = new Segments(into)
    this.#stacks = new EntryStacks(into, problems, this.#entry, this.#blocks, this.#ops)
    this.#resolver = new StackResolver(into, problems)
    this.#headers = new HeaderLines(into, problems, this.#entry, this.#losses, this.#segments, this.#stacks)
    if (settings !== undefined) this.begin(settings)
  }

  read(chunk: Chunk): void {
    const { bytes, start, end } = chunk
    this.#line = chunk.firstLine
    const firstRow = this.#into.eventCount
    this.#ops.firstRow = this.#isPart ? 0 : firstRow
    const linesEnd = end > start && bytes[end - 1] === LF ? end : bytes.lastIndexOf(LF, end - 1) + 1
    if (linesEnd > start) this.#readLines(bytes, start, linesEnd)
    // The last line of a file may lack its LF; with one, every loop below stops by itself.
    const rest = Math.max(start, linesEnd)
    if (rest < end) this.#readLines(withLf(bytes.subarray(rest, end)), 0, end - rest + 1)
    this.#resolve(firstRow)
  }

  readCounting(chunk: Chunk, lines: LineIndex): void {
    this.#lines = lines
    this.#nextKept = lines.nextKept
    this.read(chunk)
    this.#nextKept = Number.POSITIVE_INFINITY
    lines.endCounted(this.#line)
  }

  end(): void {
    const firstRow = this.#into.eventCount
    this.#finishHalf()
    this.#blocks.end()
    this.#resolve(firstRow)
    const repeated = this.#segments.leaveOutRepeated()
    for (const loss of this.#losses.losses()) this.#into.loss(loss)
    const problems = this.#problems
    if (repeated > 0) problems.notice(repeatedNotice(repeated))
    if (problems.records === 0) problems.notice(NO_EVENTS_NOTICE)
    if (this.#entry.inputs.size > 0) problems.notice(inputsNotice([...this.#entry.inputs]))
    if (this.#refEvents > 0 && this.#resolver.bound === 0) problems.notice(NO_STACKS_NOTICE)
  }

  /** The text begins in the middle of a file, behind what told these settings. */
  begin({ irqColumn, originSeconds, unit }: FtraceSettings): void {
    this.#entry.setIrqColumn(irqColumn)
    this.#into.timeOfSeconds(originSeconds, 0)
    this.#hasStyle = true
    this.#unit = unit
  }

  settings(): FtraceSettings | undefined {
    const isPlain = this.#hasStyle && this.#contextless === 0 && this.#half === undefined
    if (!isPlain) return undefined
    return { irqColumn: this.#entry.irqColumn, originSeconds: this.#into.originSeconds, unit: this.#unit }
  }

  /** What a part told, after its last chunk; undefined when only the reader of the whole file can read it. */
  facts(): FtraceFacts | undefined {
    this.#finishHalf()
    this.#blocks.end()
    if (this.#needsWhole) return undefined
    return {
      part: partOf(this.#into),
      ops: this.#ops.rows(),
      losses: this.#losses.rows(),
      refEvents: this.#refEvents,
      inputs: [...this.#entry.inputs],
    }
  }

  take(
    { facts, problems }: Shard<FtraceFacts>,
    { irqColumn, originSeconds, unit }: FtraceSettings,
    firstLine: number,
  ): boolean {
    const now = this.settings()
    if (now?.irqColumn !== irqColumn || now.originSeconds !== originSeconds || now.unit !== unit) return false
    this.#blocks.end() // the part begins with an entry
    const firstRow = this.#into.eventCount
    const lineId = (this.#into.firstLine + firstLine) as LineId
    const ids = takePart(this.#into, facts.part, lineId)
    this.#ops.take(facts.ops, firstRow, ids)
    this.#resolve(firstRow)
    this.#losses.take(facts.losses, lineId)
    this.#problems.take(problems, firstLine)
    this.#segments.events(this.#into.eventCount - firstRow)
    this.#refEvents += facts.refEvents
    for (const input of facts.inputs) this.#entry.inputs.add(input)
    return true
  }

  /** Gives the stacks that were read to their events, of which the rows from `firstRow` on are new. */
  #resolve(firstRow: number): void {
    if (this.#isPart) return
    this.#resolver.resolve(this.#ops, firstRow, this.#into.eventCount, this.#unit !== 'counts')
    this.#ops.clear(this.#into.eventCount)
  }

  #readLines(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = start
    while (at < end) {
      const before = at
      const lineBefore = this.#line
      at = this.#readNext(bytes, view, at, end)
      if (this.#line >= this.#nextKept) this.#keepLine(bytes, before, lineBefore, end)
    }
  }

  /** Reads a line, or the lines of a stack; position of the next. Hot. */
  #readNext(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    if (isQuoted(bytes, at)) return this.#readQuoted(bytes, at, end)
    if (this.#blocks.isOpen) {
      const next = this.#blocks.read(bytes, view, at, end)
      this.#line += this.#blocks.lines
      return next
    }
    if (this.#half !== undefined) {
      const next = nextLine(bytes, at)
      if (this.#half.join(bytes, at, textEnd(bytes, at, next))) {
        this.#line++
        return next
      }
      this.#finishHalf()
    }
    const body = this.#entry.readKnown(bytes, view, at)
    const next = body >= 0 ? this.#readKnown(bytes, view, at, body) : this.#readNewLine(bytes, view, at)
    this.#line++
    return next
  }

  #readQuoted(bytes: Uint8Array, at: number, end: number): number {
    this.#needsWhole = true
    const quotedEnd = endOfQuoted(bytes, at, end)
    const text = unquote(bytes, at, quotedEnd)
    const nextKept = this.#nextKept
    this.#nextKept = Number.POSITIVE_INFINITY // places in the unquoted text are none of the file's
    this.#readLines(text, 0, text.length)
    this.#nextKept = nextKept
    return quotedEnd
  }

  #keepLine(bytes: Uint8Array, at: number, from: number, end: number): void {
    this.#lines?.keep(bytes, at, from, this.#line, end)
    this.#nextKept = this.#lines?.nextKept ?? Number.POSITIVE_INFINITY
  }

  /** A line whose columns were not seen before, or that has none. Position of the next line. */
  #readNewLine(bytes: Uint8Array, view: DataView, start: number): number {
    const next = nextLine(bytes, start)
    const end = textEnd(bytes, start, next)
    if (arrowSize(bytes, start) > 0) return this.#readStrayFrame(start)
    const body = this.#entry.readNew(bytes, view, start, end)
    if (body >= 0) return this.#readBody(bytes, start, body)
    this.#readOdd(bytes, start, end)
    return next
  }

  /** Reads what stands behind columns that were seen before. Hot: an event that was guessed is done here. */
  #readKnown(bytes: Uint8Array, view: DataView, start: number, body: number): number {
    if (bytes[body] === LESS) {
      if (!isStackHeader(bytes, view, body)) return this.#readBody(bytes, start, body)
      const time = this.#time()
      this.#losses.entry(this.#entry.cpu, time)
      this.#stacks.open(time, this.#shape)
      return body + STACK_HEADER.length
    }
    const templates = this.#templates
    const next = templates.read(bytes, view, body)
    if (next < 0) return this.#readBody(bytes, start, body)
    const { name, shape } = templates
    const time = this.#time()
    this.#losses.entry(this.#entry.cpu, time)
    this.#event(time, name, templates.page, templates.count, shape, this.#line)
    return next
  }

  /** Reads what stands behind the columns at `body`; position of the next line. */
  #readBody(bytes: Uint8Array, start: number, body: number): number {
    const time = this.#time()
    this.#losses.entry(this.#entry.cpu, time)
    if (bytes[body] === LESS) return this.#readStackHeader(bytes, start, body, time)
    const name = this.#names.find(bytes, body)
    if (name === undefined) return this.#readNameless(bytes, start, body)
    const { family } = name
    if (family === 'ref' || family === 'pinner') return this.#readRef(bytes, start, body, time, name)
    const next = nextLine(bytes, body)
    if (family === 'kernel_stack') this.#readReportStack(bytes, textEnd(bytes, body, next), time)
    else if (family === 'user_stack') this.#stacks.openUser()
    else if (family === 'function') this.#skipFunction(bytes, this.#names.end + 1, textEnd(bytes, body, next))
    else this.#readOther(bytes, start, textEnd(bytes, body, next), time, name)
    return next
  }

  #readRef(bytes: Uint8Array, start: number, body: number, time: TimeNs, name: EventName): number {
    const from = this.#names.end + 1
    let next = this.#ref.readUsual(bytes, from, name)
    if (next >= 0) this.#templates.keep(bytes, body, next, this.#ref.shape, name)
    else {
      next = nextLine(bytes, from)
      const end = textEnd(bytes, from, next)
      if (!this.#ref.readAny(bytes, from, end, name)) {
        if (this.#ref.refusal === CUT_SHORT) this.#openHalf(bytes, start, from, end, time, name)
        else this.#refuseEntry(this.#ref.refusal, bytes, start, end)
        return next
      }
    }
    this.#event(time, name, this.#ref.page, this.#ref.count, this.#ref.shape, this.#line)
    return next
  }

  #readOther(bytes: Uint8Array, lineStart: number, end: number, time: TimeNs, name: EventName): void {
    const start = this.#names.end + 1
    if (!isWhole(name, bytes, start, end)) {
      this.#openHalf(bytes, lineStart, start, end, time, name)
      return
    }
    this.#other.read(bytes, start, end, name)
    this.#event(time, name, this.#other.page, 0, this.#other.shape, this.#line)
  }

  #event(time: TimeNs, name: EventName, page: PageId, count: number, shape: ShapeId, line: number): void {
    const { context } = this.#entry
    const blocks = this.#blocks
    blocks.eventRow = this.#into.event(time, name.kind, page, count, shape, context, this.#into.firstLine + line)
    blocks.eventContext = context
    blocks.eventTime = time
    this.#shape = shape
    if (isRefKind(name.kind)) this.#refEvents++
    this.#segments.events(1)
    this.#problems.parsed++
    this.#problems.records++
  }

  /** An entry that cannot be read: a stack behind it is its own, and nobody else's. */
  #refuseEntry(reason: string, bytes: Uint8Array, start: number, end: number): void {
    this.#stacks.passEntry(this.#time())
    this.#problems.reject(reason, this.#line, bytes, start, end)
  }

  #openHalf(bytes: Uint8Array, start: number, from: number, end: number, time: TimeNs, name: EventName): void {
    this.#stacks.passLine()
    this.#half = new HalfEvent(name, time, this.#line, bytes.slice(start, end), bytes.slice(Math.min(from, end), end))
  }

  /** No more lines belong to the half event: it is an event now, or refused with all its lines. */
  #finishHalf(): void {
    const half = this.#half
    if (half === undefined) return
    this.#half = undefined
    const { name, time, line, joined } = half
    const text = withLf(half.text)
    const isRef = name.family === 'ref' || name.family === 'pinner'
    if (!isRef) {
      this.#other.read(text, 0, text.length - 1, name)
      this.#event(time, name, this.#other.page, 0, this.#other.shape, line)
    } else if (this.#ref.readAny(text, 0, text.length - 1, name)) {
      this.#event(time, name, this.#ref.page, this.#ref.count, this.#ref.shape, line)
    } else {
      this.#stacks.passEntry(this.#time())
      const lines = [half.firstLine, ...joined]
      for (const [k, told] of lines.entries()) {
        this.#problems.reject(this.#ref.refusal, line + k, told, 0, told.length)
      }
      return
    }
    this.#problems.parsed += joined.length
  }

  /** `<stack trace>`, `<user stack trace>`, or text of ours to refuse. */
  #readStackHeader(bytes: Uint8Array, start: number, body: number, time: TimeNs): number {
    const next = nextLine(bytes, body)
    if (startsWith(bytes, body, next, '<stack trace')) this.#stacks.open(time, this.#shape)
    else if (startsWith(bytes, body, next, '<user stack trace')) this.#stacks.openUser()
    else return this.#readNameless(bytes, start, body)
    return next
  }

  /**
   * `kernel_stack:`, with `<stack trace >` behind it, or the first frame (report -N), or all of them as bytes (report -R).
   */
  #readReportStack(bytes: Uint8Array, end: number, time: TimeNs): void {
    const start = this.#names.end + 1
    this.#stacks.open(time, this.#shape)
    const arrow = indexOfText(bytes, start, end, '=> ')
    const raw = arrow < 0 && indexOfText(bytes, start, end, RAW_CALLERS) >= 0
    if (raw) this.#problems.notice(RAW_STACKS_NOTICE)
    const frames = raw ? framesOfRawStack(textOf(bytes, start, end)) : arrow < 0 ? '' : textOf(bytes, arrow, end)
    if (frames !== '') this.#blocks.begin(new TextEncoder().encode(`${frames}\n`))
  }

  /** `kfree <-put_page`: what is traced between an event and its stack, or has a stack of its own. */
  #skipFunction(bytes: Uint8Array, start: number, end: number): void {
    const symbol = /^\s*([\w.$]+)/.exec(textOf(bytes, start, Math.min(end, start + ODD_LINE_BYTES)))?.[1] ?? ''
    this.#stacks.passFunction(symbol)
    this.#problems.skip('function tracer')
  }

  #skipEntry(why: string): void {
    this.#stacks.passEntry(this.#time())
    this.#problems.skip(why)
  }

  #readStrayFrame(start: number): number {
    this.#stacks.openStray(this.#shape)
    this.#line--
    return start
  }

  /** A line with the columns of an entry but no event name: another tracer's, or of a type that nobody knows. */
  #readNameless(bytes: Uint8Array, start: number, body: number): number {
    const next = nextLine(bytes, body)
    const end = textEnd(bytes, body, next)
    const why = whyNameless(textOf(bytes, body, Math.min(end, body + ODD_LINE_BYTES)))
    if (why === 'function tracer') this.#skipFunction(bytes, body, end)
    else if (why !== undefined) this.#skipEntry(why)
    else this.#refuseEntry('no event name', bytes, start, end)
    return next
  }

  /** A line without the columns of an entry: header, marker, or one we cannot read. */
  #readOdd(bytes: Uint8Array, start: number, end: number): void {
    const odd = readOddLine(textOf(bytes, start, Math.min(end, start + ODD_LINE_BYTES)))
    if (odd.kind === 'unknown' && this.#readContextless(bytes, start, end)) return
    if (odd.kind === 'tracer' || odd.kind === 'legend' || odd.kind === 'release') this.#needsWhole = true
    this.#stacks.passLine()
    if (odd.kind !== 'unknown') this.#headers.read(odd, (this.#into.firstLine + this.#line) as LineId)
    else this.#problems.reject('not a line of a trace', this.#line, bytes, start, end)
  }

  /**
   * `page_ref_mod: pfn=…` with the option context-info off: no task, no CPU, no time, so events are numbered. False when
   * it is none. Begins with an event we know, and never in a file whose lines have columns.
   */
  #readContextless(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#contextless === 0 && this.#hasStyle) return false
    if (this.#contextless > 0 && startsWith(bytes, start, end, '<'))
      return this.#readContextlessHeader(bytes, start, end)
    const name = this.#names.find(bytes, start)
    if (name === undefined || name.family === 'kernel_stack' || name.family === 'user_stack') return false
    if (this.#contextless === 0 && !isRefKind(name.kind) && name.family !== 'cma' && name.family !== 'kept')
      return false
    this.#contextless++
    this.#entry.readNothing(this.#contextless)
    this.#readBody(bytes, start, start)
    return true
  }

  #readContextlessHeader(bytes: Uint8Array, start: number, end: number): boolean {
    if (!startsWith(bytes, start, end, '<stack trace') && !startsWith(bytes, start, end, '<user stack trace'))
      return false
    this.#entry.readNothing(this.#contextless)
    this.#readBody(bytes, start, start)
    return true
  }

  /** Time of the entry that was read last; the first one says how the file prints times. */
  #time(): TimeNs {
    const { unit, whole, fractionNs } = this.#entry
    if (!this.#hasStyle) this.#setStyle()
    return unit === 'microseconds' ? this.#into.timeOfCount(whole, 1000) : this.#into.timeOfSeconds(whole, fractionNs)
  }

  #setStyle(): void {
    this.#hasStyle = true
    const { unit, digits } = this.#entry
    this.#unit = unit
    this.#into.setTimeStyle({ unit, digits })
    if (this.#contextless > 0) this.#problems.notice(NO_CONTEXT_NOTICE)
    else if (unit === 'counts') this.#problems.notice(COUNTS_NOTICE)
  }
}

/** True where the usual header of a stack stands at `at`, with its LF. Hot. */
function isStackHeader(bytes: Uint8Array, view: DataView, at: number): boolean {
  const size = STACK_HEADER.length
  if (at + size > bytes.length || view.getFloat64(at) !== HEADER_HEAD) return false
  return view.getFloat64(at + size - 8) === HEADER_TAIL
}
