import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { attemptsOf } from '../attempts/attempts.ts'
import { expectedAfter } from '../counts/class-layers.ts'
import { statedCount } from '../counts/effect.ts'
import { hasSwapCache } from '../counts/page-signs.ts'
import { type Derived } from '../derived.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { mayBePrintedWithin } from '../log-clock.ts'
import { isRefused } from '../operation.ts'
import { FREEZE, isRefKind } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { declaredUnitsOf } from './declared.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'

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
 * References above what migration expected at the failure, from the best witness there is: a refused freeze states the
 * kernel's own expectation (count − val, mm/migrate.c folio_migrate_mapping()); a dump of an anonymous page whose
 * migration failed states count and mappings; else the count less what `expectedAfter` reckons, as the timeline draws it,
 * after the last event before the failure, or before the putback where that is the last. What a person's rules declare
 * to be expected is no excess. Undefined when nothing tells.
 */
export function excessAt(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): Excess | undefined {
  const counted = refusedFreeze(trace, state, attempt) ?? dumped(trace, state, attempt)
  if (counted === undefined) return state.last === undefined ? undefined : byCount(trace, derived, state, state.last)
  const declared = state.last === undefined ? 0 : declaredUnitsOf(trace, derived, state.page).unitsAt(state.last)
  const left = Math.max(0, counted - declared)
  return { least: left, most: left, untold: [] }
}

function refusedFreeze(trace: Trace, state: PageState, attempt: Attempt): number | undefined {
  const rows = rowsOf(trace.indexes.byPage, state.page)
  const { time, kind, count, shape } = trace.events
  let excess: number | undefined
  for (let at = findAtLeast(rows, firstRowAt(trace, attempt.from)); at < rows.length; at++) {
    const row = rows[at]
    if (time[row] > attempt.at) break
    if (kind[row] === FREEZE && isRefused(trace, row)) excess = count[row] - trace.shapes.val[shape[row]]
  }
  return excess
}

function firstRowAt(trace: Trace, time: number): EventRow {
  return findAtLeast(trace.events.time, time) as EventRow
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
