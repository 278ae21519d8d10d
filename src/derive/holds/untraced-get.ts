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
 * the put is reckoned with, so that a count that was sampled while another CPU changed it proves nothing. `life` is where
 * the events of the life stand in the index by page. O(LOOK_BACK).
 *
 *     +1 count=3   -1 count=2   (lost +1)   -1 count=2      the last put gives back what came just before it
 */
export function firstWithIt(
  trace: Trace,
  life: { readonly begin: number; readonly end: number },
  { putRow, units }: { readonly putRow: number; readonly units: number },
): number {
  const { rows } = trace.indexes.byPage
  const at = findAtLeast(rows, putRow, life.begin, life.end)
  const after = refAfter(trace, rows, at, life.end)
  let rise = after === NONE ? 0 : riseAt(trace, rows[at], rows[after])
  let later = at
  for (let steps = 0; steps < LOOK_BACK; steps++) {
    const earlier = refBefore(trace, rows, later, life.begin)
    if (earlier === NONE) return NONE
    rise += riseAt(trace, rows[earlier], rows[later])
    if (rise >= units) return rows[later]
    later = earlier
  }
  return NONE
}

/** Position of the next event before `end` which tells a count; NONE where there is none. */
function refAfter(trace: Trace, rows: Column<EventRow>, at: number, end: number): number {
  for (let next = at + 1; next < end; next++) if (isRefKind(trace.events.kind[rows[next]])) return next
  return NONE
}

/** Position of the last event at or behind `begin` which tells a count; NONE where there is none. */
function refBefore(trace: Trace, rows: Column<EventRow>, at: number, begin: number): number {
  for (let next = at - 1; next >= begin; next--) if (isRefKind(trace.events.kind[rows[next]])) return next
  return NONE
}

/** References that came (went, when negative) between two events with no event of their own. */
function riseAt(trace: Trace, earlier: EventRow, later: EventRow): number {
  return countAt(trace, later) - deltaOf(trace, later) - countAt(trace, earlier)
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
