import { eventFactsOf } from '../event-facts.ts'
import { type Trace } from '../../model/trace.ts'

/** Share of reference events that have a stack, 0 … 1; 1 for a trace without any. O(events), once. */
export function stackShareOf(trace: Trace): number {
  return eventFactsOf(trace).stackShare
}
