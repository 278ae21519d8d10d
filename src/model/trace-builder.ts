import { type Clock, type TimeNs, type TimeStyle } from '../base/clock.ts'
import { column, type Numbers } from '../base/column.ts'
import { buildGroupIndex } from '../base/group-index.ts'
import { ContextTableBuilder } from './context-table.ts'
import { type ComparedEvents } from './duplicate-events.ts'
import { type EventColumnName, EventColumns, type EventFields } from './event-columns.ts'
import { type EventKind } from './event-kind.ts'
import { FrameTableBuilder } from './frame-table.ts'
import { type ContextId, type EventRow, type LineId, NONE, type PageId, type ShapeId, type StackId } from './ids.ts'
import { type KernelNote, type PageDump, type PfnWindow } from './kernel-note.ts'
import { type Loss } from './loss-table.ts'
import { MachineFactsBuilder } from './machine-facts.ts'
import { type OwnerRecord } from './owner-table.ts'
import { OwnerTableBuilder } from './owner-table-builder.ts'
import { type GivenStarts, PageArray, type PageArrayKind, placeArrays } from './page-array.ts'
import { PageTableBuilder } from './page-table.ts'
import { compareWalks, type PageWalk } from './page-walk.ts'
import { PfnRunTableBuilder } from './pfn-run-table.ts'
import { type PinnerRecord, PinnerTableBuilder } from './pinner-table.ts'
import { ShapeTableBuilder } from './shape-table.ts'
import { type SourceFile } from './source-file.ts'
import { StackDepotBuilder } from './stack-depot.ts'
import { StackHandles } from './stack-handles.ts'
import { StackTotalsTableBuilder } from './stack-totals-table.ts'
import { StringInterner } from './string-table.ts'
import { nameFrames } from './symbol-fit.ts'
import { SymbolTableBuilder } from './symbol-table.ts'
import { type EventTable, type Trace } from './trace.ts'
import { type EventIds, type EventRows } from './trace-part.ts'

const NS_PER_SECOND = 1_000_000_000

/**
 * Grows a capture; `build()` trims and freezes it, and nothing grows after. Readers push facts in file order;
 * event rows get their final, time-ordered place in `build()`.
 */
export class TraceBuilder {
  readonly strings = new StringInterner()
  readonly frames = new FrameTableBuilder(this.strings)
  readonly stacks = new StackDepotBuilder()
  readonly pages = new PageTableBuilder()
  readonly contexts = new ContextTableBuilder()
  readonly shapes = new ShapeTableBuilder()
  readonly owners = new OwnerTableBuilder()
  readonly pinners = new PinnerTableBuilder()
  readonly pageStates = new PfnRunTableBuilder()
  readonly mapcounts = new PfnRunTableBuilder()
  readonly cgroups = new PfnRunTableBuilder()
  readonly stackTotals = new StackTotalsTableBuilder()
  /** Stacks by handle, over all files: a handle may be explained before or after it is used. */
  readonly handles = new StackHandles()
  readonly machine = new MachineFactsBuilder()
  readonly #symbols: SymbolTableBuilder[] = []
  readonly #arrays: PageArray[] = []
  readonly #walks: PageWalk[] = []
  readonly #notes: KernelNote[] = []
  readonly #dumps: PageDump[] = []
  readonly #windows: PfnWindow[] = []
  readonly #losses: Loss[] = []
  readonly #events = new EventColumns()
  #originSeconds = NONE
  #style: TimeStyle | undefined
  #isStylePassing = true
  clockName = 'unknown'
  /** First PFNs of arrays as a person told them. */
  givenStarts: GivenStarts = { byHash: new Map() }
  /** `LineId` of the file being read: what readers add to their 0-based line. */
  firstLine = 0
  /** How the file being read prints times, once its reader has said so; reset before each file. */
  fileStyle: TimeStyle | undefined
  /** Set while events come from a ring buffer that was printed into a log: the word of a trace counts before its. */
  isPassing = false

  get eventCount(): number {
    return this.#events.length
  }

  get lossCount(): number {
    return this.#losses.length
  }

  /** Time of the event pushed last, undefined before the first. */
  get lastTime(): TimeNs | undefined {
    return this.eventCount === 0 ? undefined : (this.#events.timeOf(this.eventCount - 1) as TimeNs)
  }

  /**
   * Time of an event printed as `seconds.fraction`. The first call sets the origin to that whole second, so that
   * every time is an exact integer in a double. `fractionNs` in 0 … 999999999.
   */
  timeOfSeconds(seconds: number, fractionNs: number): TimeNs {
    if (this.#originSeconds < 0) this.#originSeconds = seconds
    return ((seconds - this.#originSeconds) * NS_PER_SECOND + fractionNs) as TimeNs
  }

  /** Time of an event printed in microseconds or as a bare count: kept from an origin of 0. */
  timeOfCount(count: number, nsPerCount: 1 | 1000): TimeNs {
    if (this.#originSeconds < 0) this.#originSeconds = 0
    return (count * nsPerCount - this.#originSeconds * NS_PER_SECOND) as TimeNs
  }

  /** Whole seconds that times are counted from; -1 before the first. */
  get originSeconds(): number {
    return this.#originSeconds
  }

  /** How the trace prints times, as far as it is known by now. */
  get timeStyle(): TimeStyle | undefined {
    return this.#style
  }

  /** How the trace prints times; the first trace file's word counts, that of a log only where there is no trace. */
  setTimeStyle(style: TimeStyle): void {
    if (this.#style === undefined || (this.#isStylePassing && !this.isPassing)) {
      this.#style = style
      this.#isStylePassing = this.isPassing
    }
    this.fileStyle = this.isPassing ? (this.fileStyle ?? style) : style
  }

  /** The file whose word counted is left out: the times are printed as another one prints them. */
  changeTimeStyle(style: TimeStyle): void {
    this.#style = style
  }

  /** Appends an event; returns its row in file order, for `setStack`. `line` is global (`firstLine` + 0-based line). */
  event(
    time: TimeNs,
    kind: EventKind,
    page: PageId,
    count: number,
    shape: ShapeId,
    context: ContextId,
    line: number,
  ): EventRow {
    return this.#events.push(time, kind, page, count, shape, context, line) as EventRow
  }

  /** The events `[from, to)` of the kinds that are `isWanted[kind]`. */
  rowsOfKinds(isWanted: readonly boolean[], from: number, to: number): readonly EventRow[] {
    return this.#events.rowsOfKinds(isWanted, from, to) as EventRow[]
  }

  /** An event as it is by now. */
  eventAt(row: EventRow): EventFields {
    return this.#events.at(row)
  }

  /** What is known by now beside the events and what they point at. */
  soFar(): Pick<Trace, 'clock' | 'notes' | 'dumps' | 'windows' | 'machine'> {
    const { machine } = this
    return {
      clock: this.#clock(),
      notes: this.#notes,
      dumps: this.#dumps,
      windows: this.#windows,
      machine: machine.build(),
    }
  }

  /** All events so far, in the order they were read. Their lines must be those of one file. */
  eventRows(): EventRows {
    return this.#events.rows()
  }

  /** Appends events that another builder gave; `ids` are those they point at here. */
  takeEvents(rows: EventRows, ids: EventIds, firstLine: LineId): void {
    this.#events.take(rows, ids, firstLine)
  }

  /** Binds a stack to an event. */
  setStack(row: EventRow, stack: StackId): void {
    this.#events.setStack(row, stack)
  }

  /** Stack of an event so far, or NONE. */
  stackOf(row: EventRow): StackId {
    return this.#events.stackOf(row) as StackId
  }

  /** Context of an event. */
  contextOf(row: EventRow): ContextId {
    return this.#events.contextOf(row) as ContextId
  }

  /** Time of an event. */
  timeOf(row: EventRow): TimeNs {
    return this.#events.timeOf(row) as TimeNs
  }

  /** The events so far, in the order they were read, to be compared. Good until the next event. */
  comparedEvents(): ComparedEvents {
    const events = this.#events
    return {
      timeOf: (row) => events.timeOf(row),
      pageOf: (row) => events.pageOf(row),
      countOf: (row) => events.countOf(row),
      shapeOf: (row) => events.shapeOf(row) as ShapeId,
      contextOf: (row) => events.contextOf(row) as ContextId,
      nameOf: (shape) => this.shapes.nameOf(shape),
      valOf: (shape) => this.shapes.valOf(shape),
      pidOf: (context) => this.contexts.pidOf(context),
    }
  }

  /** Leaves events out of `[from, to)`; those behind move up. Rows handed out before are no longer theirs. */
  removeEvents(from: number, to: number, isGone: (row: number) => boolean): number {
    return this.#events.remove(from, to, isGone)
  }

  /** Moves the times of the events `[from, to)`: they were told by another clock. */
  shiftEvents(from: number, to: number, shiftNs: number): void {
    this.#events.shift(from, to, shiftNs)
  }

  /** Moves the times of the losses `[from, to)`. */
  shiftLosses(from: number, to: number, shiftNs: number): void {
    const moved = (time: TimeNs): TimeNs => (time + shiftNs) as TimeNs
    for (let row = from; row < to; row++) {
      const { from: begin, to: end, ...loss } = this.#losses[row]
      this.#losses[row] = {
        ...loss,
        ...(begin === undefined ? {} : { from: moved(begin) }),
        ...(end === undefined ? {} : { to: moved(end) }),
      }
    }
  }

  /** Leaves the losses `[from, to)` out. */
  removeLosses(from: number, to: number): void {
    this.#losses.splice(from, to - from)
  }

  owner(record: OwnerRecord): void {
    this.owners.push(record)
  }

  pinner(record: PinnerRecord): void {
    this.pinners.push(record)
  }

  note(note: KernelNote): void {
    this.#notes.push(note)
  }

  dump(dump: PageDump): void {
    this.#dumps.push(dump)
  }

  window(window: PfnWindow): void {
    this.#windows.push(window)
  }

  /** Begins an array of values by page, of the file being read; where it begins is found out at the end. */
  beginArray(kind: PageArrayKind): PageArray {
    const array = new PageArray(kind, this.firstLine)
    this.#arrays.push(array)
    return array
  }

  /** What one run of page-types counted; lists and summaries of one capture are compared at the end. */
  walk(walk: PageWalk): void {
    this.#walks.push(walk)
  }

  /** Begins a table of functions by address; each file has its own, the best one names the frames at the end. */
  beginSymbols(): SymbolTableBuilder {
    const symbols = new SymbolTableBuilder(this.firstLine)
    this.#symbols.push(symbols)
    return symbols
  }

  loss(loss: Loss): void {
    this.#losses.push(loss)
  }

  /** Freezes everything, and ends the builder: its events are moved out. `files` in the order they were read. */
  build(files: readonly SourceFile[]): Trace {
    const length = this.eventCount
    const time = this.#events.moveOut('time')
    const order = timeOrder(time)
    const take = (name: EventColumnName): Numbers => inOrder(this.#events.moveOut(name), order)
    const columns = {
      time: inOrder(time, order),
      kind: take('kind'),
      page: take('page'),
      count: take('count'),
      shape: take('shape'),
      context: take('context'),
      stack: take('stack'),
      line: take('line'),
    }
    const events: EventTable = {
      length,
      time: column(columns.time),
      kind: column(columns.kind),
      page: column(columns.page),
      count: column(columns.count),
      shape: column(columns.shape),
      context: column(columns.context),
      stack: column(columns.stack),
      line: column<LineId>(columns.line),
    }
    const machine = this.machine.build()
    const named = nameFrames(this.frames, this.#symbols, machine, files)
    const placed = placeArrays(
      this.#arrays,
      { windows: this.#windows, machine, given: this.givenStarts },
      this,
      named.files,
    )
    const pages = this.pages.build()
    const stacks = this.stacks.build()
    const contexts = this.contexts.buildContexts()
    const indexes = {
      byPage: buildGroupIndex<PageId, EventRow>(events.page, pages.length),
      ofContext: column<number>(countedBy(columns.context, contexts.length)),
    }
    const sizeOf = (c: { readonly length: number; readonly BYTES_PER_ELEMENT: number }): number =>
      c.length * c.BYTES_PER_ELEMENT
    const { rows, offsets } = indexes.byPage
    const indexBytes = sizeOf(rows) + sizeOf(offsets) + sizeOf(indexes.ofContext)
    const columnBytes = Object.values(columns).reduce((sum, values) => sum + values.byteLength, 0)
    return {
      files: compareWalks(this.#walks, placed),
      clock: this.#clock(),
      strings: this.strings,
      frames: named.frames,
      stacks,
      pages,
      tasks: this.contexts.buildTasks(),
      contexts,
      shapes: this.shapes.build(),
      events,
      indexes,
      owners: this.owners.build(this.handles),
      pinners: this.pinners.build(),
      notes: this.#notes,
      dumps: this.#dumps,
      windows: this.#windows,
      losses: this.#losses,
      pageStates: this.pageStates.build(),
      mapcounts: this.mapcounts.build(),
      cgroups: this.cgroups.build(),
      stackTotals: this.stackTotals.build(this.handles),
      machine,
      sizeBytes: columnBytes + indexBytes + sizeOf(pages.pfn) + sizeOf(pages.byPfn),
    }
  }

  #clock(): Clock {
    const originSeconds = Math.max(0, this.#originSeconds)
    return {
      originNs: (BigInt(originSeconds) * BigInt(NS_PER_SECOND)).toString(),
      style: this.#style ?? { unit: 'seconds', digits: 6 },
      name: this.clockName,
    }
  }
}

/** The stable permutation into time order, or undefined when the rows already are. */
function timeOrder(time: Numbers): Uint32Array | undefined {
  const { length } = time
  let isOrdered = true
  for (let row = 1; row < length && isOrdered; row++) isOrdered = time[row - 1] <= time[row]
  if (isOrdered) return undefined
  const order = new Uint32Array(length)
  for (let row = 0; row < length; row++) order[row] = row
  return order.sort((a, b) => time[a] - time[b] || a - b)
}

function countedBy(keys: Numbers, keyCount: number): Uint32Array {
  const counts = new Uint32Array(keyCount)
  for (let row = 0; row < keys.length; row++) counts[keys[row]]++
  return counts
}

function inOrder(values: Numbers, order: Uint32Array | undefined): Numbers {
  if (order === undefined) return values
  const next = values.slice()
  for (let row = 0; row < next.length; row++) next[row] = values[order[row]]
  return next
}
