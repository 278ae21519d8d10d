import { rowsOf } from '../../base/group-index.ts'
import { attemptsOf } from '../attempts/attempts.ts'
import { countPointsOf } from '../counts/count-points.ts'
import { stackShareOf } from '../counts/stack-share.ts'
import { untoldShareOf } from '../counts/untold-share.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { HOLD_CLOSED } from '../holds/hold-table.ts'
import { NONE, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Candidate, isBatch, isUnexpected } from './candidate.ts'
import { countProofOf } from './count-proof.ts'
import { type Habit, habitOf, isByTaker, type PutHabit, putHabitOf } from './hold-habits.ts'
import { isIncomplete } from './loss.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { type Reasons } from './reasons.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Share of untold changes of counts from which on a trace lacks so much that more makes no difference. */
const MOST_MISSING = 0.25
/** More of one kind say no more. */
const MOST_GAPS = 2
const MOST_SIBLINGS = 3

/** Of a fall of the count, what makes it a put of the whole hold: others may come meanwhile. */
const MOST_OF_IT = 0.9

/** What is asked once for all candidates of a page. */
export interface PageReasons {
  readonly excess: { readonly least: number; readonly most: number } | undefined
  /** References that all candidates open at the failure have. */
  readonly openUnits: number
  readonly reasons: Reasons
}

/** What speaks for and against every answer to a page. O(events of the page). */
export function pageReasons(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  candidates: readonly Candidate[],
  isNamed: boolean,
): PageReasons {
  const open = candidates.filter((candidate) => candidate.isOpenAtFailure)
  const openUnits = open.reduce((sum, candidate) => sum + candidate.units / (candidate.rivals + 1), 0)
  return {
    excess: excessOf(trace, derived, state),
    openUnits,
    reasons: {
      ...traceReasons(trace),
      named: Number(isNamed),
      unscanned: Number(state.scan === undefined),
      moved: Number(isMoved(trace, derived, state, attempt)),
    },
  }
}

/** What speaks against every answer of a trace: what it lacks. */
export function traceReasons(trace: Trace): Reasons {
  return { missing: missingShare(trace), stacks: 1 - stackShareOf(trace) }
}

function missingShare(trace: Trace): number {
  return isIncomplete(trace) ? Math.min(1, untoldShareOf(trace) / MOST_MISSING) : 0
}

/** What speaks for and against one candidate. */
export function candidateReasons(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
  attempt: Attempt,
  candidate: Candidate,
  page: PageReasons,
  anyOf: number,
): Reasons {
  return {
    ...page.reasons,
    ...countReasons(trace, derived, state, candidate, page),
    ...putReasons(trace, derived, candidate),
    ...nameReasons(candidate),
    siblings: siblingsIn(trace, derived, range, attempt, candidate) / MOST_SIBLINGS,
    notOpen: Number(!candidate.isOpenAtFailure),
    getUnseen: Number(candidate.beganBefore),
    passing: Number(candidate.kind === 'transient'),
    alternatives: Math.log(anyOf),
  }
}

/** References to spare at the last event before the failure, at least and at most: a cache may be unknown. */
function excessOf(trace: Trace, derived: Derived, state: PageState): PageReasons['excess'] {
  if (state.last === undefined) return undefined
  const proof = countProofOf(trace, derived, state)
  const least = proof.leastExcessAt(state.last)
  const most = proof.mostExcessAt(state.last)
  return least === undefined || most === undefined ? undefined : { least, most }
}

function countReasons(
  trace: Trace,
  derived: Derived,
  state: PageState,
  candidate: Candidate,
  { excess, openUnits }: PageReasons,
): Reasons {
  const isOpen = candidate.isOpenAtFailure
  const isLastGet = state.last !== undefined && trace.events.time[state.last] === candidate.from && isOpen
  const told = isLastGet ? undefined : excess
  const { fell, rose } = gapsOf(trace, derived, state, candidate)
  const isShort = isOpen && told !== undefined && told.most < candidate.units
  const isBorne = !isShort && fell === 0 && !candidate.isDoubtedByCount
  return {
    atScan: Number(candidate.isOpenAtScan && isBorne),
    proven: Number(candidate.isProven),
    booksBalance: Number(isOpen && told !== undefined && told.least === openUnits),
    short: Number(isShort),
    over: Number(excess !== undefined && excess.least > openUnits),
    nothingSince: Number(isLastGet) * lackOf(trace, candidate),
    countBelow: Number(candidate.isDoubtedByCount),
    laterBelow: Number(candidate.isDoubtedLater && !candidate.isProven),
    untracedGet: Number(candidate.isUntracedGet && !candidate.isProven),
    untracedPut: Number(candidate.isUntracedPut && !candidate.isProven),
    fell,
    rose,
  }
}

/** Unexplained changes of the count: falls since the get, and rises since the page's life began. */
function gapsOf(
  trace: Trace,
  derived: Derived,
  state: PageState,
  candidate: Candidate,
): { readonly fell: number; readonly rose: number } {
  const points = countPointsOf(trace, state.page, derived.lifetimes.firstRow[state.life], state.last ?? NONE)
  const proof = countProofOf(trace, derived, state)
  let fell = 0
  let rose = 0
  for (let at = 1; at < points.length; at++) {
    const { time, gap, gapKind, mapcount } = points[at]
    if (gapKind !== 'missing') continue
    if (gap > 0) rose++
    if (gap > 0 || time <= candidate.from) continue
    const before = points[at - 1]
    const unmapped = Math.max(0, (before.mapcount ?? 0) - (mapcount ?? 0))
    if (gap + unmapped + proof.passingAt(before.row) <= -Math.ceil(candidate.units * MOST_OF_IT)) fell++
  }
  return { fell: Math.min(MOST_GAPS, fell), rose: Math.min(MOST_GAPS, rose) }
}

/** Unmapped by an attempt that has not mapped it back, or moved. */
function isMoved(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): boolean {
  return attemptsOf(trace, derived, state.page).some(
    ({ from, to, outcome, unmapped, remapped }) =>
      from >= attempt.from &&
      to <= attempt.at &&
      (outcome === 'moved' || (outcome === 'unfinished' && unmapped > remapped)),
  )
}

/** How it was given back, or was not, beside how others of its function are. */
function putReasons(trace: Trace, derived: Derived, candidate: Candidate): Reasons {
  const { holds } = derived
  const [hold] = candidate.holds
  const habit = habitOf(trace, holds, hold, derived.thresholdNs)
  const isClosed = candidate.holds.every((other) => holds.kind[other] === HOLD_CLOSED)
  const isOwn = isByTaker(trace, holds, hold)
  const length = habit ?? putHabitOf(trace, holds, hold, derived.thresholdNs)
  const open = isClosed || habit === undefined ? 0 : habit.given / habit.gets
  const foreign = isClosed && habit !== undefined ? foreignness(habit, isOwn) : 0
  return {
    ownPut: Number(isOwn && candidate.isOpenAtFailure && !candidate.beganBefore),
    loss: Number(candidate.crossesLoss && !isClosed),
    lossInside: Number(candidate.crossesLoss && isClosed),
    foreignPut: foreign,
    foreignPutInGaps: foreign * lackOf(trace, candidate),
    habitInGaps: open * missingShare(trace),
    habitInLoss: open * Number(candidate.crossesLoss),
    unlikeLength:
      length === undefined ? 0 : unlikeLength(length, candidate, derived.thresholdNs) * lackOf(trace, candidate),
    habitWithoutStacks: open * (1 - stackShareOf(trace)),
  }
}

/** How often, as a power of ten, the function gives back at once, when this one was held for long. */
function unlikeLength(habit: Habit | PutHabit, candidate: Candidate, thresholdNs: number): number {
  const isLong = candidate.to - candidate.from >= thresholdNs
  const all = 'gets' in habit ? habit.gets : habit.given
  return isLong ? (habit.short / all) * Math.log10(1 + habit.short) : 0
}

/** How far what happened to a hold may be missing from the trace, 0 … 1. */
function lackOf(trace: Trace, candidate: Candidate): number {
  return Math.max(missingShare(trace), 1 - stackShareOf(trace), Number(candidate.crossesLoss))
}

/** Share of what the function took elsewhere and gave back otherwise; one more get like this one is reckoned with. */
function foreignness(habit: Habit, isOwn: boolean): number {
  if (habit.given === 0) return 0
  const otherTask = isOwn ? 0 : habit.byTaker / (habit.given + 1)
  const otherFunction = (habit.given - habit.alike) / (habit.given + 1)
  return Math.max(otherTask, otherFunction)
}

function nameReasons(candidate: Candidate): Reasons {
  const isStackless = candidate.stack < 0
  return {
    nameless: Number(isStackless && candidate.sibling === undefined),
    sibling: Number(isStackless && candidate.sibling !== undefined),
    unknownClass: Number(REFERENCE_CLASSES[candidate.class].id === 'unknown'),
    batch: Number(isBatch(candidate.class)),
    expected: Number(!isUnexpected(candidate.class) && !isBatch(candidate.class)),
  }
}

const siblingsOf = new WeakMap<Attempt, Map<string, number>>()

/**
 * Other pages of the range that the same task holds by the same stack over the failure, up to three; less those that
 * would only seem held because an operation is missing, of as many as that stack took.
 */
function siblingsIn(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  attempt: Attempt,
  candidate: Candidate,
): number {
  if (candidate.stack < 0) return 0
  const known = siblingsOf.get(attempt) ?? new Map<string, number>()
  siblingsOf.set(attempt, known)
  const key = `${candidate.task}:${candidate.stack}`
  const pages = known.get(key) ?? countHeldPages(trace, derived, range, attempt, candidate)
  known.set(key, pages)
  return Math.min(MOST_SIBLINGS, Math.max(0, pages - 1))
}

function countHeldPages(
  trace: Trace,
  { holds }: Derived,
  range: FailedRange,
  attempt: Attempt,
  { stack, task }: Candidate,
): number {
  const pages = new Set<PageId>()
  let taken = 0
  const rows = rowsOf(holds.byStack, stack)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    const pfn = trace.pages.pfn[holds.page[hold]]
    const isInRange = pfn >= range.startPfn && pfn < range.endPfn
    const isOpen = holds.from[hold] <= attempt.at && holds.to[hold] >= attempt.at
    if (holds.task[hold] === task) taken++
    if (isInRange && isOpen && holds.task[hold] === task) pages.add(holds.page[hold])
  }
  return pages.size - (isIncomplete(trace) ? taken * untoldShareOf(trace) : 0)
}
