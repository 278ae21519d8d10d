import { findAtLeastIn } from '../base/bisect.ts'
import { type Column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { type CountPoint } from '../derive/counts/count-point.ts'
import { countPointsOf } from '../derive/counts/count-points.ts'
import { classLayersOf } from '../derive/counts/class-layers.ts'
import { type Derived } from '../derive/derived.ts'
import { operationWords } from '../derive/attribution/refused-freeze.ts'
import { EVENT_KINDS, isRefKind, SET } from '../model/event-kind.ts'
import { type EventRow } from '../model/ids.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { decimate } from './decimate.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { layerId, layersPresent, madeOf } from './timeline-layers.ts'
import { type TimelineAnswer, type TimelinePoint } from './timeline.ts'

/** FOLL_PIN adds this to the count of a small folio for every pin (include/linux/mm.h GUP_PIN_COUNTING_BIAS). */
const PIN_BIAS = 1024

/** The points of a window, decimated. */
export interface TimelinePoints {
  readonly points: readonly TimelinePoint[]
  readonly eventsInWindow: number
  readonly isDecimated: boolean
  readonly layers: TimelineAnswer['layers']
}

const NO_POINTS: TimelinePoints = { points: [], eventsInWindow: 0, isDecimated: false, layers: [] }

/**
 * Points of a page within `[from, to]`, before them the last earlier one of the same life, whose count is in force when
 * the window begins.
 */
export function timelinePoints(
  trace: Trace,
  derived: Derived,
  place: PageOfPfn,
  window: { readonly from: number; readonly to: number },
  columns: number,
): TimelinePoints {
  if (place.page < 0) return NO_POINTS
  const rows = refRowsAround(trace, place, window)
  if (rows === undefined) return NO_POINTS
  const all = countPointsOf(trace, place.page, rows.first, rows.last)
  const made = classLayersOf(trace, derived, place.page, rows.first, rows.last)
  const start = all.findIndex((point) => point.time >= window.from)
  const inside = start < 0 ? [] : all.slice(start)
  const entry = start < 0 ? all.length - 1 : start - 1
  const kept = decimate(
    inside.map((point) => point.time),
    [inside.map((point) => point.count), inside.map((_, at) => made.excess[start + at])],
    window.from,
    window.to,
    columns,
  ).map((at) => start + at)
  const isEntryInForce = entry >= 0 && isSameLife(trace, derived, place, all[entry], inside.at(0))
  const shown = isEntryInForce ? [entry, ...kept] : kept
  const present = layersPresent(made)
  return {
    points: shown.map((at) => ({ ...pointAnswer(trace, place, all[at]), ...madeOf(made, at, present) })),
    eventsInWindow: inside.length,
    isDecimated: kept.length < inside.length,
    layers: present.map(layerId),
  }
}

/** First and last reference row to look at: those in the window and the one before it. */
function refRowsAround(
  trace: Trace,
  { page }: PageOfPfn,
  window: { readonly from: number; readonly to: number },
): { readonly first: EventRow; readonly last: EventRow } | undefined {
  const rows: Column<EventRow> = rowsOf(trace.indexes.byPage, page)
  const firstInside = findAtLeastIn(rows, trace.events.time, window.from)
  const end = findAtLeastIn(rows, trace.events.time, window.to + 1)
  let first = firstInside
  while (first > 0 && (first === firstInside || !isRefKind(trace.events.kind[rows[first]]))) first--
  return first < end ? { first: rows[first], last: rows[end - 1] } : undefined
}

/** False when a life ended or began between two points: the earlier count says nothing of the window then. */
function isSameLife(
  trace: Trace,
  { lifetimes }: Derived,
  { page }: PageOfPfn,
  entry: CountPoint,
  next: CountPoint | undefined,
): boolean {
  if (next !== undefined && trace.events.kind[next.row] === SET) return false
  const ends = rowsOf(lifetimes.byPage, page)
  for (let at = 0; at < ends.length; at++) if (lifetimes.lastRow[ends[at]] === entry.row) return next === undefined
  return true
}

function pointAnswer(trace: Trace, { order }: PageOfPfn, point: CountPoint): Omit<TimelinePoint, 'units'> {
  const time = timeAnswer(trace, point.time)
  return {
    ns: time.ns,
    text: time.text,
    count: point.count,
    ...(point.mapcount === undefined ? {} : { mapcount: point.mapcount }),
    isExact: point.isExact,
    kind: EVENT_KINDS[trace.events.kind[point.row]],
    operation: operationWords(trace, point.row),
    gap: point.gap,
    gapKind: point.gapKind,
    ...fileLineOf(trace, trace.events.line[point.row]),
    pins: order > 0 ? 0 : Math.max(0, Math.floor(point.count / PIN_BIAS)),
  }
}
