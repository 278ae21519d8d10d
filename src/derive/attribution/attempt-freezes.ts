import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { FREEZE } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { isRefused } from '../operation.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { type RefusedFreeze, refusedFreezesOf } from './refused-freeze.ts'

/** A refused freeze of a page while an attempt went on. */
export interface AttemptFreeze extends RefusedFreeze {
  readonly task: TaskId
  /**
   * True when it was refused to the attempt itself, by its stack or, without one that tells, by its task. Reclaim, a split
   * or a collapse by anybody else meets the same references, but it is not what failed.
   */
  readonly isOfAttempt: boolean
}

/** The refused freezes of a page in an attempt and in the page's life at the failure, in time order. */
export function attemptFreezesOf(
  trace: Trace,
  { lifetimes }: Pick<Derived, 'lifetimes'>,
  { page, life, scans }: PageState,
  attempt: Attempt,
): readonly AttemptFreeze[] {
  const bornAt = life < 0 ? 0 : lifetimes.firstRow[life]
  const isolating = new Set(scans.map((row) => taskOf(trace, row)))
  return refusedFreezesOf(trace, page, attempt.from, attempt.at)
    .filter(({ row }) => row >= bornAt)
    .map((freeze) => {
      const { purpose, servesMigration } = freeze.freezer
      const task = taskOf(trace, freeze.row)
      const isNameless = purpose === 'untold' || purpose === 'unknown'
      const isOfMover = isNameless && (attempt.movers.has(task) || isolating.has(task))
      return { ...freeze, task, isOfAttempt: servesMigration || isOfMover }
    })
}

function taskOf({ events, contexts }: Trace, row: EventRow): TaskId {
  return contexts.task[events.context[row]]
}

/**
 * The refused freeze that states the excess of a page at the failure: the last one of the attempt itself, else the last
 * one of anybody else; none that a freeze which worked came after, and none whose count had changed when it was read.
 */
export function statingFreeze(
  trace: Trace,
  derived: Pick<Derived, 'lifetimes'>,
  state: PageState,
  attempt: Attempt,
): AttemptFreeze | undefined {
  const freezes = attemptFreezesOf(trace, derived, state, attempt).filter(({ excess }) => excess !== undefined)
  if (freezes.length === 0) return undefined
  const workedAt = lastThatWorked(trace, state.page, freezes[0].row, attempt.at)
  const stating = freezes.filter(({ row }) => row > workedAt)
  return stating.findLast(({ isOfAttempt }) => isOfAttempt) ?? stating.at(-1)
}

/** Row of the last freeze after a row and up to a time that worked; -1 without one. */
function lastThatWorked(trace: Trace, page: PageId, from: EventRow, until: number): number {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  const end = findAtLeast(rows, findAbove(trace.events.time, until))
  for (let at = end - 1; at >= 0 && rows[at] > from; at--)
    if (trace.events.kind[rows[at]] === FREEZE && !isRefused(trace, rows[at])) return rows[at]
  return -1
}
