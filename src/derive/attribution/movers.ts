import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { stackShareOf } from '../counts/stack-share.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { deltaOf } from '../operation.ts'
import { LAST_REF_KIND } from '../../model/event-kind.ts'
import { type EventRow, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { classifierOf } from './classify.ts'
import { type Attempt } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'

const MIGRATION = classIndexOf('migration')
/** Events of an attempt that are looked through: isolation begins with the attempt. */
const LOOK_AHEAD = 20_000

/**
 * Tasks that isolate pages during an attempt, and the one whose event says that it failed: what they do to a page then
 * is the attempt itself, stack or not. Empty for a trace with all its stacks, which tell as much. O(events of the
 * attempt), at most 20 000.
 */
export function moversOf(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  attempt: Pick<Attempt, 'from' | 'at'>,
): ReadonlySet<TaskId> {
  const { time, kind, context, stack, line } = trace.events
  const classifier = classifierOf(trace, derived.rules)
  const movers = new Set<TaskId>()
  if (stackShareOf(trace) === 1) return movers
  const end = findAbove(time, attempt.at)
  const told = new Set(range.lines)
  for (let row = findAtLeast(time, attempt.at) as EventRow; row < end; row++) {
    if (told.has(line[row])) movers.add(trace.contexts.task[context[row]])
  }
  const begin = findAtLeast(time, attempt.from)
  for (let at = begin; at < end && at < begin + LOOK_AHEAD; at++) {
    const row = at as EventRow
    if (kind[row] > LAST_REF_KIND || stack[row] < 0) continue
    const delta = deltaOf(trace, row)
    if (delta > 0 && classifier.classOf(kind[row], delta, stack[row]) === MIGRATION)
      movers.add(trace.contexts.task[context[row]])
  }
  return movers
}
