import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { stackShareOf } from '../counts/stack-share.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { deltaOf } from '../operation.ts'
import { LAST_REF_KIND } from '../../model/event-kind.ts'
import { type EventRow, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Classifier, classifierOf } from './classify.ts'
import { type Attempt } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'

const MIGRATION = classIndexOf('migration')
/** Events of an attempt that are looked through: isolation begins with the attempt. */
const LOOK_AHEAD = 20_000
/** Events that are asked for their movers together: attempts that overlap ask for the same ones. */
const BLOCK = 256

const byBlock = new WeakMap<Classifier, Map<number, readonly TaskId[]>>()

/**
 * Tasks that isolate pages during an attempt, and the one whose event says that it failed: what they do to a page then
 * is the attempt itself, stack or not. Empty for a trace with all its stacks, which tell as much. O(events of the
 * attempt), at most 20 000, the first time and a hundredth of that once they were asked for.
 */
export function moversOf(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  attempt: Pick<Attempt, 'from' | 'at'>,
): ReadonlySet<TaskId> {
  const { time, context, line } = trace.events
  const movers = new Set<TaskId>()
  if (stackShareOf(trace) === 1) return movers
  const end = findAbove(time, attempt.at)
  const told = new Set(range.lines)
  for (let row = findAtLeast(time, attempt.at) as EventRow; row < end; row++) {
    if (told.has(line[row])) movers.add(trace.contexts.task[context[row]])
  }
  const classifier = classifierOf(trace, derived.rules)
  const begin = findAtLeast(time, attempt.from)
  const until = Math.min(end, begin + LOOK_AHEAD)
  for (let at = begin; at < until;) {
    const next = Math.min(until, (Math.floor(at / BLOCK) + 1) * BLOCK)
    const isWhole = next - at === BLOCK
    const found = isWhole ? ofBlock(trace, classifier, at) : isolatingTasks(trace, classifier, at, next)
    for (const task of found) movers.add(task)
    at = next
  }
  return movers
}

function ofBlock(trace: Trace, classifier: Classifier, begin: number): readonly TaskId[] {
  const known = byBlock.get(classifier) ?? new Map<number, readonly TaskId[]>()
  byBlock.set(classifier, known)
  const tasks = known.get(begin) ?? isolatingTasks(trace, classifier, begin, begin + BLOCK)
  known.set(begin, tasks)
  return tasks
}

/** Tasks that take pages for a migration in the events `[begin, end)`. */
function isolatingTasks(trace: Trace, classifier: Classifier, begin: number, end: number): readonly TaskId[] {
  const { kind, context, stack } = trace.events
  const tasks = new Set<TaskId>()
  for (let at = begin; at < end; at++) {
    const row = at as EventRow
    if (kind[row] > LAST_REF_KIND || stack[row] < 0) continue
    const delta = deltaOf(trace, row)
    if (delta > 0 && classifier.classOf(kind[row], delta, stack[row]) === MIGRATION)
      tasks.add(trace.contexts.task[context[row]])
  }
  return [...tasks]
}
