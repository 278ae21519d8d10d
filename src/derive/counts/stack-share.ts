import { oncePer } from '../../base/once-per.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type Trace } from '../../model/trace.ts'

/** Share of reference events that have a stack, 0 … 1; 1 for a trace without any. O(events), once. */
export const stackShareOf: (trace: Trace) => number = oncePer(countStacks)

function countStacks(trace: Trace): number {
  const { kind, stack, length } = trace.events
  let events = 0
  let stacks = 0
  for (let row = 0; row < length; row++) {
    if (!isRefKind(kind[row])) continue
    events++
    if (stack[row] >= 0) stacks++
  }
  return events === 0 ? 1 : stacks / events
}
