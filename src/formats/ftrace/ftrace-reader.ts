import { CR, indexOfText, LF, SPACE, startsWith, textOf } from '../../base/ascii.ts'
import { type TimeNs } from '../../base/clock.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, NONE, type PageId, type ShapeId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type Chunk, type ChunkReader } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { EntryContext } from './entry-context.ts'
import { type EventName, EventNames } from './event-names.ts'
import { arrowSize } from './frame-lines.ts'
import { findValue } from './key-value.ts'
import { LossTracker } from './loss-tracker.ts'
import { readOddLine } from './odd-line.ts'
import { OtherArguments } from './other-arguments.ts'
import { RefArguments } from './ref-arguments.ts'
import { StackBinder } from './stack-binder.ts'
import { StackBlocks } from './stack-blocks.ts'

const LESS = 60
/** Characters of an odd line that are looked at as text. */
const ODD_LINE_BYTES = 1024

/** A CMA event whose area name ended its line (auto-named areas carry a newline): the rest is on the next line. */
interface HalfEvent {
  readonly name: EventName
  readonly text: Uint8Array
  readonly line: number
}

/** Reads ftrace text: `trace`, `trace_pipe` and `trace-cmd report`. See `EntryContext` for the lines it takes. */
export class FtraceReader implements ChunkReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #entry: EntryContext
  readonly #names: EventNames
  readonly #ref: RefArguments
  readonly #other: OtherArguments
  readonly #binder = new StackBinder()
  readonly #losses = new LossTracker()
  readonly #blocks: StackBlocks
  /** 0-based line in the file that is read now. */
  #line = 0
  /** Event of the line before, which stack lines without a header belong to; NONE when it was no event. */
  #lastRow = NONE as EventRow
  #half: HalfEvent | undefined
  #hasStyle = false
  #hasContextless = false
  #refEvents = 0

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#entry = new EntryContext(into.strings, into.contexts)
    this.#names = new EventNames(into.strings)
    this.#ref = new RefArguments(into.strings, into.pages, into.shapes)
    this.#other = new OtherArguments(into.strings, into.pages, into.shapes)
    this.#blocks = new StackBlocks(into, problems)
  }

  read(chunk: Chunk): void {
    const { bytes, start, end } = chunk
    this.#line = chunk.firstLine
    const linesEnd = end > start && bytes[end - 1] === LF ? end : bytes.lastIndexOf(LF, end - 1) + 1
    if (linesEnd > start) this.#readLines(bytes, start, linesEnd)
    // The last line of a file may lack its LF; with one, every loop below stops by itself.
    const rest = Math.max(start, linesEnd)
    if (rest < end) this.#readLines(terminated(bytes, rest, end), 0, end - rest + 1)
  }

  end(): void {
    this.#finishHalf()
    this.#blocks.end()
    for (const loss of this.#losses.losses()) this.#into.loss(loss)
    const problems = this.#problems
    if (problems.records === 0) problems.notice('The trace holds no events.')
    if (this.#refEvents > 0 && this.#blocks.bound === 0) {
      problems.notice(
        'No call stacks were recorded, so holders are known by task only. Trace again with `echo 1 > options/stacktrace`.',
      )
    }
  }

  #readLines(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = start
    while (at < end) {
      if (this.#blocks.isOpen) {
        at = this.#blocks.read(bytes, view, at, end)
        this.#line += this.#blocks.lines
        continue
      }
      if (this.#half !== undefined) {
        const next = this.#joinHalf(bytes, at)
        if (next > at) {
          this.#line++
          at = next
          continue
        }
      }
      const body = this.#entry.readKnown(bytes, view, at)
      at = body >= 0 ? this.#readBody(bytes, at, body) : this.#readNewLine(bytes, view, at)
      this.#line++
    }
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

  /** Reads what stands behind the columns at `body`; position of the next line. */
  #readBody(bytes: Uint8Array, start: number, body: number): number {
    const time = this.#time()
    this.#losses.entry(this.#entry.cpu, time)
    if (bytes[body] === LESS) return this.#readStackHeader(bytes, start, body, time)
    const name = this.#names.find(bytes, body)
    if (name === undefined) return this.#readNameless(bytes, start, body)
    const { family } = name
    if (family === 'ref' || family === 'pinner') return this.#readRef(bytes, start, time, name)
    const next = nextLine(bytes, body)
    if (family === 'kernel_stack') this.#openStack(time)
    else if (family === 'user_stack') this.#openUserStack()
    else this.#readOther(bytes, this.#names.end + 1, textEnd(bytes, body, next), time, name)
    return next
  }

  #readRef(bytes: Uint8Array, start: number, time: TimeNs, name: EventName): number {
    const from = this.#names.end + 1
    let next = this.#ref.readUsual(bytes, from, name)
    if (next < 0) {
      next = nextLine(bytes, from)
      const end = textEnd(bytes, from, next)
      if (!this.#ref.readAny(bytes, from, end, name)) {
        this.#lastRow = NONE as EventRow
        this.#problems.reject(
          `${name.kind === 0 || name.family === 'ref' ? 'page_ref' : 'page_pinner'} event cut short`,
          this.#line,
          bytes,
          start,
          end,
        )
        return next
      }
    }
    if (isRefKind(name.kind)) this.#refEvents++
    this.#event(time, name, this.#ref.page, this.#ref.count, this.#ref.shape, this.#line)
    return next
  }

  #readOther(bytes: Uint8Array, start: number, end: number, time: TimeNs, name: EventName): void {
    if (
      name.family === 'cma' &&
      findValue(bytes, start, end, 'count=') < 0 &&
      findValue(bytes, start, end, 'request_count=') < 0
    ) {
      this.#half = { name, text: bytes.slice(start, end), line: this.#line }
      this.#lastRow = NONE as EventRow
      return
    }
    this.#other.read(bytes, start, end, name)
    this.#event(time, name, this.#other.page, 0, this.#other.shape, this.#line)
  }

  #event(time: TimeNs, name: EventName, page: PageId, count: number, shape: ShapeId, line: number): void {
    const row = this.#into.event(time, name.kind, page, count, shape, this.#entry.context, this.#into.firstLine + line)
    this.#binder.event(this.#entry, row, time)
    this.#problems.parsed++
    this.#problems.records++
    this.#lastRow = row
  }

  /** Position behind the second half of a CMA event when it stands at `at`, else `at`. The event is told either way. */
  #joinHalf(bytes: Uint8Array, at: number): number {
    const half = this.#half
    if (half === undefined) return at
    const next = nextLine(bytes, at)
    const isRest =
      bytes[at] === SPACE && /^ (?:pfn|count|request_count)=/.test(textOf(bytes, at, Math.min(next, at + 20)))
    if (!isRest) {
      this.#finishHalf()
      return at
    }
    const rest = bytes.subarray(at, textEnd(bytes, at, next))
    const whole = new Uint8Array(half.text.length + rest.length)
    whole.set(half.text)
    whole.set(rest, half.text.length)
    this.#half = { ...half, text: whole }
    this.#finishHalf()
    this.#problems.parsed++
    return next
  }

  #finishHalf(): void {
    const half = this.#half
    if (half === undefined) return
    this.#half = undefined
    this.#other.read(half.text, 0, half.text.length, half.name)
    this.#event(this.#time(), half.name, this.#other.page, 0, this.#other.shape, half.line)
  }

  /** `<stack trace>`, `<user stack trace>`, or text of ours to refuse. */
  #readStackHeader(bytes: Uint8Array, start: number, body: number, time: TimeNs): number {
    const next = nextLine(bytes, body)
    if (startsWith(bytes, body, next, '<stack trace')) this.#openStack(time)
    else if (startsWith(bytes, body, next, '<user stack trace')) this.#openUserStack()
    else return this.#readNameless(bytes, start, body)
    return next
  }

  #openStack(time: TimeNs): void {
    this.#lastRow = NONE as EventRow
    const row = this.#binder.take(this.#entry, time, this.#entry.unit !== 'counts')
    const why = row < 0 ? 'orphan stack' : this.#into.stackOf(row) >= 0 ? 'second stack' : ''
    if (why === '') {
      this.#problems.parsed++
      this.#blocks.open(row, this.#ref.shape)
    } else {
      this.#problems.skip(why)
      this.#blocks.openSkipped(why)
    }
  }

  #openUserStack(): void {
    this.#lastRow = NONE as EventRow
    this.#problems.skip('user stack')
    this.#blocks.openSkipped('user stack')
  }

  /** Stack lines without a header: those of the event line right before them, as reports are pasted; else orphans. */
  #readStrayFrame(start: number): number {
    const row = this.#lastRow
    this.#lastRow = NONE as EventRow
    if (row >= 0 && this.#into.stackOf(row) < 0) this.#blocks.open(row, this.#ref.shape)
    else this.#blocks.openSkipped('orphan stack')
    this.#line--
    return start
  }

  /** A line with the columns of an entry but no event name: `sym <-parent` of the function tracer, or an unknown type. */
  #readNameless(bytes: Uint8Array, start: number, body: number): number {
    const next = nextLine(bytes, body)
    const end = textEnd(bytes, body, next)
    this.#lastRow = NONE as EventRow
    if (indexOfText(bytes, body, end, ' <-') >= 0) this.#problems.skip('function tracer')
    else if (startsWith(bytes, body, end, 'Unknown type ')) this.#problems.skip('event of an unloaded module')
    else this.#problems.reject('no event name', this.#line, bytes, start, end)
    return next
  }

  /** A line without the columns of an entry: header, marker, or one we cannot read. */
  #readOdd(bytes: Uint8Array, start: number, end: number): void {
    this.#lastRow = NONE as EventRow
    const odd = readOddLine(textOf(bytes, start, Math.min(end, start + ODD_LINE_BYTES)))
    const lineId = (this.#into.firstLine + this.#line) as Parameters<LossTracker['mark']>[3]
    switch (odd.kind) {
      case 'skip':
        this.#problems.skip(odd.why)
        return
      case 'tracer':
        this.#binder.forgetAll()
        this.#problems.skip('header')
        return
      case 'overrun':
        this.#losses.mark('overrun', NONE, odd.count, lineId)
        this.#problems.parsed++
        return
      case 'start':
        this.#losses.mark('start', odd.cpu, 0, lineId)
        this.#binder.forget(odd.cpu)
        this.#problems.parsed++
        return
      case 'lost':
        this.#losses.mark('lost', odd.cpu, odd.count, lineId)
        if (odd.cpu < 0) this.#binder.forgetAll()
        else this.#binder.forget(odd.cpu)
        this.#problems.parsed++
        return
      case 'unknown':
        if (!this.#readContextless(bytes, start, end)) {
          this.#problems.reject('not a line of a trace', this.#line, bytes, start, end)
        }
    }
  }

  /** `page_ref_mod: pfn=…` with the option context-info off: no task, no CPU, no time. False when it is none. */
  #readContextless(_bytes: Uint8Array, _start: number, _end: number): boolean {
    return this.#hasContextless
  }

  /** Time of the entry that was read last; its style is the file's. */
  #time(): TimeNs {
    const { unit, whole, fractionNs, digits } = this.#entry
    if (!this.#hasStyle) this.#setStyle()
    if (unit === 'seconds') return this.#into.timeOfSeconds(whole, fractionNs)
    void digits
    return this.#into.timeOfCount(whole, unit === 'microseconds' ? 1000 : 1)
  }

  #setStyle(): void {
    this.#hasStyle = true
    const { unit, digits } = this.#entry
    this.#into.setTimeStyle({ unit, digits })
    if (unit === 'counts') {
      this.#problems.notice('The trace clock counts: times are counts, not nanoseconds, and durations are counts too.')
    }
  }
}

/** Position behind the LF of the line at or around `at`. */
function nextLine(bytes: Uint8Array, at: number): number {
  let next = at
  while (bytes[next] !== LF) next++
  return next + 1
}

/** End of the text of a line that ends before `next`: LF and CR cut. */
function textEnd(bytes: Uint8Array, start: number, next: number): number {
  let end = next - 1
  while (end > start && bytes[end - 1] === CR) end--
  return end
}

function terminated(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const line = new Uint8Array(end - start + 1)
  line.set(bytes.subarray(start, end))
  line[end - start] = LF
  return line
}
