import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type Candidate } from './candidate.ts'
import { candidateReasons, pageReasons } from './candidate-reasons.ts'
import { isSameRecording, spareAt } from './count-gap.ts'
import { confidenceOf } from './calibration.ts'
import { culpritIdentity } from './culprit-identity.ts'
import {
  countEvidence,
  exitEvidence,
  doubtEvidence,
  getEvidence,
  noGetEvidence,
  openEvidence,
  putEvidence,
  rivalEvidence,
  siblingEvidence,
  scanEvidence,
  untracedPutEvidence,
} from './evidence.ts'
import { type Culprit, type Evidence, type ToldCulprit } from './finding.ts'
import { goneFirst } from './gone-first.ts'
import { type Judging } from './judging.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { type Reasons } from './reasons.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Evidence of at most this many gets of one candidate is listed. */
const GETS_SHOWN = 3

/** Turns candidates, likeliest first, into ranked culprits; leaks of equal confidence by `goneFirst`. */
export function holderCulprits(
  judging: Judging,
  state: PageState,
  candidates: readonly Candidate[],
  isNamed: boolean,
): readonly ToldCulprit[] {
  const { trace, derived, attempt } = judging
  const inseparable = separableCount(trace, derived, state, candidates)
  const page = pageReasons(trace, derived, state, attempt, candidates, isNamed)
  let confidence = 1
  const culprits = candidates.map((candidate, at) => {
    const anyOf = Math.max(inseparable, candidate.rivals + 1)
    const reasons = candidateReasons(judging, state, candidate, page, anyOf)
    confidence = Math.min(confidence, confidenceOf(reasons))
    const culprit = culpritOf(judging, state, candidate, at + 1, confidence, anyOf)
    return judging.isTold ? told(judging, state, candidate, culprit, reasons) : culprit
  })
  return goneFirst(culprits)
}

/** Fields are set one by one, none by a spread, which takes longer than all else: a range may have as many culprits as pages. */
function culpritOf(
  { trace, derived }: Judging,
  { pfn }: PageState,
  candidate: Candidate,
  rank: number,
  confidence: number,
  anyOf: number,
): ToldCulprit {
  const who = culpritIdentity(trace, candidate.task, namingStack(trace, derived, candidate))
  const culprit: { -readonly [Field in keyof ToldCulprit]: ToldCulprit[Field] } = {
    rank,
    pfn,
    task: who.task,
    comm: who.comm,
    pid: who.pid,
    function: who.function,
    module: who.module,
    stack: who.stack,
    frameIndex: who.frameIndex,
    class: REFERENCE_CLASSES[candidate.class].id,
    kind: candidate.kind,
    units: candidate.units,
    confidence,
    anyOf,
    rivals: candidate.rivals,
    hold: candidate.holds[0],
    evidence: NOT_TOLD,
  }
  if (candidate.exit?.isGone === true) culprit.taskGone = true
  if (!candidate.beganBefore) culprit.heldFrom = candidate.from as TimeNs // of an event
  if (!candidate.isOpen && !candidate.isUntracedPut) culprit.heldTo = candidate.to as TimeNs // of an event
  return culprit
}

const NOT_TOLD: readonly Evidence[] = []

function told(
  { trace, derived, range, attempt }: Judging,
  state: PageState,
  candidate: Candidate,
  culprit: ToldCulprit,
  reasons: Reasons,
): ToldCulprit {
  return {
    ...culprit,
    reasons,
    evidence: [
      ...evidenceOf(trace, derived, range, state, attempt, candidate),
      ...doubtEvidence(reasons, culprit.confidence, state.last === undefined ? [] : [trace.events.line[state.last]]),
    ],
  }
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
    ...(state.scan === undefined ? [] : [scanEvidence(trace, derived, state.scan, gets[0])]),
    ...puts.slice(0, GETS_SHOWN).map((row) => putEvidence(trace, row, failedAt)),
    ...(candidate.isOpen ? [openEvidence(trace, candidate.crossesLoss, gets[0] ?? 0)] : []),
    ...(candidate.exit === undefined ? [] : [exitEvidence(trace, candidate.exit, failedAt)]),
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
