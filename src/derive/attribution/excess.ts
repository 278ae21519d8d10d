import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { attemptsOf, isolatedAt } from '../attempts/attempts.ts'
import { expectedAfter } from '../counts/class-layers.ts'
import { statedCount } from '../counts/effect.ts'
import { hasSwapCache } from '../counts/page-signs.ts'
import { type Derived } from '../derived.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { mayBePrintedWithin } from '../log-clock.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { statingFreeze } from './attempt-freezes.ts'
import { declaredUnitsOf } from './declared.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'
import { isRefusedFreeze } from './refused-freeze.ts'

const LRU = classIndexOf('lru')

/** References above what migration expected: at least and at most so many, alike when that is known. */
export interface Excess {
  readonly least: number
  readonly most: number
  /** What is not known, in words; empty when `least` and `most` are alike. */
  readonly untold: readonly string[]
  /** Event after which it was so; absent when a dump tells. */
  readonly row?: EventRow
}

/**
 * References above what migration expected at the failure, from the best witness there is: a freeze that was refused to
 * the attempt states the kernel's own expectation (count − val, mm/migrate.c folio_migrate_mapping()); a dump of an
 * anonymous page whose migration failed states count and mappings; else the count less what `expectedAfter` reckons, as
 * the timeline draws it, after the last event before the failure, or before the putback where that is the last. Where
 * that does not tell, a freeze that was refused to another's reclaim in the attempt does, less what isolating tasks had.
 * What a person's rules declare to be expected is no excess. Undefined when nothing tells.
 */
export function excessAt(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): Excess | undefined {
  const declared = state.last === undefined ? 0 : declaredUnitsOf(trace, derived, state.page).unitsAt(state.last)
  const less = ({ least, most }: Pick<Excess, 'least' | 'most'>, taken: number): Excess => ({
    least: Math.max(0, least - taken),
    most: Math.max(0, most - taken),
    untold: [],
  })
  const refused = statingFreeze(trace, derived, state, attempt)
  if (refused?.excess !== undefined && refused.isOfAttempt) return less(refused.excess, declared)
  const counted = dumped(trace, state, attempt)
  if (counted !== undefined) return less({ least: counted, most: counted }, declared)
  const reckoned = state.last === undefined ? undefined : byCount(trace, derived, state, state.last)
  // Right after a refused freeze the reckoning is what that one expected, whoever it was.
  const isRefusal = reckoned?.row !== undefined && isRefusedFreeze(trace, reckoned.row)
  if (refused?.excess === undefined) return isRefusal ? undefined : reckoned
  if (reckoned !== undefined && reckoned.least === reckoned.most && !isRefusal) return reckoned
  return less(refused.excess, declared + isolatedByOthers(trace, derived, state, refused.row))
}

/** References that isolating tasks had then, but for the one whose attempt the event belongs to. */
function isolatedByOthers(trace: Trace, derived: Derived, { page }: PageState, row: EventRow): number {
  const others = attemptsOf(trace, derived, page).filter(({ rows }) => !rows.includes(row))
  return isolatedAt(trace, others, row)
}

/** A page is dumped when its migration failed, before the attempt is given up; the log's clock is not the trace's to the us. */
const PRINTED_WITHIN_NS = 1_000_000_000

/** By a dump of this attempt: a page that fails again and again is dumped each time. */
function dumped(trace: Trace, state: PageState, attempt: Attempt): number | undefined {
  const [from, to] = [attempt.from - PRINTED_WITHIN_NS, attempt.at + PRINTED_WITHIN_NS]
  const dump = dumpsOfPage(trace, state.pfn).findLast(
    ({ reason, pageKind, order, timeNs }) =>
      reason === 'migration failure' &&
      pageKind === 'anon' &&
      order === 0 &&
      mayBePrintedWithin(trace, timeNs, from, to),
  )
  return dump === undefined ? undefined : unexpectedIn(trace, dump)
}

/** References that a dump of an anonymous page leaves beside its mappings, the swap cache and migration's own. */
export function unexpectedIn(trace: Trace, { refcount, mapcount, flags }: PageDump): number {
  return refcount - mapcount - 1 - (hasSwapCache(trace, flags) ? 1 : 0)
}

function byCount(trace: Trace, derived: Derived, state: PageState, last: EventRow): Excess | undefined {
  const row = beforePutback(trace, derived, state, last)
  const expected = expectedAfter(trace, derived, state.page, row)
  if (expected === undefined || state.life < 0) return undefined
  const count = statedCount(trace, row) ?? trace.events.count[row]
  return {
    least: Math.max(0, count - expected.most),
    most: Math.max(0, count - expected.least),
    untold: expected.untold,
    row,
  }
}

/**
 * The event before a page was put back, where that is the last thing seen of it: the kernel judged the page while it
 * was isolated, and the batch that it is put back through is no reason for what came before.
 */
function beforePutback(trace: Trace, derived: Derived, state: PageState, last: EventRow): EventRow {
  const attempt = attemptsOf(trace, derived, state.page).find(({ rows }) => rows.at(-1) === last && rows.length > 1)
  if (attempt === undefined || attempt.outcome === 'moved' || attempt.outcome === 'unfinished') return last
  const { holds } = derived
  const ofPage = rowsOf(holds.byPage, state.page)
  let putback: number = last
  for (let at = 0; at < ofPage.length; at++) {
    const hold = ofPage[at]
    const isItsBatch = holds.class[hold] === LRU && holds.task[hold] === attempt.task
    if (isItsBatch && holds.getRow[hold] > attempt.rows[0]) putback = Math.min(putback, holds.getRow[hold])
  }
  const rows = rowsOf(trace.indexes.byPage, state.page)
  for (let at = findAtLeast(rows, putback) - 1; at >= 0 && rows[at] >= attempt.rows[0]; at--)
    if (isRefKind(trace.events.kind[rows[at]])) return rows[at]
  return last
}
