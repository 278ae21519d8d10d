import { rowsOf } from '../../base/group-index.ts'
import { type Derived } from '../derived.ts'
import { EDGE_TRACE } from '../counts/lifetime-table.ts'
import { deltaOf } from '../operation.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, NONE, type PageId, type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { statingFreeze } from './attempt-freezes.ts'
import { confidenceOf } from './calibration.ts'
import { traceReasons } from './candidate-reasons.ts'
import { classifierOf, PIN_BIAS } from './classify.ts'
import { type CountProof, countProofOf } from './count-proof.ts'
import { culpritIdentity } from './culprit-identity.ts'
import { scanEvidence, suspectEvidence, unseenEvidence } from './evidence.ts'
import { type ToldCulprit } from './finding.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { classIndexOf } from './reference-class.ts'

const MAPPING = classIndexOf('mapping')
const ALLOCATION = classIndexOf('allocation')
const REMAP_RULE = 'migration-remap'

/** A task that has a page to itself is suspected, never believed: below "possible". */
const SUSPECTED = 0.35

/**
 * Who is to be asked first about a page that the count shows to be held, when no event shows by whom: the one task that
 * mapped it. Pins and gets of user pages are taken through user mappings (mm/gup.c), so a page that only one task ever
 * mapped is held by that task or on its behalf. Undefined when several did, when none is known, and when the count
 * does not prove a hold.
 */
export function suspectOf(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  isNamed: boolean,
): ToldCulprit | undefined {
  const { last } = state
  if (last === undefined || state.life < 0) return undefined
  // A page that the kernel named did block: a reference that may be a cache's, which moves, is not what it failed for.
  const proof = countProofOf(trace, derived, state, !isNamed)
  const excess = Math.min(proof.leastExcessAt(last) ?? 0, statedMost(trace, derived, state, attempt))
  const pins = Math.round(excess / PIN_BIAS)
  const isPin = pins > 0 && Math.abs(excess - pins * PIN_BIAS) <= 1
  const units = isPin ? pins * PIN_BIAS : excess
  const user = units > 0 ? onlyUser(trace, derived, state, attempt) : undefined
  if (user === undefined) return undefined
  const reasons = {
    ...traceReasons(trace),
    suspected: 1,
    named: Number(isNamed),
    unscanned: Number(state.scan === undefined),
    unknownClass: Number(!isPin),
  }
  return {
    rank: 1,
    pfn: state.pfn,
    ...culpritIdentity(trace, trace.contexts.task[trace.events.context[user]], NONE as StackId),
    class: isPin ? 'gup_pin' : 'unknown',
    kind: isHeldToTheEnd(trace, derived, state, proof, excess) ? 'leak' : 'unknown',
    units,
    confidence: Math.min(SUSPECTED, confidenceOf(reasons)),
    reasons,
    anyOf: 1,
    evidence: [
      ...(state.scan === undefined ? [] : [scanEvidence(trace, derived, state.scan)]),
      unseenEvidence(trace, last, units),
      suspectEvidence(trace, user),
    ],
  }
}

/** What the kernel found too many when it refused the attempt to freeze the page: it knows better than any reckoning. */
function statedMost(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): number {
  const stating = statingFreeze(trace, derived, state, attempt)
  return stating?.isOfAttempt ? (stating.excess?.most ?? Infinity) : Infinity
}

/** An event by which the only task that ever mapped the page is known; undefined when there are several, or none. */
function onlyUser(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): EventRow | undefined {
  const classifier = classifierOf(trace, derived.rules)
  const { events, contexts } = trace
  const users = new Map<TaskId, EventRow>()
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, state.page)
  const { firstRow, lastRow } = derived.lifetimes
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    if (row < firstRow[state.life] || row > lastRow[state.life] || !isRefKind(events.kind[row])) continue
    const [kind, delta, task] = [events.kind[row], deltaOf(trace, row), contexts.task[events.context[row]]]
    const cls = classifier.classOf(kind, delta, events.stack[row])
    const isMapping = cls === MAPPING || cls === ALLOCATION
    const isMovers = attempt.movers.has(task) || classifier.ruleOf(kind, delta, events.stack[row]) === REMAP_RULE
    if (delta !== 0 && isMapping && !isMovers && !users.has(task)) users.set(task, row)
  }
  return users.size === 1 ? [...users.values()][0] : undefined
}

/** True when the count still shows the references at the last event of the page, and nothing ended its life. */
function isHeldToTheEnd(
  trace: Trace,
  { lifetimes }: Derived,
  { life }: PageState,
  proof: CountProof,
  units: number,
): boolean {
  const until = proof.provenUntil(units)
  return (
    lifetimes.endEdge[life] === EDGE_TRACE && until !== undefined && until >= trace.events.time[lifetimes.lastRow[life]]
  )
}
