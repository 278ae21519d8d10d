import { type HoldTable } from './holds/hold-table.ts'
import { type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type Finding } from './attribution/finding.ts'
import { findingsFor } from './attribution/findings.ts'
import { chooseRules, type RuleChoice } from './attribution/rule-set.ts'
import { buildLifetimes } from './counts/lifetimes.ts'
import { type Derived } from './derived.ts'
import { findFailedRanges } from './failures/failed-ranges.ts'
import { finish, pairSteps, type Pairing } from './holds/holds.ts'
import { judgedHolds } from './holds/judged-holds.ts'
import { MOST_EVENTS_FIRST, type PageSample, samplePages } from './holds/page-sample.ts'
import { rebased, withoutHolds } from './rebased.ts'

/** Long-term holds begin here: the page_pinner patches' default of 300 000 us, in ns. */
export const DEFAULT_THRESHOLD_NS = 300_000_000

/** How a trace is to be judged: the threshold of long-term holds, ns, and what is changed about the rules. */
export interface DeriveOptions extends RuleChoice {
  readonly thresholdNs?: number
  /** A trace of more events is judged by a sample of its pages: see `samplePages`. */
  readonly mostEventsFirst?: number
}

/** Computes the derived tables of a frozen trace. */
export function derive(trace: Trace, options: DeriveOptions = {}): Derived {
  const { derived, rest } = deriveFirst(trace, options)
  return rest === undefined ? derived : finish(rest.steps())
}

/** What a person waits for, and what may come later. */
export interface FirstAnswer {
  /** All tables; but where there is a rest, `holds` has those of the sample alone. */
  readonly derived: Derived
  readonly rest?: Rest
}

/** Holds that are still to be paired: those of pages that no failed range asks for. */
export interface Rest {
  /** The same tables with all holds; the findings say the same. Yields every few milliseconds. */
  steps(): Generator<JudgeStep, Derived>
  /**
   * The tables for questions about one page, at once: `holds` has all of that page, and where no failed range asks for it
   * nothing else; the culprits of the findings then point to no holds. O(events of the page).
   */
  withPage: (page: PageId) => Derived
}

/**
 * Computes what the failed ranges need. They are judged by the holds of a sample of the pages where a trace is large, which
 * has all pages that they ask for; habits and other pages' holds that an answer is weighed by are the sample's, too. So the
 * first answer is the answer: what is paired later changes none of it.
 */
export function deriveFirst(trace: Trace, options: DeriveOptions = {}): FirstAnswer {
  const thresholdNs = options.thresholdNs ?? DEFAULT_THRESHOLD_NS
  const lifetimes = buildLifetimes(trace)
  const rules = chooseRules(options)
  const ranges = findFailedRanges(trace)
  const sample = samplePages(trace, ranges, options.mostEventsFirst)
  const pairing = finish(pairSteps(trace, lifetimes, rules, sample))
  const holds = pairing.first
  const findings = findingsFor(trace, { lifetimes, holds, ranges, rules }, thresholdNs)
  const derived = { lifetimes, holds, ranges, findings, rules, thresholdNs }
  if (sample === undefined) return { derived }
  const sampled = { ...derived, sample }
  return { derived: sampled, rest: restOf(sampled, sample, pairing) }
}

function restOf(derived: Derived, sample: PageSample, pairing: Pairing): Rest {
  let findings: readonly Finding[] | undefined
  return {
    steps: () => stepsToAll(derived, pairing),
    withPage: (page) => {
      if (sample[page] === 1) return derived
      findings ??= withoutHolds(derived.findings)
      return { ...derived, findings, holds: pairing.ofPage(page) }
    },
  }
}

function* stepsToAll(derived: Derived, pairing: Pairing): Generator<JudgeStep, Derived> {
  const total = derived.lifetimes.length
  const holds = yield* tellingLives(pairing.restSteps(), total)
  return withHolds(derived, holds)
}

/** The same tables with other holds, of which those that the findings speak of are a part. */
function withHolds(derived: Derived, holds: HoldTable): Derived {
  return { ...derived, holds, findings: rebased(derived.findings, derived.holds, holds) }
}

function* tellingLives<Value>(steps: Generator<number, Value>, total: number): Generator<JudgeStep, Value> {
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) yield { what: 'lives', done: Math.round(step.value), total }
  return step.value
}

/** How far judging anew has come: lives of pages whose references were paired, then failed ranges that were judged. */
export interface JudgeStep {
  readonly what: 'lives' | 'ranges'
  readonly done: number
  readonly total: number
}

/**
 * The same tables judged by other rules, with pauses: what rules have no say in is kept. Yields how far it is, every few
 * milliseconds; one range or one busy page may take longer.
 */
export function* judgeSteps(
  trace: Trace,
  derived: Derived,
  choice: RuleChoice,
  mostEventsFirst: number = MOST_EVENTS_FIRST,
): Generator<JudgeStep, Derived> {
  const { lifetimes, ranges, thresholdNs } = derived
  const rules = chooseRules(choice)
  const sample = samplePages(trace, ranges, mostEventsFirst)
  const pairing = yield* tellingLives(pairSteps(trace, lifetimes, rules, sample), lifetimes.length)
  const findings = yield* findingSteps(trace, { ...derived, rules, holds: pairing.first })
  const judged = { lifetimes, holds: pairing.first, ranges, findings, rules, thresholdNs }
  return sample === undefined ? judged : yield* stepsToAll({ ...judged, sample }, pairing)
}

function* findingSteps(trace: Trace, derived: Derived): Generator<JudgeStep, readonly Finding[]> {
  const { ranges, thresholdNs } = derived
  const findings: Finding[] = []
  for (const range of ranges) {
    yield { what: 'ranges', done: findings.length, total: ranges.length }
    findings.push(...findingsFor(trace, { ...derived, ranges: [range] }, thresholdNs))
  }
  return findings
}

/** The same tables with findings judged by another threshold: cheap, nothing is paired anew. */
export function withThreshold(
  trace: Trace,
  derived: Derived,
  thresholdNs: number,
  mostEventsFirst: number = MOST_EVENTS_FIRST,
): Derived {
  const sample = samplePages(trace, derived.ranges, mostEventsFirst)
  const judgedBy = sample === undefined ? derived.holds : judgedHolds(trace, { holds: derived.holds, sample })
  const findings = findingsFor(trace, { ...derived, holds: judgedBy }, thresholdNs)
  return { ...derived, findings: rebased(findings, judgedBy, derived.holds), thresholdNs }
}
