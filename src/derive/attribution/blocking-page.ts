import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { attemptsOf } from '../attempts/attempts.ts'
import { folioPlaceOf } from '../compound.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { type Candidate, candidatesOf, isBatch, isUnexpected } from './candidate.ts'
import { putEvidence, scanEvidence } from './evidence.ts'
import { bufferCandidates, BUSY_BUFFERS, hasPrivateData } from './buffers.ts'
import { withEarlierScan } from './earlier-scan.ts'
import { declaredEvidence, declaredReason } from './declared-evidence.ts'
import { excessAt } from './excess.ts'
import { boundsEvidence } from './excess-evidence.ts'
import { freezeEvidence } from './freeze-evidence.ts'
import { type Evidence, type ToldCulprit, type ToldPage, type Verdict } from './finding.ts'
import { holderCulprits } from './holder-culprits.ts'
import { type Judging } from './judging.ts'
import { type Attempt, isUntouched, type PageState, pageStateAt } from './page-state.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'
import { PINNER_REASON, pinnerCulprits, pinnerPageEvidence } from './pinner-culprits.ts'
import { releasedCulprit } from './released-culprit.ts'
import { scanHoldsEvidence } from './scan-holds.ts'
import { suspectOf } from './suspect.ts'
import { pageEvidence } from './page-evidence.ts'
import {
  allocationCulprit,
  isDumpedUnmovable,
  isLeftByScan,
  isUnmovable,
  recordedAllocationCulprit,
} from './unmovable.ts'
import { untracedReason } from './untraced-reason.ts'

/** Judges a page that the kernel named: it did block, the question is by whom. Without an attempt no event can tell. */
export function judgeNamed(judging: Omit<Judging, 'attempt'> & Partial<Judging>, pfn: number): ToldPage {
  const { trace, derived, range, attempt } = judging
  const { headPfn } = folioPlaceOf(trace, pfn, attempt?.at)
  const page = trace.pages.find(headPfn)
  if (page < 0 || attempt === undefined) return untraced(trace, derived, range, pfn, headPfn)
  return judgeTraced({ ...judging, attempt }, pfn, pageStateAt(trace, derived, page, attempt))
}

function judgeTraced(judging: Judging, pfn: number, state: PageState): ToldPage {
  const { trace, derived, range, attempt } = judging
  const told = (culprits: readonly ToldCulprit[], reason = ''): ToldPage =>
    pageOf(judging, pfn, state, true, culprits, reason)
  const culpritsOf = (candidates: readonly Candidate[]): readonly ToldCulprit[] =>
    holderCulprits(judging, state, candidates, true)
  const holders = culpritsOf(candidatesOf(trace, derived, state, attempt, derived.thresholdNs))
  const isCertain = !isDumpedUnmovable(trace, state) && togetherSure(holders) >= DOUBTFUL
  if (isCertain) return told(holders)
  if (isUnmovable(trace, state)) return unmovablePage(judging, pfn, state, true)
  const released = releasedCulprit(trace, derived, range, state, attempt, derived.thresholdNs)
  const all = released === undefined ? holders : ranked([...holders, released])
  if (all.length > 0) return told(all)
  const batches = candidatesOf(trace, derived, state, attempt, derived.thresholdNs, isBatch).filter(
    (candidate) => !isPutback(trace, state, attempt, candidate),
  )
  if (batches.length > 0) return told(culpritsOf(batches))
  if (hasPrivateData(trace, state)) {
    const culprits = culpritsOf(bufferCandidates(trace, derived, state, attempt))
    return { ...told(culprits, BUSY_BUFFERS), verdict: 'unknown' }
  }
  if (state.last === undefined && state.next === undefined) {
    const recorded = pinnerCulprits(trace, derived, range, pfn)
    if (recorded.length > 0) return told(recorded, PINNER_REASON)
  }
  const suspect = suspectOf(trace, derived, state, attempt, true)
  if (suspect !== undefined) return told([suspect], ONLY_COUNT_TELLS)
  const freed = freedWithin(trace, state, attempt)
  const untold = told(
    [],
    declaredReason(trace, derived, state, attempt) || (freed === undefined ? NOTHING_TELLS : ON_ITS_WAY),
  )
  return freed === undefined
    ? untold
    : { ...untold, evidence: [putEvidence(trace, freed, attempt.at), ...untold.evidence] }
}

/** A page that no migration moves: who allocated it is the answer. */
function unmovablePage(judging: Judging, pfn: number, state: PageState, isNamed: boolean): ToldPage {
  const { trace, derived, range, attempt } = judging
  const culprit = allocationCulprit(trace, derived, range, state) ?? recordedAllocationCulprit(trace, pfn, attempt.at)
  const culprits = culprit === undefined ? [] : [culprit]
  // No count makes a page move that cannot: an excess would be said of nothing.
  const { excess: _, ...judged } = pageOf(judging, pfn, state, isNamed, culprits, CANNOT_MOVE)
  return { ...judged, verdict: 'unmovable' }
}

const CANNOT_MOVE = 'not a reference problem: the page cannot be moved; see who allocated it'

const ONLY_COUNT_TELLS =
  'the count shows a hold that no event does: the task named is the only one seen to have mapped the page'

/** The batch that the isolating task put the page back through: what follows a failure is not its reason. */
function isPutback(trace: Trace, state: PageState, attempt: Attempt, candidate: Candidate): boolean {
  if (state.scan === undefined || candidate.from < attempt.from) return false
  return trace.contexts.task[trace.events.context[state.scan]] === candidate.task
}

/**
 * The put that freed the page while the attempt went on: it stays in the way until the allocator has it back, which a
 * batch or a per-CPU list delays (mm/page_isolation.c __test_page_isolated_in_pageblock() takes buddy pages alone).
 */
function freedWithin(trace: Trace, { life, last }: PageState, attempt: Attempt): EventRow | undefined {
  if (life >= 0 || last === undefined || trace.events.count[last] !== 0) return undefined
  return trace.events.time[last] >= attempt.from ? last : undefined
}

const ON_ITS_WAY =
  'no reference was left: the page was freed during the attempt, and was not back in the free lists of the allocator yet'

const NOTHING_TELLS = 'no open unexpected reference of this page in the trace, and no put after the failure that tells'

/** Holders below this confidence do not stand alone: what the put after the failure tells is asked too. */
const DOUBTFUL = 0.5

/** How sure it is that one of the likeliest holders blocked, whichever of them. */
function togetherSure(holders: readonly ToldCulprit[]): number {
  const [top] = holders
  return top === undefined ? 0 : top.confidence * top.anyOf
}

function ranked(culprits: readonly ToldCulprit[]): readonly ToldCulprit[] {
  return culprits.toSorted((a, b) => b.confidence - a.confidence).map((culprit, at) => ({ ...culprit, rank: at + 1 }))
}

/** Judges any other page of the range: undefined when no unexpected reference was open on it at the failure, and it can move. */
export function judgeUnnamed(judging: Judging, page: PageId): ToldPage | undefined {
  const { trace, derived, range, attempt } = judging
  if (isUntouched(trace, derived, page, attempt)) return undefined
  const state = pageStateAt(trace, derived, page, attempt)
  if (isLeftByScan(trace, range, state, attempt)) return unmovablePage(judging, state.pfn, state, false)
  const isHeld = state.holds.some((hold) => isUnexpected(derived.holds.class[hold]))
  if (state.holds.length === 0 || (!isHeld && state.scan === undefined)) return undefined
  const candidates = candidatesOf(trace, derived, state, attempt, derived.thresholdNs).filter(
    (candidate) => speaksForItself(candidate) || wasMetByScan(trace, derived, state, candidate),
  )
  if (candidates.length === 0) {
    // One reference more may be anything that passes; 1024 of them are a pin.
    const suspect = state.scan === undefined ? undefined : suspectOf(trace, derived, state, attempt, false)
    return suspect?.class !== 'gup_pin'
      ? undefined
      : pageOf(judging, state.pfn, state, false, [suspect], ONLY_COUNT_TELLS)
  }
  const culprits = holderCulprits(judging, state, candidates, false)
  const blocking = pageOf(judging, state.pfn, state, false, culprits, '')
  return judging.isTold ? withEarlierScan(trace, derived, range, attempt, state, blocking) : blocking
}

/** A page that the kernel did not name is listed only for a hold that was open then and known to be unexpected, by its stack
 * or because the count leaves nothing else. */
function speaksForItself(candidate: Candidate): boolean {
  const isStackless = candidate.stack < 0 && REFERENCE_CLASSES[candidate.class].id === 'unknown'
  const isSure = candidate.isProven || !(isStackless || candidate.isUntracedGet)
  return candidate.isOpenAtFailure && isSure
}

/**
 * True when the last isolating look at the page met the hold and let the page be: it stayed, and blocks as well as the one
 * that the kernel names, though the hold ended before the failure (mm/compaction.c isolate_migratepages_block()).
 */
function wasMetByScan(trace: Trace, derived: Derived, state: PageState, candidate: Candidate): boolean {
  const { scan } = state
  if (scan === undefined || candidate.beganBefore || candidate.stack < 0) return false
  const time = trace.events.time[scan]
  const isMet = candidate.holds.some((hold) => derived.holds.from[hold] <= time && derived.holds.to[hold] >= time)
  const look = isMet && attemptsOf(trace, derived, state.page).find(({ rows }) => rows.includes(scan))
  return look !== undefined && look !== false && (look.outcome === 'skipped' || look.outcome === 'failed')
}

function pageOf(
  judging: Judging,
  pfn: number,
  state: PageState,
  isNamed: boolean,
  culprits: readonly ToldCulprit[],
  reason: string,
): ToldPage {
  const { count, mappings } = state
  const page: ToldPage = {
    pfn,
    headPfn: state.pfn,
    isNamed,
    verdict: verdictOf(culprits),
    reason,
    ...(count === undefined ? undefined : { count }),
    ...(mappings === undefined ? undefined : { mapcount: mappings }),
    culprits,
    evidence: NOT_TOLD,
  }
  return judging.isTold ? toldWhole(judging, state, page) : page
}

const NOT_TOLD: readonly Evidence[] = []

function toldWhole({ trace, derived, attempt }: Judging, state: PageState, page: ToldPage): ToldPage {
  const excess = excessAt(trace, derived, state, attempt)
  return {
    ...page,
    ...(excess === undefined || excess.least !== excess.most ? {} : { excess: excess.least }),
    evidence: [
      ...declaredEvidence(trace, derived, state, attempt),
      ...ownScan(trace, derived, state, page.culprits),
      ...freezeEvidence(trace, derived, state, attempt),
      ...scanHoldsEvidence(trace, derived, state, attempt),
      ...boundsEvidence(trace, excess),
      ...pageEvidence(trace, page.pfn, attempt.at),
    ],
  }
}

/** The isolating look at the page, unless a culprit's own evidence has it. */
function ownScan(
  trace: Trace,
  derived: Derived,
  state: PageState,
  culprits: readonly ToldCulprit[],
): readonly Evidence[] {
  return state.scan === undefined || culprits.length > 0 ? [] : [scanEvidence(trace, derived, state.scan)]
}

function verdictOf(culprits: readonly ToldCulprit[]): Verdict {
  const top = culprits.at(0)
  if (top === undefined) return 'unknown'
  return top.kind === 'transient' ? 'transient' : 'held'
}

function untraced(trace: Trace, derived: Derived, range: FailedRange, pfn: number, headPfn: number): ToldPage {
  const evidence = [...pinnerPageEvidence(trace, pfn), ...pageEvidence(trace, pfn, range.time)]
  const culprits = pinnerCulprits(trace, derived, range, pfn)
  const isStuck = dumpsOfPage(trace, pfn).some((dump) => dump.reason === 'unmovable page')
  if (culprits.length > 0 && !isStuck) {
    return { pfn, headPfn, isNamed: true, verdict: verdictOf(culprits), reason: PINNER_REASON, culprits, evidence }
  }
  const allocation = isStuck ? recordedAllocationCulprit(trace, pfn, range.time) : undefined
  return {
    pfn,
    headPfn,
    isNamed: true,
    verdict: isStuck ? 'unmovable' : 'unknown',
    reason: isStuck ? 'not a reference problem: the kernel says that the page cannot be moved' : untracedReason(trace),
    culprits: allocation === undefined ? [] : [allocation],
    evidence,
  }
}
