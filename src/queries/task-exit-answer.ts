import { isUnexpected } from '../derive/attribution/candidate.ts'
import { hasLossBetween } from '../derive/attribution/loss.ts'
import { exitOutlivedBy } from '../derive/attribution/outlived-exit.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_OPEN, type HoldRow } from '../derive/holds/hold-table.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { timeAnswer, traceSpan } from './time-answer.ts'
import { type TaskExitAnswer } from './wire.ts'

/**
 * The exit of the task of an open hold that migration does not expect: a page cache's reference outlives who read the file
 * by right. Undefined when the trace does not prove an exit, when a put may be among events that were lost, and when the page's
 * life ended before the trace did: somebody put it, only when is not told.
 */
export function taskExitAnswer(trace: Trace, { holds }: Derived, hold: HoldRow): TaskExitAnswer | undefined {
  const { to } = traceSpan(trace)
  if (holds.kind[hold] !== HOLD_OPEN || !isUnexpected(holds.class[hold])) return undefined
  if (holds.to[hold] !== to || hasLossBetween(trace, holds.from[hold], to)) return undefined
  const exit = exitOutlivedBy(trace, holds, [hold])
  if (exit === undefined) return undefined
  const { events } = trace
  return {
    time: timeAnswer(trace, events.time[exit.row]),
    place: placeOf(trace, events.line[exit.row]),
    isGone: exit.isGone,
  }
}
