import { rowsOf } from '../../base/group-index.ts'
import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { isRefKind, type EventKind, kindOf, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { isDeath } from '../counts/lifetimes.ts'
import { deltaOf } from '../operation.ts'
import { confidenceOf } from './calibration.ts'
import { isMoversPut } from './candidate.ts'
import { traceReasons } from './candidate-reasons.ts'
import { classifierOf } from './classify.ts'
import { culpritIdentity } from './culprit-identity.ts'
import { declarationOf } from './declared.ts'
import { noGetEvidence, putEvidence, scanEvidence } from './evidence.ts'
import { type ToldCulprit, type CulpritKind, type Evidence } from './finding.ts'
import { hasLossBetween } from './loss.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { type Reasons } from './reasons.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'

const LRU = classIndexOf('lru')
const UNKNOWN = classIndexOf('unknown')
const MIGRATION = classIndexOf('migration')
const MAPPING = classIndexOf('mapping')
const PAGE_CACHE = classIndexOf('page_cache')
const ALLOCATION = classIndexOf('allocation')
const PINNER_PUT = kindOf('page_pinner_put')

/** Puts after the failure that are looked at. */
const LOOK_AHEAD = 200

/**
 * Most that a put tells which page_pinner alone recorded: it marks the first bad page alone, traces every put of it, those
 * of innocents first, and no get, so that nothing shows that it was this reference that blocked.
 */
const MOST_BY_PINNER = 0.85

/**
 * The holder of a page with no unexpected hold of its own, known by how it let go: the first put after the failure
 * that is not migration's, a cache's nor an LRU batch's. This is how the exit path was found when the events were introduced:
 * pages unmapped by exit wait in a batch, and nothing but their last put is seen (mm/mmu_gather.c).
 *
 * A reference of a mapping counts only when the page is known, or may be, to have been unmapped at the failure: a
 * mapping that migration can undo does not block. "May be" needs a put soon after: batches are short.
 */
export function releasedCulprit(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
  attempt: Attempt,
  thresholdNs: number,
): ToldCulprit | undefined {
  const put = firstTellingPut(trace, derived, state, attempt)
  if (put === undefined) return undefined
  const kind = trace.events.kind[put]
  const cls = classOfPut(trace, derived, put)
  if (cls === MAPPING && !mayHaveBeenUnmapped(trace, state)) return undefined
  const since = unmappedSince(trace, state, attempt)
  const isLong = trace.events.time[put] - since >= thresholdNs
  if (cls === MAPPING && isLong && !isSeenUnmapped(trace, state)) return undefined
  const task = trace.contexts.task[trace.events.context[put]]
  const isLost = hasLossBetween(trace, attempt.at, trace.events.time[put])
  const evidence: Evidence[] = [
    ...(state.scan === undefined ? [] : [scanEvidence(trace, derived, state.scan)]),
    ...(state.life < 0 || kind === PINNER_PUT ? [noGetEvidence(trace, state.pfn)] : []),
    putEvidence(trace, put, range.time === undefined ? undefined : attempt.at),
    ...(kind === PINNER_PUT ? [pinnerPutEvidence(trace, put)] : []),
  ]
  const reasons = releasedReasons(trace, state, put, cls, isLost)
  return {
    rank: 1,
    pfn: state.pfn,
    ...culpritIdentity(trace, task, trace.events.stack[put]),
    class: REFERENCE_CLASSES[cls].id,
    kind: releasedKind(trace, put, cls, since, thresholdNs),
    heldTo: trace.events.time[put],
    units: Math.max(1, -deltaOf(trace, put)),
    confidence: kind === PINNER_PUT ? Math.min(MOST_BY_PINNER, confidenceOf(reasons)) : confidenceOf(reasons),
    reasons,
    anyOf: 1,
    evidence,
  }
}

function pinnerPutEvidence({ events }: Trace, put: EventRow): Evidence {
  return {
    text: 'not surer because: page_pinner traces the puts of a page that failed, innocent ones too and first, and no gets: that it was this reference which blocked is not shown',
    lines: [events.line[put]],
  }
}

function classOfPut(trace: Trace, derived: Derived, put: EventRow): number {
  const kind = trace.events.kind[put]
  // page_pinner_put carries no amount; its stack is a put's.
  const delta = kind === PINNER_PUT ? -1 : deltaOf(trace, put)
  if (trace.events.stack[put] < 0 && kind !== PINNER_PUT) return classOfAnswered(derived, trace.events.page[put], put)
  return classifierOf(trace, derived.rules).classOf(asRefKind(kind), delta, trace.events.stack[put])
}

/** A put without a stack is what it gave back; the reference of the fault that made the page is its mapping's. */
function classOfAnswered({ holds }: Derived, page: PageId, put: EventRow): number {
  const rows = rowsOf(holds.byPage, page)
  for (let at = rows.length - 1; at >= 0; at--) {
    if (holds.putRow[rows[at]] !== put) continue
    return holds.class[rows[at]] === ALLOCATION ? MAPPING : holds.class[rows[at]]
  }
  return UNKNOWN
}

/** The classifier knows `set` by its kind; every other kind is judged by its stack. */
function asRefKind(kind: EventKind): EventKind {
  return kind === PINNER_PUT ? kindOf('page_ref_mod_and_test') : kind
}

function firstTellingPut(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): EventRow | undefined {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, state.page)
  const begin = findAtLeast(rows, findAbove(trace.events.time, attempt.at))
  const isPinnerOnly = state.last === undefined && state.next === undefined
  let fallback: EventRow | undefined
  for (let at = begin; at < rows.length && at < begin + LOOK_AHEAD; at++) {
    const row = rows[at]
    const kind = trace.events.kind[row]
    if (kind === kindOf('page_ref_set')) break
    if (isPinnerOnly ? kind !== PINNER_PUT : !isRefKind(kind) || deltaOf(trace, row) >= 0) continue
    if (!isPinnerOnly && isAnswered(trace, derived, row, state, attempt)) continue
    if (isMoversPut(trace, attempt, row)) continue
    const cls = classOfPut(trace, derived, row)
    if (cls !== LRU && cls !== MIGRATION && cls !== MAPPING && cls !== PAGE_CACHE) return row
    if (cls === MAPPING) fallback ??= row
    if (isDeath(trace, row)) break
  }
  return fallback
}

/** True when a get after the failure, or one that a person declared, explains the put: it names nobody to blame then. */
function isAnswered(trace: Trace, derived: Derived, put: EventRow, state: PageState, attempt: Attempt): boolean {
  const rows = rowsOf(derived.holds.byPage, state.page)
  for (let at = rows.length - 1; at >= 0; at--) {
    const hold = rows[at]
    if (derived.holds.putRow[hold] !== put) continue
    if (declarationOf(trace, derived, hold) !== undefined) return true
    return derived.holds.getRow[hold] >= 0 && derived.holds.from[hold] > attempt.at
  }
  return false
}

/** Unmapped at the failure, as the last event before it or (failing that) the first one after it shows; unknown counts as "may". */
function mayHaveBeenUnmapped(trace: Trace, state: PageState): boolean {
  if (state.mappings !== undefined && state.last !== undefined) {
    if (state.mappings === 0) return true
    if (state.scan !== undefined) return false
  }
  return state.next === undefined || (mappingsOf(trace, state.next) ?? 0) === 0
}

/** When the page was first seen unmapped before the failure, else the failure: the reference was rightful until then. */
function unmappedSince(trace: Trace, state: PageState, attempt: Attempt): number {
  return isSeenUnmapped(trace, state) ? Math.min(trace.events.time[state.last], attempt.at) : attempt.at
}

/** A page is not yet mapped when it is allocated: that says nothing of later. */
function isSeenUnmapped(trace: Trace, state: PageState): state is PageState & { readonly last: EventRow } {
  return state.mappings === 0 && state.last !== undefined && trace.events.kind[state.last] !== SET
}

function releasedKind(trace: Trace, put: EventRow, cls: number, since: number, thresholdNs: number): CulpritKind {
  if (trace.clock.style.unit === 'counts') return 'unknown'
  const held = trace.events.time[put] - since
  if (held >= thresholdNs) return 'long_term'
  return cls === MAPPING ? 'transient' : 'unknown'
}

function releasedReasons(trace: Trace, state: PageState, put: EventRow, cls: number, isLost: boolean): Reasons {
  const isMapping = cls === MAPPING
  const isLastPut = trace.shapes.ret[trace.events.shape[put]] === 1
  return {
    ...traceReasons(trace),
    byPut: 1,
    named: 1,
    mappingPut: Number(isMapping),
    unmappingUnseen: Number(isMapping && !(state.scan !== undefined && state.mappings === 0)),
    notLastPut: Number(isMapping && !isLastPut),
    atScan: Number(isMapping && state.scan !== undefined && state.mappings === 0),
    unscanned: Number(state.scan === undefined),
    lossInside: Number(isLost),
    unknownClass: Number(cls === UNKNOWN),
  }
}
