import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type StepSum } from '../../base/step-sum.ts'
import { attemptsOf, isolatedAt } from '../attempts/attempts.ts'
import { statedCount } from '../counts/effect.ts'
import { expectedReferencesAt } from '../counts/expected-references.ts'
import { EDGE_CERTAIN } from '../counts/lifetime-table.ts'
import { type Derived } from '../derived.ts'
import { openUnitsOf } from '../holds/open-units.ts'
import { FREEZE, isRefKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { declarationOf, declaredUnitsOf } from './declared.ts'
import { type PageState } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'

const PAGE_CACHE = classIndexOf('page_cache')
const LRU = classIndexOf('lru')

/** What the count itself proves of a page, whatever was traced of who took and who gave back. */
export interface CountProof {
  /**
   * References right after an event that neither a mapping, a cache, private data, an LRU batch nor the isolating task
   * explains, nor a person's rules: a lower bound, for a cache that nothing tells of is reckoned with. Undefined when nothing can be said.
   */
  leastExcessAt(row: EventRow): number | undefined
  /** The same as an upper bound: neither a cache that nothing tells of nor a batch or an isolation whose put may be lost. */
  mostExcessAt(row: EventRow): number | undefined
  /** References of LRU batches and isolating tasks that have no put yet: of a fall of the count, what they explain. */
  passingAt(row: EventRow): number
  /**
   * Time of the last event up to which the page, from the last event before the failure on, always had `units` of such
   * references; undefined when it had not even then.
   */
  provenUntil(units: number): number | undefined
}

/**
 * Reads the counts of one life of a page. `mayBeCached` says what is reckoned with where nothing tells of a cache: true
 * for a lower bound. O(events of the page), once.
 */
export function countProofOf(trace: Trace, derived: Derived, state: PageState, mayBeCached = true): CountProof {
  const last = lastProof.get(trace)
  if (last !== undefined && last.state === state && last.mayBeCached === mayBeCached) return last.proof
  const proof = makeProof(trace, derived, state, mayBeCached)
  lastProof.set(trace, { state, mayBeCached, proof })
  return proof
}

/** The last answer for each trace: a page's state at an attempt is made once, and asked about by each of its holders. */
const lastProof = new WeakMap<
  Trace,
  { readonly state: PageState; readonly mayBeCached: boolean; readonly proof: CountProof }
>()

function makeProof(trace: Trace, derived: Derived, state: PageState, mayBeCached: boolean): CountProof {
  const attempts = attemptsOf(trace, derived, state.page)
  const declared = declaredUnitsOf(trace, derived, state.page)
  const isCached = cacheOf(trace, derived, state) ?? mayBeCached
  const batched = batchedUnits(trace, derived, state)
  const passingAt = (row: EventRow): number => isolatedAt(trace, attempts, row) + batched(trace.events.time[row])
  const leastExcessAt = (row: EventRow): number | undefined =>
    leastExcess(trace, isCached, row, passingAt(row) + declared.unitsAt(row))
  const provenUntil = (units: number): number | undefined => {
    const { last } = state
    if (last === undefined || !((leastExcessAt(last) ?? 0) >= units)) return undefined
    const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, state.page)
    let until = last
    for (let at = findAtLeast(rows, last); at < rows.length; at++) {
      const row = rows[at]
      if (!isRefKind(trace.events.kind[row])) continue
      if (trace.events.kind[row] === SET && row > last) break
      const least = leastExcessAt(row)
      if (least !== undefined && least < units) break
      if (least !== undefined) until = row
    }
    return trace.events.time[until]
  }
  const mostExcessAt = (row: EventRow): number | undefined => {
    const own = attempts.filter(({ rows }) => rows.includes(row))
    const beside = besideExpected(trace, row, cacheOf(trace, derived, state) ?? false)
    return beside === undefined ? undefined : beside - isolatedAt(trace, own, row) - declared.unitsAt(row)
  }
  return { leastExcessAt, mostExcessAt, passingAt, provenUntil }
}

/** Whether the page is of a cache, by the references of its life; undefined when the life was not seen to either end. */
function cacheOf(trace: Trace, derived: Derived, state: PageState): boolean | undefined {
  const { holds, lifetimes } = derived
  if (state.life < 0) return undefined
  const rows = rowsOf(holds.byPage, state.page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    const isOfLife = holds.from[hold] >= lifetimes.from[state.life] && holds.from[hold] <= lifetimes.to[state.life]
    const isCache = isOfLife && holds.class[hold] === PAGE_CACHE
    if (isCache && declarationOf(trace, derived, hold) === undefined) return true
  }
  const isSeen = lifetimes.startEdge[state.life] === EDGE_CERTAIN || lifetimes.endEdge[state.life] === EDGE_CERTAIN
  return isSeen ? false : undefined
}

function leastExcess(trace: Trace, isCached: boolean, row: EventRow, explained: number): number | undefined {
  const beside = besideExpected(trace, row, isCached)
  return beside === undefined ? undefined : beside - explained
}

/** References beside those that migration expects; undefined while the page is frozen, and where nothing tells. */
function besideExpected(trace: Trace, row: EventRow, isCached: boolean): number | undefined {
  const count = statedCount(trace, row) ?? trace.events.count[row]
  if (trace.events.kind[row] === FREEZE && count === 0) return undefined
  const expected = expectedReferencesAt(trace, row, isCached)
  return expected === undefined ? undefined : count - expected
}

/** References of LRU batches that are open at a time: drained sooner or later, and nobody's. */
function batchedUnits(trace: Trace, derived: Derived, { page }: PageState): StepSum {
  const { holds } = derived
  return openUnitsOf(
    holds,
    page,
    (hold) => holds.class[hold] === LRU && declarationOf(trace, derived, hold) === undefined,
  )
}
