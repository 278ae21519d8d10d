import { type TimeNs } from '../../base/clock.ts'
import { IN_TASK } from '../../model/context-table.ts'
import { isRefKind } from '../../model/event-kind.ts'
import {
  type EventRow,
  type LineId,
  NONE,
  type PageId,
  type ShapeId,
  type StringId,
  type TaskId,
} from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { MAPPING_UNKNOWN, plainShape } from '../../model/shape-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { LossTracker } from '../ftrace/loss-tracker.ts'
import { OtherArguments } from '../ftrace/other-arguments.ts'
import { StackBinder } from '../ftrace/stack-binder.ts'
import { irqOfFlags } from '../ftrace/verbose-columns.ts'
import { type ProblemLog } from '../problem-log.ts'
import { CommandNames } from './command-names.ts'
import { type CpuStream } from './cpu-stream.ts'
import { type EventFormat, type Field, findField } from './event-format.ts'
import { type EventType, eventTypes } from './event-table.ts'
import { type FileParts } from './file-parts.ts'
import { mappingOfField } from './pointer.ts'
import { RecordPrinter } from './print-record.ts'
import { RecordView } from './record-view.ts'
import { type Address, StackFrames } from './stack-frames.ts'
import { type Symbols } from './symbols.ts'

/** Turns records into facts, one after the other in time order. */
export class RecordReader {
  refEvents = 0
  boundStacks = 0
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #types: ReadonlyMap<number, EventType>
  readonly #names: CommandNames
  readonly #record: RecordView
  readonly #common: readonly [type: Field, flags: Field, pid: Field]
  readonly #stacks: StackFrames
  readonly #printer: RecordPrinter
  readonly #other: OtherArguments
  readonly #binder = new StackBinder()
  readonly #losses = new LossTracker()
  readonly #shape = plainShape(NONE as StringId)
  readonly #tasks = new Map<number, TaskId>()
  readonly #flags = new Map<EventType, Map<number, StringId>>()
  readonly #timeBase: number
  readonly #isBounded: boolean
  /** Function that was traced last on a CPU of a buffer since its last event: a stack through it is its own. */
  readonly #rivals = new Map<number, Address>()
  /** Of the record read now. */
  readonly #at = { cpu: 0, pid: 0, irq: IN_TASK }

  constructor(
    into: TraceBuilder,
    problems: ProblemLog,
    parts: FileParts,
    symbols: Symbols,
    time: { readonly originSeconds: number; readonly isCounting: boolean },
  ) {
    this.#into = into
    this.#problems = problems
    this.#types = eventTypes(parts.formats, parts.uname, into.strings)
    this.#names = new CommandNames(parts.commandLines)
    this.#record = new RecordView(parts.isLittle, parts.longBytes)
    this.#common = commonFields(this.#types)
    this.#stacks = new StackFrames(into, symbols, parts.isLittle, parts.longBytes)
    this.#printer = new RecordPrinter(symbols)
    this.#other = new OtherArguments(into.strings, into.pages, into.shapes)
    this.#timeBase = into.timeOfSeconds(time.originSeconds, 0)
    this.#isBounded = !time.isCounting
  }

  /** Reads the stream's record, the `row`th of the file, counted from 0. */
  read(stream: CpuStream, row: number): void {
    const { walk, place } = stream
    const record = this.#record
    record.aim(stream.view, stream.bytes, walk.recordAt, walk.recordBytes)
    const [typeField, flagsField, pidField] = this.#common
    const time = (this.#timeBase + stream.time) as TimeNs
    // The binder and the losses keep what belongs to one CPU of one buffer apart.
    this.#at.cpu = place.row
    this.#at.pid = record.number(pidField)
    this.#at.irq = irqOfFlags(record.number(flagsField))
    if (stream.missed !== 0) this.#noteLoss(stream, row)
    this.#losses.entry(place.cpu, time)
    const type = this.#types.get(record.number(typeField))
    if (type === undefined) this.#refuse('record of an event that the file does not describe', row, stream)
    else if (type.name.family === 'kernel_stack') this.#readStack(type.format, time)
    else if (type.name.family === 'user_stack') this.#problems.skip('user stack')
    else if (type.name.family === 'function') this.#skipFunction(type.format)
    else this.#readEvent(type, stream, row, time)
  }

  /** All records were read: hands over what was lost, and tells how much of it by CPU (NaN where a count is missing). */
  end(): ReadonlyMap<number, number> {
    const byCpu = new Map<number, number>()
    for (const loss of this.#losses.losses()) {
      this.#into.loss(loss)
      byCpu.set(loss.cpu, (byCpu.get(loss.cpu) ?? 0) + (loss.count < 0 ? Number.NaN : loss.count))
    }
    return byCpu
  }

  #readEvent(type: EventType, stream: CpuStream, row: number, time: TimeNs): void {
    const { family, kind } = type.name
    if (family === 'ref' || family === 'pinner') {
      const page = this.#refPage(type)
      if (page < 0) return this.#refuse('page reference event without a page, count or value', row, stream)
      if (isRefKind(kind)) this.refEvents++
      this.#event(type, stream, row, time, page, this.#numberOf(type.fields.count, 0), this.#refShape(type))
    } else if (family === 'cma' || family === 'kept') {
      const text = new TextEncoder().encode(`${this.#printer.print({ format: type.format, record: this.#record })}\n`)
      this.#other.read(text, 0, text.length - 1, type.name)
      this.#event(type, stream, row, time, this.#other.page, 0, this.#other.shape)
    } else {
      const page = family === 'opaque' ? (NONE as PageId) : this.#pageOf(type.fields.pfn, 1)
      this.#event(type, stream, row, time, page, 0, this.#plainShape(type))
    }
  }

  #event(
    type: EventType,
    stream: CpuStream,
    row: number,
    time: TimeNs,
    page: PageId,
    count: number,
    shape: ShapeId,
  ): void {
    const into = this.#into
    const context = into.contexts.intern(this.#taskOf(this.#at.pid), stream.place.cpu, this.#at.irq)
    const event = into.event(time, type.name.kind, page, count, shape, context, into.firstLine + row)
    this.#binder.event(this.#at, event, time)
    this.#rivals.delete(this.#at.cpu)
    this.#problems.parsed++
    this.#problems.records++
  }

  #skipFunction(format: EventFormat): void {
    const ip = findField(format, 'ip')
    if (ip !== undefined) this.#rivals.set(this.#at.cpu, { high: this.#record.high(ip), low: this.#record.low(ip) })
    this.#problems.skip('function tracer')
  }

  #readStack(format: EventFormat, time: TimeNs): void {
    const row = this.#binder.take(this.#at, time, this.#isBounded)
    const rival = this.#rivals.get(this.#at.cpu)
    const isFunctions = rival !== undefined && this.#stacks.isThrough(this.#record, format, rival)
    const why = isFunctions ? 'stack of a traced function' : this.#whyUnbound(row)
    if (why !== '') {
      this.#problems.skip(why)
      return
    }
    this.#into.setStack(row, this.#stacks.read(this.#record, format))
    this.#problems.parsed++
    this.boundStacks++
  }

  /** Why a stack is bound to no event; empty when it is bound to `row`. */
  #whyUnbound(row: EventRow): string {
    if (row >= 0) return this.#into.stackOf(row) >= 0 ? 'second stack' : ''
    return this.#binder.isSecond ? 'second stack' : 'orphan stack'
  }

  /** The page of a page reference event, or NONE when the record is not whole. */
  #refPage(type: EventType): PageId {
    const { pfn, count } = type.fields
    const isThere = type.isWhole && count !== undefined && this.#record.has(count)
    return isThere ? this.#pageOf(pfn, 0) : (NONE as PageId)
  }

  #pageOf(field: Field | undefined, least: number): PageId {
    if (field === undefined || field.isArray || !this.#record.has(field)) return NONE as PageId
    const pfn = this.#record.number(field)
    return pfn >= least && pfn < PFN_LIMIT ? this.#into.pages.intern(pfn) : (NONE as PageId)
  }

  #refShape(type: EventType): ShapeId {
    const { fields, name } = type
    const shape = this.#shape
    shape.name = name.name
    shape.flags = this.#flagsOf(type)
    shape.mapcount = this.#numberOf(fields.mapcount, 0)
    shape.mapping = fields.mapping === undefined ? MAPPING_UNKNOWN : mappingOfField(this.#record, fields.mapping)
    shape.mt = this.#numberOf(fields.mt, NONE)
    shape.val = name.family === 'pinner' ? 0 : this.#numberOf(fields.val, 0)
    shape.ret = this.#numberOf(fields.ret, NONE)
    shape.order = NONE
    return this.#into.shapes.intern(shape)
  }

  #plainShape(type: EventType): ShapeId {
    const shape = plainShape(type.name.name)
    if (type.name.family === 'page') shape.order = this.#numberOf(type.fields.order, NONE)
    return this.#into.shapes.intern(shape)
  }

  #numberOf(field: Field | undefined, otherwise: number): number {
    return field === undefined || !this.#record.has(field) ? otherwise : this.#record.number(field)
  }

  /** Text of the page flags: names where the bits are known, else hex as trace-cmd report prints them. */
  #flagsOf(type: EventType): StringId {
    const { flags } = type.fields
    if (flags === undefined) return NONE as StringId
    const value = this.#record.low(flags)
    const known = this.#flags.get(type) ?? new Map<number, StringId>()
    this.#flags.set(type, known)
    const text = known.get(value)
    if (text !== undefined) return text
    const made = this.#into.strings.intern(type.flagBits?.textOf(value) ?? `0x${value.toString(16)}`)
    known.set(value, made)
    return made
  }

  #taskOf(pid: number): TaskId {
    const known = this.#tasks.get(pid)
    if (known !== undefined) return known
    const { contexts, strings } = this.#into
    const task = contexts.internTask(pid, strings.intern(this.#names.of(pid)))
    this.#tasks.set(pid, task)
    return task
  }

  #noteLoss(stream: CpuStream, row: number): void {
    const { cpu } = stream.place
    this.#losses.mark('lost', cpu, stream.missed, (this.#into.firstLine + row) as LineId)
    this.#binder.forget(stream.place.row)
  }

  /** Refuses the record; a stack behind it is its own, and nobody else's. */
  #refuse(reason: string, row: number, stream: CpuStream): void {
    this.#binder.event(this.#at, NONE as EventRow, this.#timeBase + stream.time)
    const text = new TextEncoder().encode(`CPU ${stream.place.cpu}, ${this.#record.size} bytes`)
    this.#problems.reject(reason, row, text, 0, text.length)
  }
}

const byDefault = (name: string, offset: number, size: number, isSigned: boolean): Field => ({
  name,
  type: '',
  offset,
  size,
  isSigned,
  place: 'field',
  isArray: false,
})

/** The fields that every record begins with: the same in all events of a kernel. */
function commonFields(types: ReadonlyMap<number, EventType>): readonly [Field, Field, Field] {
  const [first] = types.values()
  const find = (name: string): Field | undefined => (first === undefined ? undefined : findField(first.format, name))
  return [
    find('common_type') ?? byDefault('common_type', 0, 2, false),
    find('common_flags') ?? byDefault('common_flags', 2, 1, false),
    find('common_pid') ?? byDefault('common_pid', 4, 4, true),
  ]
}
