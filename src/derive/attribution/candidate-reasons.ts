import { decimalLog, naturalLog } from '../../base/same-math.ts'
import { attemptsOf } from '../attempts/attempts.ts'
import { countPointsOf } from '../counts/count-points.ts'
import { statedCount } from '../counts/effect.ts'
import { stackShareOf } from '../counts/stack-share.ts'
import { untoldShareOf } from '../counts/untold-share.ts'
import { type Derived } from '../derived.ts'
import { deltaOf } from '../operation.ts'
import { HOLD_CLOSED } from '../holds/hold-table.ts'
import { isRefKind, SET } from '../../model/event-kind.ts'
import { NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Candidate, isBatch, isUnexpected } from './candidate.ts'
import { countProofOf } from './count-proof.ts'
import { type Habit, habitOf, isByTaker, type PutHabit, putHabitOf } from './hold-habits.ts'
import { heldAlike } from './held-alike.ts'
import { isIncomplete } from './loss.ts'
import { type Judging } from './judging.ts'
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
  /** False where every event of the page's life explains the count: no candidate then has to look for what does not. */
  readonly hasGaps: boolean
  readonly isNamed: boolean
  readonly isMoved: boolean
  /** What the trace lacks, as shares: see `traceReasons`. */
  readonly missing: number
  readonly stacks: number
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
  return {
    excess: excessOf(trace, derived, state),
    openUnits: open.reduce((sum, candidate) => sum + candidate.units / (candidate.rivals + 1), 0),
    hasGaps: hasGaps(trace, derived, state),
    isNamed,
    isMoved: isMoved(trace, derived, state, attempt),
    ...traceReasons(trace),
  }
}

/** What speaks against every answer of a trace: what it lacks. */
export function traceReasons(trace: Trace): { readonly missing: number; readonly stacks: number } {
  return { missing: missingShare(trace), stacks: 1 - stackShareOf(trace) }
}

function missingShare(trace: Trace): number {
  return isIncomplete(trace) ? Math.min(1, untoldShareOf(trace) / MOST_MISSING) : 0
}

/**
 * What speaks for and against one candidate, written as one object: a range may have as many candidates as pages, and
 * objects that are put together from parts take longer to make than to judge.
 */
export function candidateReasons(
  judging: Judging,
  state: PageState,
  candidate: Candidate,
  page: PageReasons,
  anyOf: number,
): Reasons {
  const { trace } = judging
  const { isOpenAtFailure: isOpen, isProven, crossesLoss, isDoubtedByCount } = candidate
  const lack = Math.max(page.missing, page.stacks, Number(crossesLoss))
  const isLastGet = state.last !== undefined && trace.events.time[state.last] === candidate.from && isOpen
  const told = isLastGet ? undefined : page.excess
  const { fell, rose } = page.hasGaps ? gapsOf(judging, state, candidate) : NO_GAPS
  const isShort = isOpen && told !== undefined && told.most < candidate.units
  const isBorne = !isShort && fell === 0 && !isDoubtedByCount
  const put = putOf(judging, candidate)
  const isStackless = candidate.stack < 0
  return {
    missing: page.missing,
    stacks: page.stacks,
    named: Number(page.isNamed),
    unscanned: Number(state.scan === undefined),
    moved: Number(page.isMoved),
    atScan: Number(candidate.isOpenAtScan && isBorne),
    proven: Number(isProven),
    booksBalance: Number(isOpen && told !== undefined && told.least === page.openUnits),
    short: Number(isShort),
    over: Number(page.excess !== undefined && page.excess.least > page.openUnits),
    nothingSince: Number(isLastGet) * lack,
    countBelow: Number(isDoubtedByCount),
    laterBelow: Number(candidate.isDoubtedLater && !isProven),
    untracedGet: Number(candidate.isUntracedGet && !isProven),
    untracedPut: Number(candidate.isUntracedPut && !isProven),
    fell,
    rose,
    ownPut: Number(put.isOwn && isOpen && !candidate.beganBefore),
    loss: Number(crossesLoss && !put.isClosed),
    lossInside: Number(crossesLoss && put.isClosed),
    foreignPut: put.foreign,
    foreignPutInGaps: put.foreign * lack,
    habitInGaps: put.open * page.missing,
    habitInLoss: put.open * Number(crossesLoss),
    unlikeLength: put.unlikeLength * lack,
    habitWithoutStacks: put.open * page.stacks,
    nameless: Number(isStackless && candidate.sibling === undefined),
    sibling: Number(isStackless && candidate.sibling !== undefined),
    unknownClass: Number(REFERENCE_CLASSES[candidate.class].id === 'unknown'),
    batch: Number(isBatch(candidate.class)),
    expected: Number(!isUnexpected(candidate.class) && !isBatch(candidate.class)),
    siblings: siblingsIn(judging, candidate) / MOST_SIBLINGS,
    notOpen: Number(!isOpen),
    getUnseen: Number(candidate.beganBefore),
    passing: Number(candidate.kind === 'transient'),
    alternatives: naturalLog(anyOf),
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

const NO_GAPS = { fell: 0, rose: 0 }

/** Unexplained changes of the count: falls since the get, and rises since the page's life began. */
function gapsOf(
  { trace, derived }: Judging,
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

/** True when a count of the page's life is another than the one before and the operation between make it. */
function hasGaps(trace: Trace, { lifetimes }: Derived, { page, life, last }: PageState): boolean {
  if (last === undefined) return false
  const { events, indexes } = trace
  const { offsets, rows } = indexes.byPage
  const born = lifetimes.firstRow[life] ?? 0
  let before = NOT_BEGUN
  for (let at = offsets[page]; at < offsets[page + 1] && rows[at] <= last; at++) {
    const row = rows[at]
    if (row < born || !isRefKind(events.kind[row])) continue
    const count = statedCount(trace, row) ?? events.count[row]
    const isAsTraced = before === NOT_BEGUN || events.kind[row] === SET || count === before + deltaOf(trace, row)
    if (!isAsTraced) return true
    before = count
  }
  return false
}

/** No count is this low. */
const NOT_BEGUN = Number.NEGATIVE_INFINITY

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
function putOf(
  { trace, derived }: Judging,
  candidate: Candidate,
): {
  readonly isOwn: boolean
  readonly isClosed: boolean
  readonly open: number
  readonly foreign: number
  readonly unlikeLength: number
} {
  const { holds, thresholdNs } = derived
  const [hold] = candidate.holds
  const habit = habitOf(trace, holds, hold, thresholdNs)
  const isClosed = candidate.holds.every((other) => holds.kind[other] === HOLD_CLOSED)
  const isOwn = isByTaker(trace, holds, hold)
  const length = habit ?? putHabitOf(trace, holds, hold, thresholdNs)
  return {
    isOwn,
    isClosed,
    open: isClosed || habit === undefined ? 0 : habit.given / habit.gets,
    foreign: isClosed && habit !== undefined ? foreignness(habit, isOwn) : 0,
    unlikeLength: length === undefined ? 0 : unlikeLength(length, candidate, thresholdNs),
  }
}

/** How often, as a power of ten, the function gives back at once, when this one was held for long. */
function unlikeLength(habit: Habit | PutHabit, candidate: Candidate, thresholdNs: number): number {
  const isLong = candidate.to - candidate.from >= thresholdNs
  const all = 'gets' in habit ? habit.gets : habit.given
  return isLong ? (habit.short / all) * decimalLog(1 + habit.short) : 0
}

/** Share of what the function took elsewhere and gave back otherwise; one more get like this one is reckoned with. */
function foreignness(habit: Habit, isOwn: boolean): number {
  if (habit.given === 0) return 0
  const otherTask = isOwn ? 0 : habit.byTaker / (habit.given + 1)
  const otherFunction = (habit.given - habit.alike) / (habit.given + 1)
  return Math.max(otherTask, otherFunction)
}

const siblingsOf = new WeakMap<Attempt, Map<number, number>>()

/** Stack ids are 32-bit. */
const MOST_STACKS = 2 ** 31

/**
 * Other pages of the range that the same task holds by the same stack over the failure, up to three; less those that
 * would only seem held because an operation is missing, of as many as that stack took.
 */
function siblingsIn(judging: Judging, candidate: Candidate): number {
  if (candidate.stack < 0) return 0
  const known = siblingsOf.get(judging.attempt) ?? new Map<number, number>()
  siblingsOf.set(judging.attempt, known)
  const key = candidate.task * MOST_STACKS + candidate.stack
  const before = known.get(key)
  const pages = before ?? countHeldPages(judging, candidate)
  if (before === undefined) known.set(key, pages)
  return Math.min(MOST_SIBLINGS, Math.max(0, pages - 1))
}

function countHeldPages({ trace, derived: { holds }, range, attempt }: Judging, { stack, task }: Candidate): number {
  const { pages, taken } = heldAlike(trace, holds, { stack, task, range, time: attempt.at })
  return pages - (isIncomplete(trace) ? taken * untoldShareOf(trace) : 0)
}
