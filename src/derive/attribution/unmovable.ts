import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { hasPageFlag } from '../page-flag-names.ts'
import { SET } from '../../model/event-kind.ts'
import { type EventRow } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { culpritIdentity } from './culprit-identity.ts'
import { getEvidence, openEvidence } from './evidence.ts'
import { type ToldCulprit } from './finding.ts'
import { hasLossBetween, isIncomplete } from './loss.ts'
import { allocationText, ownerRowAt } from './page-evidence.ts'
import { type Attempt, type PageState } from './page-state.ts'

/** Confidence in what a dump says that was taken some time after the failure. */
const RECORDED = 0.7

/**
 * True when the page itself cannot move, whoever holds references: the kernel said "unmovable page", or it was
 * allocated and never entered the LRU nor was mapped (a driver's or the kernel's own page).
 */
export function isUnmovable(trace: Trace, state: PageState): boolean {
  return isDumpedUnmovable(trace, state) || isAllocationOnly(trace, state)
}

/**
 * True when the kernel itself said "unmovable page" and the trace does not show it on an LRU list, where every page
 * can move and the dump is of another life (mm/page_isolation.c has_unmovable_pages()).
 */
export function isDumpedUnmovable(trace: Trace, state: PageState): boolean {
  const isDumped = dumpsOfPage(trace, state.pfn).some((dump) => dump.reason === 'unmovable page')
  return isDumped && (state.last === undefined || isOnLru(trace, state.last) !== true)
}

/**
 * True of a page of a CMA area that the kernel did not name, allocated before the attempt, which the isolating scan went
 * over without a look at it: it is on no LRU list, and stays in the way of the next attempt (mm/compaction.c
 * isolate_migratepages_block() looks at LRU pages and movable_operations alone; mm/page_isolation.c names the first).
 */
export function isLeftByScan(trace: Trace, range: FailedRange, state: PageState, attempt: Attempt): boolean {
  if (range.trigger !== 'cma' || range.isInferred === true || range.namedPfns.length === 0) return false
  const { last, next } = state
  if (last === undefined || state.scan !== undefined || !isAllocationOnly(trace, state)) return false
  const birth = trace.events.time[last]
  const isLruLater = next !== undefined && isOnLru(trace, next) === true
  const isLost = isIncomplete(trace) || hasLossBetween(trace, birth, attempt.at)
  const mayBeFreed = isLost || isLruLater || isGivenByCma(trace, last)
  return birth < attempt.from && !mayBeFreed
}

/** What CMA gave out it does not try to get again before it is freed (mm/cma.c cma_alloc() goes by its bitmap). */
function isGivenByCma(trace: Trace, set: EventRow): boolean {
  const stack = trace.events.stack[set]
  if (stack < 0) return true
  return Array.from(framesOf(trace.stacks, stack)).some((frame) =>
    /^(?:__)?alloc_contig_|^cma_alloc/.test(trace.strings.text(trace.frames.symbol[frame])),
  )
}

function isAllocationOnly(trace: Trace, state: PageState): boolean {
  const { last } = state
  if (last === undefined || trace.events.kind[last] !== SET) return false
  return isOnLru(trace, last) === false && state.life >= 0
}

function isOnLru(trace: Trace, row: EventRow): boolean | undefined {
  return hasPageFlag(trace, trace.strings.text(trace.shapes.flags[trace.events.shape[row]]), 'lru')
}

/** The allocation that made the page unmovable: it owns the page's only reference. Undefined when it was not traced. */
export function allocationCulprit(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
): ToldCulprit | undefined {
  const row = birthOf(trace, derived, state)
  if (row === undefined) return undefined
  const { events } = trace
  const task = trace.contexts.task[events.context[row]]
  const end = derived.lifetimes.to[state.life]
  const isReleased = derived.lifetimes.endEdge[state.life] === 0
  const crossesLoss = hasLossBetween(trace, events.time[row], events.time[events.length - 1])
  const held = end - events.time[row]
  return {
    rank: 1,
    pfn: state.pfn,
    ...culpritIdentity(trace, task, events.stack[row]),
    class: 'allocation',
    kind: !isReleased ? (crossesLoss ? 'unknown' : 'leak') : held >= derived.thresholdNs ? 'long_term' : 'transient',
    heldFrom: events.time[row],
    ...(isReleased ? { heldTo: end } : {}),
    units: 1,
    confidence: dumpsOfPage(trace, state.pfn).some((dump) => dump.reason === 'unmovable page')
      ? 0.9
      : range.namedPfns.includes(state.pfn)
        ? 0.85
        : 0.6,
    anyOf: 1,
    evidence: [getEvidence(trace, row), ...(isReleased ? [] : [openEvidence(trace, crossesLoss, row)])],
  }
}

/**
 * The same by page_owner, where the trace begins after the allocation: the record of the page's life at the failure.
 * Whether the page was freed since is not in it.
 */
export function recordedAllocationCulprit(
  trace: Trace,
  pfn: number,
  time: number | undefined,
): ToldCulprit | undefined {
  const { owners, strings } = trace
  const row = ownerRowAt(trace, pfn, time)
  if (row === undefined) return undefined
  const shape = owners.shape[row]
  if (owners.shapes.pid[shape] < 0) return undefined
  const frame = holderFrameOf(trace, owners.stack[row])
  const text = `page_owner: ${allocationText(trace, row)}; a page that cannot move is held by who allocated it`
  return {
    rank: 1,
    pfn,
    comm: strings.text(owners.shapes.comm[shape]),
    pid: owners.shapes.pid[shape],
    function: frame.symbol,
    module: frame.module,
    stack: owners.stack[row],
    frameIndex: frame.index,
    class: 'allocation',
    kind: 'unknown',
    units: 1,
    confidence: RECORDED,
    anyOf: 1,
    evidence: [{ text, lines: [owners.line[row]] }],
  }
}

function birthOf(trace: Trace, derived: Derived, state: PageState): EventRow | undefined {
  if (state.life < 0) return undefined
  const row = derived.lifetimes.firstRow[state.life]
  return trace.events.kind[row] === SET ? row : undefined
}
