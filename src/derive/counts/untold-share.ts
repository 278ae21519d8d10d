import { oncePer } from '../../base/once-per.ts'
import { rowsOf } from '../../base/group-index.ts'
import { isRefKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'
import { deltaOf } from '../operation.ts'
import { knownLossIn } from '../known-loss.ts'
import { statedCount } from './effect.ts'

/** Changes closer than this may have raced the sampled count, ns. */
const RACE_WINDOW_NS = 50_000

/** A share of fewer pairs than this says nothing. */
const FEWEST_COMPARED = 50

/**
 * Share of reference events, 0 … 1, before which the count of the page changed with no event to show it: what the
 * trace lost in silence, as far as the counts tell: next to nothing in a whole trace, x where a share x of the events is
 * missing. What crosses a loss that the file itself tells of (a marker, a CPU whose buffer starts late, a cut) is no
 * silence and is left out. 0 for a trace with too few pairs of events to compare. O(events), once.
 */
export const untoldShareOf: (trace: Trace) => number = oncePer(countUntold)

function countUntold(trace: Trace): number {
  let compared = 0
  let untold = 0
  const isKnownLoss = knownLossIn(trace)
  for (let page = 0; page < trace.pages.length; page++) {
    const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page as PageId)
    let before = -1
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]
      if (!isRefKind(trace.events.kind[row])) continue
      const isPair = before >= 0 && areComparable(trace, before as EventRow, row)
      if (isPair && !isKnownLoss(trace.events.time[before], trace.events.time[row])) {
        compared++
        if (countAt(trace, row) !== countAt(trace, before as EventRow) + deltaOf(trace, row)) untold++
      }
      before = row
    }
  }
  return compared < FEWEST_COMPARED ? 0 : untold / compared
}

/** Of one life and one recording, and far enough apart that neither count raced the other. */
function areComparable(trace: Trace, before: EventRow, row: EventRow): boolean {
  return (
    trace.events.kind[row] !== SET &&
    countAt(trace, before) > 0 &&
    trace.events.time[row] - trace.events.time[before] > RACE_WINDOW_NS &&
    fileLineOf(trace, trace.events.line[row]).file === fileLineOf(trace, trace.events.line[before]).file
  )
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
