import { findAbove, findAtLeast } from '../base/bisect.ts'
import { type Column, column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { NOT_KNOWN } from '../derive/counts/class-layers.ts'
import { GAP_KINDS } from '../derive/counts/count-columns.ts'
import { NOT_TOLD } from '../derive/counts/mapcount.ts'
import { type Derived } from '../derive/derived.ts'
import { operationWords } from '../derive/attribution/refused-freeze.ts'
import { EVENT_KINDS, SET } from '../model/event-kind.ts'
import { type EventRow } from '../model/ids.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { decimate } from './decimate.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { layerId } from './timeline-layers.ts'
import { type CountSeries, countSeriesOf, type TimelineSeries, timelineSeriesOf } from './timeline-series.ts'
import { type TimelineAnswer, type TimelinePoint, type TimelineQuestion } from './timeline.ts'

/** FOLL_PIN adds this to the count of a small folio for every pin (include/linux/mm.h GUP_PIN_COUNTING_BIAS). */
const PIN_BIAS = 1024
/** A missing event weighs more than any race. */
const MISSING_WEIGHT = 2 ** 32

/** Events of a window that are all drawn; of more, the extremes of each column are. */
const MOST_WHOLE = 2000

/** The points of a window, decimated. */
export type TimelinePoints = Pick<
  TimelineAnswer,
  'points' | 'eventsInWindow' | 'gapsInWindow' | 'refusalsInWindow' | 'isDecimated' | 'isSplit' | 'layers'
>

const NO_POINTS: TimelinePoints = {
  points: [],
  eventsInWindow: 0,
  gapsInWindow: 0,
  refusalsInWindow: 0,
  isDecimated: false,
  isSplit: true,
  layers: [],
}

/**
 * Points of a page within `[from, to]`, before them the last earlier one of the same life, whose count is in force when
 * the window begins. O(columns × log events + contradictions in the window) once the page's series is made.
 */
export function timelinePoints(
  trace: Trace,
  derived: Derived,
  place: PageOfPfn,
  window: { readonly from: number; readonly to: number },
  { columns, onlyPoints, onlyCounts }: Pick<TimelineQuestion, 'columns' | 'onlyPoints' | 'onlyCounts'>,
): TimelinePoints {
  if (place.page < 0) return NO_POINTS
  const series =
    onlyCounts === true ? unsplit(countSeriesOf(trace, place.page)) : timelineSeriesOf(trace, derived, place.page)
  const times = column(series.time)
  const start = findAtLeast(times, window.from)
  const end = findAbove(times, window.to)
  // While a window is being sought, less detail does.
  const mostWhole = onlyPoints === true ? columns : Math.max(columns, MOST_WHOLE)
  const inside = decimate(series.time, keptOf(series), { ...window, start, end }, columns, mostWhole)
  const isEntryInForce = start > 0 && isSameLife(trace, derived, place, series, start, end)
  const shown = isEntryInForce ? [start - 1, ...inside] : inside
  if (shown.length === 0) return NO_POINTS
  const present = placesIn(series, start - (isEntryInForce ? 1 : 0), end)
  return {
    points: shown.map((at) => pointAnswer(trace, place, series, at, present)),
    eventsInWindow: end - start,
    gapsInWindow: countIn(series.gaps, start, end),
    refusalsInWindow: countIn(series.refusals, start, end),
    isDecimated: inside.length < end - start,
    isSplit: onlyCounts !== true,
    layers: present.map((at) => layerId(series.layers[at])),
  }
}

/** Counts as a series of which it is not told what they are made of. */
function unsplit(counts: CountSeries): TimelineSeries {
  const notKnown = notKnownOf(counts.length)
  return {
    ...counts,
    expected: notKnown,
    excess: notKnown,
    layers: [],
    units: NO_UNITS,
    layersIn: () => 0,
    excessExtremes: counts.countExtremes,
  }
}

const NO_UNITS = new Int32Array(0)

function notKnownOf(length: number): Column<number> {
  return column(new Int32Array(length).fill(NOT_KNOWN))
}

function keptOf({ countExtremes, excessExtremes, gaps, gapKind, gap, refusals }: TimelineSeries) {
  const weightOfGap = (at: number): number =>
    Math.abs(gap[at]) + (GAP_KINDS[gapKind[at]] === 'missing' ? MISSING_WEIGHT : 0)
  return {
    extremes: [countExtremes, excessExtremes],
    exceptions: [
      { positions: gaps, weightAt: weightOfGap },
      { positions: refusals, weightAt: () => 0 },
    ],
  }
}

function countIn(positions: Int32Array, start: number, end: number): number {
  const sorted = column(positions)
  return findAtLeast(sorted, end) - findAtLeast(sorted, start)
}

/** Places in `series.layers` of those with references in a stretch. */
function placesIn(series: TimelineSeries, start: number, end: number): readonly number[] {
  const bits = series.layersIn(start, end)
  return series.layers.flatMap((_, place) => ((bits >> place) & 1 ? [place] : []))
}

/** False when a life ended or began between the event before a window and the first in it: its count says nothing then. */
function isSameLife(
  trace: Trace,
  { lifetimes }: Derived,
  { page }: PageOfPfn,
  { row }: TimelineSeries,
  start: number,
  end: number,
): boolean {
  const isAnyInside = start < end
  if (isAnyInside && trace.events.kind[row[start]] === SET) return false
  const ends = rowsOf(lifetimes.byPage, page)
  for (let at = 0; at < ends.length; at++) if (lifetimes.lastRow[ends[at]] === row[start - 1]) return !isAnyInside
  return true
}

function pointAnswer(
  trace: Trace,
  { order }: PageOfPfn,
  series: TimelineSeries,
  at: number,
  present: readonly number[],
): TimelinePoint {
  const row = series.row[at] as EventRow // made of the page's rows
  const time = timeAnswer(trace, series.time[at])
  const count = series.count[at]
  const isKnown = series.expected[at] !== NOT_KNOWN
  return {
    ns: time.ns,
    text: time.text,
    count,
    ...(series.mapcount[at] === NOT_TOLD ? {} : { mapcount: series.mapcount[at] }),
    isExact: series.isExact[at] === 1,
    kind: EVENT_KINDS[trace.events.kind[row]],
    operation: operationWords(trace, row),
    gap: series.gap[at],
    gapKind: GAP_KINDS[series.gapKind[at]],
    ...fileLineOf(trace, trace.events.line[row]),
    pins: order > 0 ? 0 : Math.max(0, Math.floor(count / PIN_BIAS)),
    units: present.map((place) => series.units[at * series.layers.length + place]),
    ...(isKnown ? { expected: series.expected[at], excess: series.excess[at] } : {}),
  }
}
