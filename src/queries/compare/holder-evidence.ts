import { type Culprit } from '../../derive/attribution/finding.ts'
import { type Derived } from '../../derive/derived.ts'
import { HOLD_CLOSED } from '../../derive/holds/hold-table.ts'
import { stackHashOf } from '../../derive/stack-hash.ts'
import { type Trace } from '../../model/trace.ts'
import { tellingLine } from '../failure-time.ts'
import { holdAnswer, holdDurationNs } from '../hold-answer.ts'
import { likeliest } from '../holders-across.ts'
import { COUNTED, judgeHolds } from '../pinner-choice.ts'
import { placeOf } from '../place.ts'
import { type HoldAnswer, type PlaceAnswer } from '../wire.ts'
import { type CompareKeys } from './compare-keys.ts'
import { type CompareChoice } from './compare-question.ts'

/** A failed range that a holder blocked, and the line that tells of it. */
export interface BlockedFailure {
  readonly id: string
  readonly place?: PlaceAnswer
}

/** What speaks against a holder in one capture. */
export interface HolderEvidence {
  /** Hashes of its stacks, as links have them. */
  readonly stacks: readonly string[]
  readonly pfns: readonly number[]
  /** Those that blocked a range first, then the longest; `holds` are all. */
  readonly examples: readonly HoldAnswer[]
  readonly holds: number
  readonly failures: readonly BlockedFailure[]
  /** Above 1: of every range that it blocked, it is one of so many at least that nothing separates. */
  readonly anyOf: number
}

/** Which holds are evidence: those that lasted to the threshold, and with `withOpen` those, too, that nobody gave back. */
export interface EvidenceChoice {
  readonly choice: CompareChoice
  readonly withOpen: boolean
  readonly isTimed: boolean
}

/** Gathers what is known of one group. O(holds + blocking pages). */
export function holderEvidence(
  trace: Trace,
  derived: Derived,
  keys: CompareKeys,
  key: number,
  question: EvidenceChoice,
  mostExamples: number,
): HolderEvidence {
  const { holds } = derived
  const blocked = blockedBy(trace, derived, keys, key)
  const kept = keptHolds(trace, derived, keys, key, question)
  const rows = [...new Set([...blocked.culprits.flatMap(({ hold }) => hold ?? []), ...kept])]
  const stacks = [...rows.map((hold) => holds.stack[hold]), ...blocked.culprits.map(({ stack }) => stack)]
  const pfns = [...rows.map((hold) => trace.pages.pfn[holds.page[hold]]), ...blocked.culprits.map(({ pfn }) => pfn)]
  const sets = blocked.culprits.map(({ anyOf }) => anyOf)
  return {
    stacks: [...new Set(stacks.filter((stack) => stack >= 0).map((stack) => stackHashOf(trace, stack)))],
    pfns: [...new Set(pfns)].toSorted((one, other) => one - other),
    examples: rows.slice(0, mostExamples).map((hold) => holdAnswer(trace, derived, hold)),
    holds: rows.length,
    failures: blocked.failures,
    anyOf: sets.length === 0 || kept.length > 0 ? 1 : Math.min(...sets),
  }
}

function blockedBy(
  trace: Trace,
  derived: Derived,
  { keyOf, keyOfCulprit }: CompareKeys,
  key: number,
): { readonly culprits: readonly Culprit[]; readonly failures: readonly BlockedFailure[] } {
  const culprits: Culprit[] = []
  const failures: BlockedFailure[] = []
  for (const { range, pages } of derived.findings) {
    const own = pages
      .flatMap(likeliest)
      .filter((culprit) => (culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold]) === key)
    if (own.length === 0) continue
    culprits.push(...own)
    failures.push({
      id: range.id,
      ...(range.lines.length === 0 ? {} : { place: placeOf(trace, tellingLine(trace, range)) }),
    })
  }
  return { culprits, failures }
}

function keptHolds(
  trace: Trace,
  derived: Derived,
  { keyOf }: CompareKeys,
  key: number,
  { choice, withOpen, isTimed }: EvidenceChoice,
): readonly number[] {
  const { holds } = derived
  const verdicts = judgeHolds(trace, derived, { ...choice, thresholdNs: 0 })
  const found: number[] = []
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (keyOf[hold] !== key || verdicts[hold] !== COUNTED) continue
    const isLong = isTimed && holdDurationNs(holds, hold) >= choice.thresholdNs
    if (isLong || (withOpen && holds.kind[hold] !== HOLD_CLOSED)) found.push(hold)
  }
  return found.toSorted((one, other) => holdDurationNs(holds, other) - holdDurationNs(holds, one) || one - other)
}
