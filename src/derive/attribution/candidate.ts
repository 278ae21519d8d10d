import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, NONE, type PageId, type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { EDGE_CERTAIN } from '../counts/lifetime-table.ts'
import { HOLD_BEGAN_BEFORE, HOLD_OPEN, type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { countProofOf } from './count-proof.ts'
import { leastSpareBetween, untracedPutsBetween } from './count-gap.ts'
import { declarationOf } from './declared.ts'
import { exitOutlivedBy, type OutlivedExit } from './outlived-exit.ts'
import { type CulpritKind } from './finding.ts'
import { hasLossBetween } from './loss.ts'
import { type Attempt, isScannedWithin, type PageState } from './page-state.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'
import { rivalsOf } from './rivals.ts'
import { siblingOf } from './siblings.ts'

const UNKNOWN = classIndexOf('unknown')

/** Holds of one task and one stack on one page, judged together: two identical gets are told apart by nothing. */
export interface Candidate {
  readonly holds: readonly HoldRow[]
  readonly task: TaskId
  readonly stack: StackId
  readonly class: number
  readonly units: number
  readonly isOpenAtFailure: boolean
  readonly isOpenAtScan: boolean
  readonly beganBefore: boolean
  /** No put was seen before the trace ends, and nothing says that there was one. */
  readonly isOpen: boolean
  /** The page's life ended at zero, so it was put, but by an event that is not in the trace and at a time unknown. */
  readonly isUntracedPut: boolean
  /** The count fell by as much, or below what is held, before the failure: the put may be among what was not traced. */
  readonly isDoubtedByCount: boolean
  /** As `isDoubtedByCount`, but the fall shows only at the first event after the failure: the put came before or after. */
  readonly isDoubtedLater: boolean
  /** A put whose get is not in the trace, though the page's whole life is: when it began cannot be told. */
  readonly isUntracedGet: boolean
  readonly from: number
  readonly to: number
  readonly kind: CulpritKind
  readonly crossesLoss: boolean
  /** A hold with a stack that shows what this one without a stack is. */
  readonly sibling: HoldRow | undefined
  /** The count at the failure leaves no doubt that as many references as the open candidates have were held then. */
  readonly isProven: boolean
  /** Other candidates of which it is one, when a put before the failure may have answered any of them. */
  readonly rivals: number
  /** Of a leak: how its task exited, where the trace proves that it did. */
  readonly exit?: OutlivedExit
}

/** The holds of the chosen classes on a page around an attempt, as candidates, likeliest first. */
export function candidatesOf(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  thresholdNs: number,
  isChosen: (classIndex: number) => boolean = isUnexpected,
): readonly Candidate[] {
  const chosen = state.holds.filter(
    (hold) =>
      isChosen(derived.holds.class[hold]) &&
      !isOfAttempt(trace, derived, attempt, hold) &&
      declarationOf(trace, derived, hold) === undefined,
  )
  if (chosen.length === 0) return []
  const proof = countProofOf(trace, derived, state)
  const heldUnits = chosen.reduce((sum, hold) => sum + openUnits(derived, attempt, hold), 0)
  const provenUntil = proof.provenUntil(heldUnits)
  const passingAt = (until: number): number => {
    const last = lastRefUntil(trace, state.page, until)
    return last === undefined ? 0 : proof.passingAt(last)
  }
  const all = alikeOf(derived.holds, chosen).map((holds) =>
    candidateOf(trace, derived, state, attempt, thresholdNs, holds, provenUntil, passingAt),
  )
  const open = all.length === 1 ? all : all.filter((candidate) => candidate.isOpenAtFailure)
  return (open.length > 0 ? open : all)
    .flatMap((candidate) => withRivals(trace, derived, state, attempt, candidate))
    .map((candidate) => withExit(trace, derived, candidate))
    .sort((a, b) => scoreOf(b, attempt) - scoreOf(a, attempt))
}

/** Holds of one task and one stack each, in the order of their first ones. */
function alikeOf({ task, stack }: HoldTable, chosen: readonly HoldRow[]): readonly (readonly HoldRow[])[] {
  if (chosen.length === 1) return [chosen]
  const groups = new Map<number, HoldRow[]>()
  for (const hold of chosen) {
    const key = task[hold] * MOST_STACKS + stack[hold]
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [hold])
    else group.push(hold)
  }
  return [...groups.values()]
}

/** Stack ids are 32-bit. */
const MOST_STACKS = 2 ** 31

function withExit(trace: Trace, derived: Derived, candidate: Candidate): Candidate {
  const exit = candidate.kind === 'leak' ? exitOutlivedBy(trace, derived.holds, candidate.holds) : undefined
  return exit === undefined ? candidate : { ...candidate, exit }
}

function lastRefUntil(trace: Trace, page: PageId, until: number): EventRow | undefined {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  for (let at = findAtLeast(rows, findAbove(trace.events.time, until)) - 1; at >= 0; at--)
    if (isRefKind(trace.events.kind[rows[at]])) return rows[at]
  return undefined
}

/**
 * A get without a stack by a task that isolates pages then, or such a put of a get that is not in the trace: part of the
 * attempt, no reason for its failure.
 */
function isOfAttempt(trace: Trace, { holds }: Derived, attempt: Attempt, hold: HoldRow): boolean {
  const put = holds.putRow[hold]
  if (holds.getRow[hold] < 0 && put >= 0) return isMoversPut(trace, attempt, put)
  return holds.stack[hold] < 0 && holds.from[hold] >= attempt.from && attempt.movers.has(holds.task[hold])
}

/** A put without a stack by a task that isolates pages in the attempt: it puts back what it isolated. */
export function isMoversPut({ events, contexts }: Trace, { movers }: Attempt, put: EventRow): boolean {
  return events.stack[put] < 0 && movers.has(contexts.task[events.context[put]])
}

function openUnits({ holds }: Derived, attempt: Attempt, hold: HoldRow): number {
  return holds.from[hold] <= attempt.at && holds.to[hold] >= attempt.at ? holds.units[hold] : 0
}

/** True for references that migration does not reckon with. */
export function isUnexpected(classIndex: number): boolean {
  return !REFERENCE_CLASSES[classIndex].isExpected
}

/** True for a per-CPU batch of the LRU: drained before an attempt, but one filled after the drain does block. */
export function isBatch(classIndex: number): boolean {
  return REFERENCE_CLASSES[classIndex].id === 'lru'
}

function candidateOf(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  thresholdNs: number,
  group: readonly HoldRow[],
  provenUntil: number | undefined,
  passingAt: (until: number) => number,
): Candidate {
  const { holds } = derived
  const open = group.filter((hold) => holds.from[hold] <= attempt.at && holds.to[hold] >= attempt.at)
  const judged = open.length > 0 ? open : group.slice(-1)
  const main = judged[0]
  let from: number = holds.from[main]
  let to: number = holds.to[main]
  for (const hold of judged) {
    from = Math.min(from, holds.from[hold])
    to = Math.max(to, holds.to[hold])
  }
  const hasNoPut = judged.some((hold) => holds.kind[hold] === HOLD_OPEN)
  const isUntracedPut = hasNoPut && state.life >= 0 && derived.lifetimes.endEdge[state.life] === EDGE_CERTAIN
  const isOpen = hasNoPut && !isUntracedPut
  const crossesLoss = hasLossBetween(trace, from, to)
  const units = judged.reduce((sum, hold) => sum + holds.units[hold], 0)
  const beganBefore = judged.every((hold) => holds.kind[hold] === HOLD_BEGAN_BEFORE)
  const get = holds.getRow[judged[judged.length - 1]]
  const mayBePutBy = (until: number): boolean =>
    get !== NONE &&
    (untracedPutsBetween(trace, derived.rules, state.page, get, until) - passingAt(until) >= units ||
      leastSpareBetween(trace, state.page, get, until) < units)
  const sibling = holds.stack[main] < 0 ? siblingOf(trace, derived, main, attempt.at) : undefined
  return {
    holds: judged,
    task: holds.task[main],
    stack: holds.stack[main],
    class: sibling === undefined || holds.class[main] !== UNKNOWN ? holds.class[main] : holds.class[sibling],
    sibling,
    isProven: open.length > 0 && provenUntil !== undefined && provenUntil >= Math.max(from + 1, attempt.from),
    units,
    isOpenAtFailure: open.length > 0,
    isOpenAtScan: judged.some((hold) => isScannedWithin(trace, state, holds.from[hold], holds.to[hold])),
    beganBefore,
    isOpen,
    isUntracedPut,
    isDoubtedByCount: open.length > 0 && mayBePutBy(attempt.at),
    isDoubtedLater: hasNoPut && state.next !== undefined && mayBePutBy(trace.events.time[state.next]),
    isUntracedGet: beganBefore && state.life >= 0 && derived.lifetimes.startEdge[state.life] === EDGE_CERTAIN,
    from,
    to,
    kind: isOpen
      ? crossesLoss || mayBePutBy(to)
        ? 'unknown'
        : 'leak'
      : isUntracedPut
        ? untracedPutKind(from, to, provenUntil, thresholdNs)
        : closedKind(trace, from, to, thresholdNs),
    crossesLoss,
    rivals: 0,
  }
}

/** A clock that counts has no length of a hold: so many events between its get and its put are no time. */
function closedKind(trace: Trace, from: number, to: number, thresholdNs: number): CulpritKind {
  if (trace.clock.style.unit === 'counts') return 'unknown'
  return to - from >= thresholdNs ? 'long_term' : 'transient'
}

/** A put that no event shows came after the count last proved the hold, and before the page's life ended. */
function untracedPutKind(from: number, to: number, provenUntil: number | undefined, thresholdNs: number): CulpritKind {
  if (provenUntil !== undefined && provenUntil - from >= thresholdNs) return 'long_term'
  return provenUntil !== undefined && to - from < thresholdNs ? 'transient' : 'unknown'
}

/** A candidate that is open at the failure, with those whose put may have been its own. */
function withRivals(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  candidate: Candidate,
): readonly Candidate[] {
  if (!candidate.isOpenAtFailure || candidate.beganBefore || candidate.holds.length > 1) return [candidate]
  const { holds } = derived
  const found = rivalsOf(trace, derived, state, attempt, candidate.holds[0])
  if (found.length === 0) return [candidate]
  const rivals = found.length
  const others = found.map((hold) => ({
    ...candidate,
    holds: [hold],
    task: holds.task[hold],
    stack: holds.stack[hold],
    class: holds.class[hold],
    from: holds.from[hold],
    rivals,
  }))
  return [{ ...candidate, rivals }, ...others]
}

/** Order of suspicion: open at the failure, open at the scan, a get that was seen, a class that says who, then length. */
function scoreOf(candidate: Candidate, attempt: Attempt): number {
  const length = Math.min(1, (Math.min(candidate.to, attempt.at) - candidate.from) / 1e10)
  return (
    (candidate.isOpenAtFailure ? 8 : 0) +
    (candidate.isOpenAtScan ? 4 : 0) +
    (candidate.beganBefore ? 0 : 2) +
    (REFERENCE_CLASSES[candidate.class].id === 'unknown' ? 0 : 1) +
    (candidate.kind === 'transient' ? 0 : 1) +
    length
  )
}
