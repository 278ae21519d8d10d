import { findAtLeast } from '../../base/bisect.ts'
import { type Column } from '../../base/column.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { statedCount } from '../counts/effect.ts'
import { deltaOf } from '../operation.ts'

/** Events looked at before a put; what came before them is not asked. */
const LOOK_BACK = 256

/**
 * The first event whose count has a reference that only its put shows: the count rose there by as many more than the
 * traced operations say, so the reference is younger than the event before. The put itself when nothing lies between.
 * NONE when the counts of the life show no such rise: then it is as old as the life, as far as they tell. The event after
 * the put is reckoned with, so that a count that was sampled while another CPU changed it proves nothing. O(LOOK_BACK).
 *
 *     +1 count=3   -1 count=2   (lost +1)   -1 count=2      the last put gives back what came just before it
 */
export function firstWithIt(
  trace: Trace,
  rows: Column<EventRow>,
  life: { readonly firstRow: number; readonly lastRow: number },
  { putRow, units }: { readonly putRow: number; readonly units: number },
): number {
  const at = findAtLeast(rows, putRow)
  const after = neighbour(trace, rows, at, 1)
  let rise = after === NONE || rows[after] > life.lastRow ? 0 : riseAt(trace, rows[at], rows[after])
  let later = at
  for (let steps = 0; steps < LOOK_BACK; steps++) {
    const earlier = neighbour(trace, rows, later, -1)
    if (earlier === NONE || rows[earlier] < life.firstRow) return NONE
    rise += riseAt(trace, rows[earlier], rows[later])
    if (rise >= units) return rows[later]
    later = earlier
  }
  return NONE
}

/** Position of the next event of the same page, that way, which tells a count; NONE at the end. */
function neighbour(trace: Trace, rows: Column<EventRow>, at: number, step: 1 | -1): number {
  let next = at + step
  while (next >= 0 && next < rows.length && !isRefKind(trace.events.kind[rows[next]])) next += step
  return next >= 0 && next < rows.length ? next : NONE
}

/** References that came (went, when negative) between two events with no event of their own. */
function riseAt(trace: Trace, earlier: EventRow, later: EventRow): number {
  return countAt(trace, later) - deltaOf(trace, later) - countAt(trace, earlier)
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
