import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { NO_NOISE, type NoiseFinder, type NoiseRule, noiseRulesOf } from './noise-rules.ts'
import { pinnerFilter } from './pinner-filter.ts'
import { unseparatedHolds } from './unseparated.ts'

/** Which holds count. */
export interface HoldChoice {
  /** Holds shorter than this are left out (their number is in the answer), where the clock tells time. ns. */
  readonly thresholdNs: number
  /** True to list holds of classes that migration expects as well. */
  readonly includeExpected: boolean
  /** Noise rules, by id or by class, whose holds are listed though they are expected. None when absent. */
  readonly shownRules?: readonly string[]
  /** Substring of any symbol of the stack, a comm, or a pid; empty = all. */
  readonly filter: string
}

/** Holds left out, by why. */
export interface HiddenHolds {
  readonly expected: number
  readonly short: number
}

/** The filter leaves the hold out: it was not asked for, and is not counted as hidden. */
export const NOT_ASKED = 0
/** The hold counts. */
export const COUNTED = 1
/** Hidden: shorter than the threshold. */
export const HIDDEN_SHORT = 2
/** Hidden: migration expects such references. */
const HIDDEN_EXPECTED = 3

/**
 * Decides for every hold whether it counts: one of the constants above each. O(holds), no object a hold; free when asked
 * again with the choice of before. Not to be written to.
 */
export function judgeHolds(trace: Trace, derived: Derived, choice: HoldChoice): Uint8Array {
  const key = JSON.stringify([choice.thresholdNs, choice.includeExpected, choice.shownRules ?? [], choice.filter])
  const ofDerived = kept.get(derived) ?? new Map<string, Uint8Array>()
  kept.set(derived, ofDerived)
  const verdicts = ofDerived.get(key) ?? judgeAll(trace, derived, choice)
  ofDerived.delete(key)
  ofDerived.set(key, verdicts) // used last
  const [oldest] = ofDerived.keys()
  if (ofDerived.size > MOST_KEPT) ofDerived.delete(oldest)
  return verdicts
}

/** Choices that are kept: what is sorted and grouped, and the one before a filter was typed. */
const MOST_KEPT = 3

const kept = new WeakMap<Derived, Map<string, Uint8Array>>()

function judgeAll(trace: Trace, derived: Derived, choice: HoldChoice): Uint8Array {
  const { holds } = derived
  const { ruleOf, rules } = noiseRulesOf(trace, derived)
  const isAsked = asked(trace, holds, choice.filter)
  const judge = judgeOf(trace, derived, choice, { rules, ruleAt: (hold) => ruleOf[hold] })
  const verdicts = new Uint8Array(holds.length)
  for (let hold = 0; hold < verdicts.length; hold++)
    if (isAsked === undefined || isAsked(hold)) verdicts[hold] = judge(hold)
  return verdicts
}

/** Judges single holds that are asked for: whether each counts, or why it is hidden. The filter is not asked. */
export function judgeOf(
  trace: Trace,
  derived: Derived,
  choice: Omit<HoldChoice, 'filter'>,
  { rules, ruleAt }: NoiseFinder,
): (hold: number) => number {
  const { from, to } = derived.holds
  const { thresholdNs } = choice
  const hides = hidingFlags(rules, choice)
  const unseparated = unseparatedHolds(derived)
  const isLimited = hasDurations(trace)
  return (hold) => {
    const rule = ruleAt(hold)
    if (rule !== NO_NOISE && hides[rule] === 1) return HIDDEN_EXPECTED
    const isShort = isLimited && to[hold] - from[hold] < thresholdNs
    return isShort && unseparated.get(hold)?.isPutOpenToDoubt !== true ? HIDDEN_SHORT : COUNTED
  }
}

/** Tells whether the filter lets a hold through; undefined when it lets all. */
function asked(trace: Trace, { stack, task }: HoldTable, text: string): ((hold: number) => boolean) | undefined {
  const filter = pinnerFilter(trace, text)
  if (filter === undefined) return undefined
  const { groupOf } = stackHashesOf(trace)
  const { groups, tasks } = filter
  return (hold) =>
    (stack[hold] >= 0 && groups[groupOf[stack[hold]]] === 1) || (task[hold] >= 0 && tasks[task[hold]] === 1)
}

/** False when the trace clock counts: a number of counts is no time, and no hold is short or long by it. */
export function hasDurations({ clock }: Pick<Trace, 'clock'>): boolean {
  return clock.style.unit !== 'counts'
}

/** One flag for each noise rule: 1 when its holds are hidden. */
export function hidingFlags(
  rules: readonly NoiseRule[],
  { includeExpected, shownRules = [] }: Omit<HoldChoice, 'filter'>,
): Uint8Array {
  const shown = new Set(shownRules)
  return Uint8Array.from(rules, (rule) => (includeExpected || shown.has(rule.id) || shown.has(rule.class) ? 0 : 1))
}

/** How many holds are hidden, by why. `isWithin` tells which to look at; all when absent. O(holds). */
export function countHidden(verdicts: Uint8Array, isWithin?: (hold: number) => boolean): HiddenHolds {
  let expected = 0
  let short = 0
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] <= COUNTED || isWithin?.(hold) === false) continue
    if (verdicts[hold] === HIDDEN_EXPECTED) expected++
    else short++
  }
  return { expected, short }
}
