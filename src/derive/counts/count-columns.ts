import { findAtLeast } from '../../base/bisect.ts'
import { finishSteps } from '../../base/finish-steps.ts'
import { rowsOf } from '../../base/group-index.ts'
import { isRefKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { deltaOf } from '../operation.ts'
import { statedCount } from './effect.ts'
import { mappingsByShape } from './mapcount.ts'

/** Window in which another CPU's operation may have raced the re-read count: out-of-order buffers, ns. */
const RACE_WINDOW_NS = 50_000

/** What a position of `CountColumns.gapKind` stands for. */
export const GAP_KINDS = ['none', 'race', 'missing'] as const
const [NO_GAP, RACE, MISSING] = [0, 1, 2]

/** Points of a step: a pause after so many keeps the thread free for others within a few milliseconds. */
export const POINTS_A_STEP = 4096

/** The counts of a page after each of its reference events as columns; see `CountPoint` for what each one tells. */
export interface CountColumns {
  readonly length: number
  readonly row: Int32Array
  readonly time: Float64Array
  readonly count: Int32Array
  readonly isExact: Uint8Array
  readonly delta: Int32Array
  /** As in `mappingsByShape`: NOT_TOLD where the field is no count. */
  readonly mapcount: Int32Array
  readonly gap: Int32Array
  readonly gapKind: Uint8Array
}

/**
 * The reference events of a page with `fromRow <= row <= toRow`, in time order. A point that disagrees with the one before
 * is marked: `race` when a neighbouring event of the page within 50 us explains the size, `missing` when nothing traced
 * does (an operation was lost, filtered or is not traced). The first point, and one at a `set`, starts anew and has no
 * gap. O(events of the page), no object an event.
 */
export function countColumnsOf(
  trace: Trace,
  page: PageId,
  fromRow = 0,
  toRow = Number.POSITIVE_INFINITY,
): CountColumns {
  return finishSteps(countColumnsInSteps(trace, page, fromRow, toRow))
}

/** The same with a pause after every few thousand points; none for fewer. */
export function* countColumnsInSteps(
  trace: Trace,
  page: PageId,
  fromRow = 0,
  toRow = Number.POSITIVE_INFINITY,
): Generator<undefined, CountColumns> {
  const row = refRowsIn(trace, page, fromRow, toRow)
  const { length } = row
  const made = {
    length,
    row,
    time: new Float64Array(length),
    count: new Int32Array(length),
    isExact: new Uint8Array(length),
    delta: new Int32Array(length),
    mapcount: new Int32Array(length),
    gap: new Int32Array(length),
    gapKind: new Uint8Array(length),
  }
  for (let from = 0; from < length; from += POINTS_A_STEP) {
    fillPoints(trace, made, from, Math.min(length, from + POINTS_A_STEP))
    if (from + POINTS_A_STEP < length) yield
  }
  for (let at = 0; at < length; at++) made.gapKind[at] = made.gap[at] === 0 ? NO_GAP : kindOfGap(trace, made, at)
  return made
}

function fillPoints(trace: Trace, made: CountColumns, from: number, to: number): void {
  const { events } = trace
  const mappings = mappingsByShape(trace)
  for (let at = from; at < to; at++) {
    const event = made.row[at] as EventRow // a reference event of the page
    const stated = statedCount(trace, event)
    made.time[at] = events.time[event]
    made.count[at] = stated ?? events.count[event]
    made.isExact[at] = Number(stated !== undefined)
    made.delta[at] = deltaOf(trace, event)
    made.mapcount[at] = mappings[events.shape[event]]
    const startsAnew = at === 0 || events.kind[event] === SET
    made.gap[at] = startsAnew ? 0 : made.count[at] - (made.count[at - 1] + made.delta[at])
  }
}

function refRowsIn({ indexes, events }: Trace, page: PageId, fromRow: number, toRow: number): Int32Array {
  const rows = rowsOf(indexes.byPage, page)
  const first = findAtLeast(rows, fromRow)
  const end = findAtLeast(rows, toRow + 1)
  const found = new Int32Array(Math.max(0, end - first))
  let length = 0
  for (let at = first; at < end; at++) if (isRefKind(events.kind[rows[at]])) found[length++] = rows[at]
  return length === found.length ? found : found.slice(0, length)
}

/** A race is explained by an event of another CPU right before or after. */
function kindOfGap(trace: Trace, made: Pick<CountColumns, 'row' | 'time' | 'length'>, at: number): number {
  return isRacedBy(trace, made, at, at - 1) || isRacedBy(trace, made, at, at + 1) ? RACE : MISSING
}

function isRacedBy(
  { contexts, events }: Trace,
  { row, time, length }: Pick<CountColumns, 'row' | 'time' | 'length'>,
  at: number,
  other: number,
): boolean {
  if (other < 0 || other >= length || Math.abs(time[other] - time[at]) > RACE_WINDOW_NS) return false
  return contexts.cpu[events.context[row[other]]] !== contexts.cpu[events.context[row[at]]]
}
