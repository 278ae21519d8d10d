import { type Column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { type CountPoint } from '../derive/counts/count-point.ts'
import { countPointsOf } from '../derive/counts/count-points.ts'
import { type Derived } from '../derive/derived.ts'
import { operationText } from '../derive/operation.ts'
import { EVENT_KINDS, isRefKind, SET } from '../model/event-kind.ts'
import { type EventRow } from '../model/ids.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { decimate } from './decimate.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { type TimelinePoint } from './timeline.ts'

/** FOLL_PIN adds this to the count of a small folio for every pin (include/linux/mm.h GUP_PIN_COUNTING_BIAS). */
const PIN_BIAS = 1024

/** The points of a window, decimated. */
export interface TimelinePoints {
  readonly points: readonly TimelinePoint[]
  readonly eventsInWindow: number
  readonly isDecimated: boolean
}

const NO_POINTS: TimelinePoints = { points: [], eventsInWindow: 0, isDecimated: false }

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
  const inside = all.filter((point) => point.time >= window.from)
  const entry = all.length > inside.length ? all[all.length - inside.length - 1] : undefined
  const kept = decimate(
    inside.map((point) => point.time),
    inside.map((point) => point.count),
    window.from,
    window.to,
    columns,
  )
  const shown = kept.map((at) => inside[at])
  const isEntryInForce = entry !== undefined && isSameLife(trace, derived, place, entry, inside.at(0))
  return {
    points: (isEntryInForce ? [entry, ...shown] : shown).map((point) => pointAnswer(trace, place, point)),
    eventsInWindow: inside.length,
    isDecimated: shown.length < inside.length,
  }
}

/** First and last reference row to look at: those in the window and the one before it. */
function refRowsAround(
  trace: Trace,
  { page }: PageOfPfn,
  window: { readonly from: number; readonly to: number },
): { readonly first: EventRow; readonly last: EventRow } | undefined {
  const rows: Column<EventRow> = rowsOf(trace.indexes.byPage, page)
  const firstInside = findRowAtTime(trace, rows, window.from)
  const end = findRowAtTime(trace, rows, window.to + 1)
  let first = firstInside
  while (first > 0 && (first === firstInside || !isRefKind(trace.events.kind[rows[first]]))) first--
  return first < end ? { first: rows[first], last: rows[end - 1] } : undefined
}

function findRowAtTime(trace: Trace, rows: Column<EventRow>, time: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (trace.events.time[rows[middle]] < time) low = middle + 1
    else high = middle
  }
  return low
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

function pointAnswer(trace: Trace, { order }: PageOfPfn, point: CountPoint): TimelinePoint {
  const time = timeAnswer(trace, point.time)
  return {
    ns: time.ns,
    text: time.text,
    count: point.count,
    ...(point.mapcount === undefined ? {} : { mapcount: point.mapcount }),
    isExact: point.isExact,
    kind: EVENT_KINDS[trace.events.kind[point.row]],
    operation: operationText(trace, point.row),
    gap: point.gap,
    gapKind: point.gapKind,
    ...fileLineOf(trace, trace.events.line[point.row]),
    pins: order > 0 ? 0 : Math.max(0, Math.floor(point.count / PIN_BIAS)),
  }
}
