import { eventFactsOf } from '../event-facts.ts'
import { type Trace } from '../../model/trace.ts'

/**
 * Share of reference events, 0 … 1, before which the count of the page changed with no event to show it: what the
 * trace lost in silence, as far as the counts tell: next to nothing in a whole trace, x where a share x of the events is
 * missing. What crosses a loss that the file itself tells of (a marker, a CPU whose buffer starts late, a cut) is no
 * silence and is left out. 0 for a trace with too few pairs of events to compare. A large trace is measured by the pages
 * of `comparedMask`. O(events), once.
 */
export function untoldShareOf(trace: Trace): number {
  return eventFactsOf(trace).untoldShare
}
