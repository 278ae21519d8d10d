import { findAtLeast } from '../../base/bisect.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type Finding } from '../../derive/attribution/finding.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { timeAnswer, traceSpan } from '../time-answer.ts'
import { type PlaceAnswer, type TimeAnswer } from '../wire.ts'
import { excessStretches } from './excess-stretches.ts'
import { blockerAtLeast, blockersOf, eventsBefore } from './map-counts.ts'

/**
 * What is counted in PFN × time. `events`: traced events; `holds`: references that migration does not expect, in every
 * column that they last through; `excess`: the greatest number of references above what migration expects.
 */
const HEAT_MODES = ['events', 'holds', 'excess'] as const
export type HeatMode = (typeof HEAT_MODES)[number]

/** `rows` × `columns` cells over some pages and some time; both are cut into equal parts. Times are `TimeNs`. */
export interface MapHeatQuestion extends PfnSpan {
  /** The whole trace when absent. */
  readonly from?: number
  readonly to?: number
  readonly rows: number
  readonly columns: number
  readonly mode: HeatMode
  readonly thresholdNs: number
}

/** A failure that concerns the pages and the time. */
export interface HeatFailure extends PfnSpan {
  readonly id: string
  readonly label: string
  readonly time: TimeAnswer
  /** Blocking pages of it among those asked for; at most 64. */
  readonly blockingPfns: readonly number[]
  readonly place?: PlaceAnswer
}

/** Answer to `mapHeat`. Row r is the pages from `startPfn + r * rowPages` on; column c the time from `from + c * columnNs` on. */
export interface MapHeatAnswer extends PfnSpan {
  readonly mode: HeatMode
  readonly rows: number
  readonly columns: number
  readonly rowPages: number
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  readonly columnNs: number
  /** Row by row. */
  readonly count: readonly number[]
  readonly most: number
  /** Events of these pages in this time, whatever is counted, and the pages that they are on. */
  readonly events: number
  readonly pages: number
  /** The line of the first of these events. */
  readonly firstPlace?: PlaceAnswer
  /** Of each row the page to look at: one that blocked a range, else the one with the most events; -1 without any. */
  readonly rowPfns: readonly number[]
  readonly failures: readonly HeatFailure[]
  readonly losses: readonly { readonly from: number; readonly to: number; readonly place: PlaceAnswer }[]
  /** Pages left out of `excess`, because their events are too many to judge at once. */
  readonly untoldPages: number
  readonly isPairing: boolean
}

/** Rows and columns at most. */
const MOST_ROWS = 1024
const MOST_COLUMNS = 4096
/** Events of the pages that are judged for their excess in one answer: about a second's work when asked first. */
const MOST_JUDGED = 80_000
/** Events that are judged in one step. */
const EVENTS_A_STEP = 1000
const MOST_FAILURES = 500
const MOST_BLOCKING = 64

/**
 * Where in a range and when something happened. O(events of the pages in the window), and for large ranges never more than
 * one walk through the events of the window.
 */
export function findMapHeat(
  trace: Trace,
  derived: Derived,
  question: MapHeatQuestion,
  isPairing = false,
): MapHeatAnswer {
  const steps = mapHeatSteps(trace, derived, question, isPairing)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

/** `findMapHeat` in steps of a few milliseconds: memory with very many events takes seconds. */
export function* mapHeatSteps(
  trace: Trace,
  derived: Derived,
  question: MapHeatQuestion,
  isPairing = false,
): Generator<undefined, MapHeatAnswer> {
  const plot = plotOf(trace, question)
  const { mode } = question
  const count = new Float64Array(plot.rows * plot.columns)
  const counted = yield* countEvents(trace, plot, mode === 'events' ? count : undefined)
  if (mode === 'holds') yield* countHolds(trace, derived, plot, count)
  const untoldPages = mode === 'excess' ? yield* countExcess(trace, derived, plot, count) : 0
  let most = 0
  for (const value of count) if (value > most) most = value
  return {
    mode,
    startPfn: question.startPfn,
    endPfn: question.endPfn,
    rows: plot.rows,
    columns: plot.columns,
    rowPages: plot.rowPages,
    from: timeAnswer(trace, plot.from),
    to: timeAnswer(trace, plot.to),
    columnNs: plot.columnNs,
    count: [...count],
    most,
    ...counted,
    untoldPages,
    rowPfns: rowPfns(trace, derived, plot),
    failures: failuresIn(trace, derived, plot),
    losses: lossesIn(trace, plot),
    isPairing,
  }
}

interface Plot extends PfnSpan {
  readonly rows: number
  readonly columns: number
  readonly rowPages: number
  readonly from: number
  readonly to: number
  readonly columnNs: number
  /** Positions in `PageTable.byPfn`, the second exclusive. */
  readonly firstPage: number
  readonly lastPage: number
}

/** A row is a power of two of pages, so that it keeps to pageblocks; the last moment belongs to the last column. */
function plotOf(trace: Trace, question: MapHeatQuestion): Plot {
  const { startPfn, endPfn } = question
  const span = traceSpan(trace)
  const from = question.from ?? span.from
  const to = Math.max(from, question.to ?? span.to)
  const columns = Math.min(MOST_COLUMNS, Math.max(1, Math.floor(question.columns)))
  const wanted = Math.min(MOST_ROWS, Math.max(1, question.rows))
  let rowPages = 1
  while (Math.ceil((endPfn - startPfn) / rowPages) > wanted) rowPages *= 2
  return {
    startPfn,
    endPfn,
    rows: Math.max(1, Math.ceil((endPfn - startPfn) / rowPages)),
    columns,
    rowPages,
    from,
    to,
    columnNs: Math.max(1, to - from + 1) / columns,
    firstPage: trace.pages.positionAtLeast(startPfn),
    lastPage: trace.pages.positionAtLeast(endPfn),
  }
}

/** Events in the window, and the pages that they are on. */
type Counted = Pick<MapHeatAnswer, 'events' | 'pages' | 'firstPlace'>

/** Events, holds or pages that are looked at in one step: a few milliseconds. */
const ROWS_A_STEP = 100_000
const PAGES_A_STEP = 10_000

/** Counts into `count`, when there is one. */
function* countEvents(trace: Trace, plot: Plot, count: Float64Array | undefined): Generator<undefined, Counted> {
  const { time } = trace.events
  const before = eventsBefore(trace)
  const first = findAtLeast(time, plot.from)
  const end = findAtLeast(time, plot.to + 1)
  const ofPages = before[plot.lastPage] - before[plot.firstPage]
  return ofPages > end - first
    ? yield* countByRow(trace, plot, count, first, end)
    : yield* countByPage(trace, plot, count)
}

function* countByRow(
  trace: Trace,
  plot: Plot,
  count: Float64Array | undefined,
  first: number,
  end: number,
): Generator<undefined, Counted> {
  const { events, pages } = trace
  const isSeen = new Uint8Array(pages.length)
  let [counted, firstRow] = [0, -1]
  for (let row = first; row < end; row++) {
    if (row % ROWS_A_STEP === 0) yield
    const page = events.page[row]
    if (page < 0) continue
    const pfn = pages.pfn[page]
    if (pfn < plot.startPfn || pfn >= plot.endPfn) continue
    if (counted++ === 0) firstRow = row
    isSeen[page] = 1
    if (count !== undefined) count[rowOf(plot, pfn) * plot.columns + columnOf(plot, events.time[row])]++
  }
  return { events: counted, pages: isSeen.reduce((sum, seen) => sum + seen, 0), ...firstPlaceOf(trace, firstRow) }
}

function* countByPage(trace: Trace, plot: Plot, count: Float64Array | undefined): Generator<undefined, Counted> {
  const { events, pages, indexes } = trace
  const { offsets, rows } = indexes.byPage
  let [counted, countedPages, firstRow] = [0, 0, -1]
  for (let at = plot.firstPage; at < plot.lastPage; at++) {
    if (at % PAGES_A_STEP === 0) yield
    const page = pages.byPfn[at]
    const base = rowOf(plot, pages.pfn[page]) * plot.columns
    const before = counted
    for (let position = offsets[page]; position < offsets[page + 1]; position++) {
      const time = events.time[rows[position]]
      if (time < plot.from) continue
      if (time > plot.to) break
      if (firstRow < 0 || rows[position] < firstRow) firstRow = rows[position]
      counted++
      if (count !== undefined) count[base + columnOf(plot, time)]++
    }
    if (counted > before) countedPages++
  }
  return { events: counted, pages: countedPages, ...firstPlaceOf(trace, firstRow) }
}

function firstPlaceOf(trace: Trace, row: number): Pick<Counted, 'firstPlace'> {
  return row < 0 ? {} : { firstPlace: placeOf(trace, trace.events.line[row]) }
}

/** A hold counts in every column that it touches: first differences, then sums along each row. */
function* countHolds(trace: Trace, derived: Derived, plot: Plot, count: Float64Array): Generator<undefined, void> {
  const { holds } = derived
  const { pages } = trace
  const { offsets, rows } = holds.byPage
  for (let at = plot.firstPage; at < plot.lastPage; at++) {
    if (at % PAGES_A_STEP === 0) yield
    const page = pages.byPfn[at]
    const base = rowOf(plot, pages.pfn[page]) * plot.columns
    for (let position = offsets[page]; position < offsets[page + 1]; position++) {
      const hold = rows[position]
      if (REFERENCE_CLASSES[holds.class[hold]].isExpected) continue
      if (holds.to[hold] < plot.from || holds.from[hold] > plot.to) continue
      count[base + columnOf(plot, holds.from[hold])]++
      const after = columnOf(plot, holds.to[hold]) + 1
      if (after < plot.columns) count[base + after]--
    }
  }
  for (let row = 0; row < plot.rows; row++)
    for (let cell = row * plot.columns + 1; cell < (row + 1) * plot.columns; cell++) count[cell] += count[cell - 1]
}

/** The greatest excess of a page from each event to its next. Pages left out. */
function* countExcess(trace: Trace, derived: Derived, plot: Plot, count: Float64Array): Generator<undefined, number> {
  const { offsets } = trace.indexes.byPage
  let [judged, untold] = [0, 0]
  for (let at = plot.firstPage; at < plot.lastPage; at++) {
    const page = trace.pages.byPfn[at]
    const events = offsets[page + 1] - offsets[page]
    if (judged + events > MOST_JUDGED) untold++
    else {
      if (judged % EVENTS_A_STEP > (judged + events) % EVENTS_A_STEP) yield
      judged += events
      excessOfPage(trace, derived, plot, page, count)
    }
  }
  return untold
}

function excessOfPage(trace: Trace, derived: Derived, plot: Plot, page: PageId, count: Float64Array): void {
  const stretches = excessStretches(trace, derived, page)
  const base = rowOf(plot, trace.pages.pfn[page]) * plot.columns
  for (let at = 0; at < stretches.length; at += 3) {
    const [from, to, excess] = [stretches[at], stretches[at + 1], stretches[at + 2]]
    if (to < plot.from || from > plot.to) continue
    const last = columnOf(plot, to)
    for (let column = columnOf(plot, from); column <= last; column++)
      count[base + column] = Math.max(count[base + column], excess)
  }
}

function rowOf(plot: Plot, pfn: number): number {
  return Math.floor((pfn - plot.startPfn) / plot.rowPages)
}

/** Moments outside the window count in the column at its edge. */
function columnOf(plot: Plot, time: number): number {
  return Math.min(plot.columns - 1, Math.max(0, Math.floor((time - plot.from) / plot.columnNs)))
}

function rowPfns(trace: Trace, derived: Derived, plot: Plot): readonly number[] {
  const { pages } = trace
  const { offsets } = trace.indexes.byPage
  const found: number[] = Array.from({ length: plot.rows }, () => -1)
  const most = new Float64Array(plot.rows)
  for (let at = plot.firstPage; at < plot.lastPage; at++) {
    const page = pages.byPfn[at]
    const events = offsets[page + 1] - offsets[page]
    const row = rowOf(plot, pages.pfn[page])
    if (events > most[row]) [most[row], found[row]] = [events, pages.pfn[page]]
  }
  const blockers = blockersOf(derived)
  for (let at = blockerAtLeast(blockers, plot.endPfn) - 1; at >= 0 && blockers[at].pfn >= plot.startPfn; at--)
    found[rowOf(plot, blockers[at].pfn)] = blockers[at].pfn
  return found
}

function failuresIn(trace: Trace, derived: Derived, plot: Plot): readonly HeatFailure[] {
  const blockers = blockersOf(derived)
  const pfnsOf = new Map<Finding, number[]>()
  const end = blockerAtLeast(blockers, plot.endPfn)
  for (let at = blockerAtLeast(blockers, plot.startPfn); at < end; at++) {
    const { finding, pfn } = blockers[at]
    const pfns = pfnsOf.get(finding)
    if (pfns === undefined) pfnsOf.set(finding, [pfn])
    else pfns.push(pfn)
  }
  const found: HeatFailure[] = []
  for (const finding of derived.findings) {
    const { time, startPfn, endPfn, trigger, id, lines } = finding.range
    if (time === undefined || time < plot.from || time > plot.to || found.length === MOST_FAILURES) continue
    const blockingPfns = pfnsOf.get(finding) ?? []
    if (blockingPfns.length === 0 && (startPfn >= plot.endPfn || endPfn <= plot.startPfn)) continue
    found.push({
      id,
      label: `${trigger} failed`,
      startPfn,
      endPfn,
      time: timeAnswer(trace, time),
      blockingPfns: blockingPfns.slice(0, MOST_BLOCKING),
      ...(lines.length === 0 ? {} : { place: placeOf(trace, lines[0]) }),
    })
  }
  return found
}

function lossesIn(trace: Trace, { from, to }: Plot): MapHeatAnswer['losses'] {
  return trace.losses.flatMap((loss) => {
    const [start, end] = [loss.from ?? Number.NEGATIVE_INFINITY, loss.to ?? Number.POSITIVE_INFINITY]
    if (start > to || end < from) return []
    return [{ from: Math.max(start, from), to: Math.min(end, to), place: placeOf(trace, loss.line) }]
  })
}
