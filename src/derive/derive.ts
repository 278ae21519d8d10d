import { type Trace } from '../model/trace.ts'
import { type Finding } from './attribution/finding.ts'
import { findingsFor } from './attribution/findings.ts'
import { chooseRules, type RuleChoice } from './attribution/rule-set.ts'
import { buildLifetimes } from './counts/lifetimes.ts'
import { type Derived } from './derived.ts'
import { findFailedRanges } from './failures/failed-ranges.ts'
import { buildHolds, holdSteps } from './holds/holds.ts'

/** Long-term holds begin here: the page_pinner patches' default of 300 000 us, in ns. */
export const DEFAULT_THRESHOLD_NS = 300_000_000

/** How a trace is to be judged: the threshold of long-term holds, ns, and what is changed about the rules. */
export interface DeriveOptions extends RuleChoice {
  readonly thresholdNs?: number
}

/** Computes the derived tables of a frozen trace. */
export function derive(trace: Trace, options: DeriveOptions = {}): Derived {
  const thresholdNs = options.thresholdNs ?? DEFAULT_THRESHOLD_NS
  const lifetimes = buildLifetimes(trace)
  const rules = chooseRules(options)
  const holds = buildHolds(trace, lifetimes, rules)
  const ranges = findFailedRanges(trace)
  const findings = findingsFor(trace, { lifetimes, holds, ranges, rules }, thresholdNs)
  return { lifetimes, holds, ranges, findings, rules, thresholdNs }
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
export function* judgeSteps(trace: Trace, derived: Derived, choice: RuleChoice): Generator<JudgeStep, Derived> {
  const { lifetimes, ranges, thresholdNs } = derived
  const rules = chooseRules(choice)
  const steps = holdSteps(trace, lifetimes, rules)
  let step = steps.next()
  for (; step.done !== true; step = steps.next())
    yield { what: 'lives', done: Math.round(step.value * lifetimes.length), total: lifetimes.length }
  const holds = step.value
  const findings: Finding[] = []
  for (const range of ranges) {
    yield { what: 'ranges', done: findings.length, total: ranges.length }
    findings.push(...findingsFor(trace, { lifetimes, holds, ranges: [range], rules }, thresholdNs))
  }
  return { lifetimes, holds, ranges, findings, rules, thresholdNs }
}

/** The same tables with findings judged by another threshold: cheap, nothing is paired anew. */
export function withThreshold(trace: Trace, derived: Derived, thresholdNs: number): Derived {
  return { ...derived, findings: findingsFor(trace, derived, thresholdNs), thresholdNs }
}
