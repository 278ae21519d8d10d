import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { stackShareOf } from '../counts/stack-share.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type Candidate, isBatch, isUnexpected } from './candidate.ts'
import { isSameRecording, spareAt } from './count-gap.ts'
import { confidenceOfScore } from './calibration.ts'
import { HOLD_CLOSED } from '../holds/hold-table.ts'
import { culpritIdentity } from './culprit-identity.ts'
import {
  countEvidence,
  getEvidence,
  noGetEvidence,
  openEvidence,
  putEvidence,
  rivalEvidence,
  siblingEvidence,
  scanEvidence,
  untracedPutEvidence,
} from './evidence.ts'
import { type Culprit, type Evidence } from './finding.ts'
import { isIncomplete, trustIn } from './loss.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Evidence of at most this many gets of one candidate is listed. */
const GETS_SHOWN = 3

/** Turns candidates, likeliest first, into ranked culprits. `excess` is what the count says, when it says anything. */
export function holderCulprits(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
  attempt: Attempt,
  candidates: readonly Candidate[],
  isNamed: boolean,
): readonly Culprit[] {
  const inseparable = separableCount(trace, derived, state, candidates)
  const trust = trustIn(trace)
  const anyOfFor = (candidate: Candidate): number => Math.max(inseparable, candidate.rivals + 1)
  return candidates.map((candidate, at) => ({
    rank: at + 1,
    pfn: state.pfn,
    ...culpritIdentity(trace, candidate.task, namingStack(trace, derived, candidate)),
    class: REFERENCE_CLASSES[candidate.class].id,
    kind: candidate.kind,
    ...(candidate.beganBefore ? {} : { heldFrom: candidate.from as TimeNs }),
    ...(candidate.isOpen || candidate.isUntracedPut ? {} : { heldTo: candidate.to as TimeNs }),
    units: candidate.units,
    confidence: calibrated(
      trace,
      candidate,
      anyOfFor(candidate),
      at,
      trust * confidenceOf(trace, derived, candidate, anyOfFor(candidate), at, isNamed),
    ),
    anyOf: anyOfFor(candidate),
    hold: candidate.holds[0],
    evidence: evidenceOf(trace, derived, range, state, attempt, candidate),
  }))
}

/**
 * How many candidates the evidence does not separate. One when each of them was open at the failure: each alone would
 * have blocked. When none was, or the count leaves room for fewer than there are, any of them may be it.
 */
function separableCount(trace: Trace, derived: Derived, state: PageState, candidates: readonly Candidate[]): number {
  const open = candidates.filter((candidate) => candidate.isOpenAtFailure)
  if (open.length === 0) return Math.max(1, candidates.length)
  const { last } = state
  if (last === undefined) return 1
  const units = open
    .filter(({ holds: [hold] }) => {
      const get = derived.holds.getRow[hold]
      return get === NONE || isSameRecording(trace, get, last)
    })
    .reduce((sum, candidate) => sum + candidate.units / (candidate.rivals + 1), 0)
  return spareAt(trace, last) < units ? open.length : 1
}

/**
 * The curve tells what a score is worth for the first of a page's holders. What the count itself speaks against, and what
 * was not open at the failure, keeps its score; a softer doubt ("any of N" among them) keeps it below "sure".
 */
function calibrated(trace: Trace, candidate: Candidate, anyOf: number, at: number, score: number): number {
  const isSpokenAgainst =
    candidate.isDoubtedByCount || !candidate.isOpenAtFailure || (candidate.isUntracedPut && !candidate.isProven)
  if (isSpokenAgainst || at > 0 || !isUnexpected(candidate.class)) return round2(score)
  const isDoubted =
    anyOf > 1 ||
    isNameless(candidate) ||
    candidate.crossesLoss ||
    (!candidate.isProven && (candidate.isDoubtedLater || candidate.isUntracedGet))
  const most = isDoubted ? MOST_IN_DOUBT : candidate.beganBefore ? MOST_WITHOUT_GET : 1
  return Math.max(round2(score), Math.min(confidenceOfScore(score, isIncomplete(trace)), most))
}

/** Just below what is called confident. */
const MOST_IN_DOUBT = 0.79
/** The get was not seen: below "very likely". */
const MOST_WITHOUT_GET = 0.89

function confidenceOf(
  trace: Trace,
  derived: Derived,
  candidate: Candidate,
  anyOf: number,
  at: number,
  isNamed: boolean,
): number {
  const base = candidate.isOpenAtFailure ? (candidate.isOpenAtScan || isNamed ? 0.95 : 0.88) : isNamed ? 0.7 : 0.4
  const weights = [
    candidate.beganBefore ? 0.8 : 1,
    candidate.crossesLoss ? (hasBothEnds(derived, candidate) ? 0.9 : 0.7) : 1,
    candidate.isUntracedPut ? (candidate.isProven ? 0.95 : 0.35) : 1,
    candidate.isDoubtedByCount ? 0.5 : candidate.isDoubtedLater && !candidate.isProven ? 0.8 : 1,
    candidate.isUntracedGet ? (candidate.isProven ? 0.85 : 0.5) : 1,
    isBatch(candidate.class) ? 0.7 : 1,
    isExpectedButBatch(candidate.class) ? 0.5 : 1,
    candidate.stack < 0 ? (candidate.sibling === undefined ? 0.8 : 0.9) : 1,
    REFERENCE_CLASSES[candidate.class].id === 'unknown' ? (candidate.isProven ? 0.9 : 0.8) : 1,
    !isNamed && candidate.kind === 'transient' ? 0.6 : 1,
    !isNamed && isGuessed(trace, candidate) ? 0.6 : 1,
    anyOf > 1 ? 1 / anyOf : 1,
    at === 0 ? 1 : 0.95,
  ]
  return weights.reduce((product, weight) => product * weight, base)
}

/**
 * A page that the kernel did not name, held by what may as well have been put by an event that the trace lacks, or may
 * be something else: nothing but the missing put, or the missing stack, speaks for it.
 */
function isGuessed(trace: Trace, candidate: Candidate): boolean {
  return isNameless(candidate) || (!candidate.isProven && (isIncomplete(trace) || stackShareOf(trace) < ALL_STACKS))
}

/** Neither its own stack nor that of a get just like it is recorded. */
function isNameless(candidate: Candidate): boolean {
  return candidate.stack < 0 && candidate.sibling === undefined
}

/** Share of events with a stack from which on a trace counts as having them all: an interrupt may lose one. */
const ALL_STACKS = 0.95

/** A reference that migration reckons with is named only when nothing else is left: more a trace than an answer. */
function isExpectedButBatch(classIndex: number): boolean {
  return !isUnexpected(classIndex) && !isBatch(classIndex)
}

/** Get and put were both seen: a loss between them leaves little doubt that they belong together. */
function hasBothEnds(derived: Derived, candidate: Candidate): boolean {
  return candidate.holds.every((hold) => derived.holds.kind[hold] === HOLD_CLOSED)
}

/** Confidence carries two digits: more would be a lie. */
export function round2(value: number): number {
  return Math.round(value * 100) / 100
}

/** The get's stack; when it has none recorded that of a get just like it, else the put's. */
function namingStack(trace: Trace, derived: Derived, candidate: Candidate): Culprit['stack'] {
  if (candidate.stack >= 0) return candidate.stack
  if (candidate.sibling !== undefined) return derived.holds.stack[candidate.sibling]
  for (const hold of candidate.holds) {
    const put = derived.holds.putRow[hold]
    if (put !== NONE && trace.events.stack[put] >= 0) return trace.events.stack[put]
  }
  return candidate.stack
}

function evidenceOf(
  trace: Trace,
  derived: Derived,
  range: FailedRange,
  state: PageState,
  attempt: Attempt,
  candidate: Candidate,
): readonly Evidence[] {
  const { holds } = derived
  const gets = candidate.holds.map((hold) => holds.getRow[hold]).filter((row) => row !== NONE)
  const puts = candidate.holds.map((hold) => holds.putRow[hold]).filter((row) => row !== NONE)
  const failedAt = range.time === undefined ? undefined : attempt.at
  return [
    ...(gets.length === 0
      ? [noGetEvidence(trace, state.pfn)]
      : gets.slice(0, GETS_SHOWN).map((row) => getEvidence(trace, row))),
    ...moreGets(trace, gets),
    ...(candidate.sibling === undefined ? [] : [siblingEvidence(trace, holds.getRow[candidate.sibling])]),
    ...(state.scan === undefined ? [] : [scanEvidence(trace, state.scan)]),
    ...puts.slice(0, GETS_SHOWN).map((row) => putEvidence(trace, row, failedAt)),
    ...(candidate.isOpen ? [openEvidence(trace, candidate.crossesLoss, gets[0] ?? 0)] : []),
    ...(candidate.rivals > 0 ? [rivalEvidence(candidate.rivals)] : []),
    ...(candidate.isDoubtedByCount ? [countEvidence(trace, state)] : []),
    ...(candidate.isUntracedPut ? [untracedPutEvidence(trace, derived.lifetimes.endRow[state.life])] : []),
  ]
}

function moreGets(trace: Trace, gets: readonly EventRow[]): readonly Evidence[] {
  if (gets.length <= GETS_SHOWN) return []
  const rest = gets.slice(GETS_SHOWN)
  return [
    {
      text: `and ${rest.length} more gets of the same stack and task; which of them stayed cannot be told`,
      lines: rest.slice(0, 5).map((row) => trace.events.line[row]),
    },
  ]
}
