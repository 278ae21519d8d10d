import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { EDGE_CERTAIN } from '../counts/lifetime-table.ts'
import { type Derived } from '../derived.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { isRefused } from '../operation.ts'
import { FREEZE } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { isUnexpected } from './candidate.ts'
import { declaredUnitsOf } from './declared.ts'
import { type Attempt, type PageState } from './page-state.ts'

/**
 * References above what migration expected at the failure, from the best witness there is: a refused freeze states the
 * kernel's own expectation (count − val, mm/migrate.c folio_migrate_mapping()); a dump of an anonymous page whose
 * migration failed states count and mappings; else the unexpected references that are open by the trace, when the life
 * of the page is known from its beginning. What a person's rules declare to be expected is no excess. Undefined when
 * nothing tells.
 */
export function excessAt(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): number | undefined {
  const counted = refusedFreeze(trace, state, attempt) ?? dumped(trace, state)
  if (counted === undefined || state.last === undefined) return counted ?? openUnits(derived, state, attempt)
  return Math.max(0, counted - declaredUnitsOf(trace, derived, state.page).unitsAt(state.last))
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

function dumped(trace: Trace, state: PageState): number | undefined {
  const dump = dumpsOfPage(trace, state.pfn).findLast(
    (other) => other.reason === 'migration failure' && other.pageKind === 'anon' && other.order === 0,
  )
  return dump === undefined ? undefined : dump.refcount - dump.mapcount - 1
}

function openUnits(derived: Derived, state: PageState, attempt: Attempt): number | undefined {
  if (state.life < 0 || derived.lifetimes.startEdge[state.life] !== EDGE_CERTAIN) return undefined
  const { holds } = derived
  return state.holds
    .filter((hold) => isUnexpected(holds.class[hold]) && holds.from[hold] <= attempt.at && holds.to[hold] > attempt.at)
    .reduce((sum, hold) => sum + holds.units[hold], 0)
}
