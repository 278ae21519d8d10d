import { type ClassRule, OPERATION_RULES } from '../derive/attribution/class-rules.ts'
import { classifierOf } from '../derive/attribution/classify.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { type Trace } from '../model/trace.ts'
import { PAGE_TOLD, pageToldId, ruleOfHold } from './rule-of-hold.ts'

/** A rule whose holds are hidden unless asked for: its class is one that migration expects. */
export type NoiseRule = Pick<ClassRule, 'id' | 'class' | 'reason' | 'source'>

/** The rules that hide, and the one that each hold falls under. */
export interface NoiseRules {
  /** Those of one class stand together, in the order of the classes. */
  readonly rules: readonly NoiseRule[]
  /** Position in `rules` of each hold's rule; `NO_NOISE` for holds that no rule hides. */
  readonly ruleOf: Uint16Array
}

/** The hold is of a class that migration does not expect. */
export const NO_NOISE = 0xffff

const cache = new WeakMap<HoldTable, NoiseRules>()

/** Made on the first call, with one look-up a hold. O(holds). */
export function noiseRulesOf(trace: Trace, derived: Derived): NoiseRules {
  const known = cache.get(derived.holds) ?? findNoise(trace, derived)
  cache.set(derived.holds, known)
  return known
}

/** The rules that hide, and what finds the one of a single hold: for who asks of few holds. */
export interface NoiseFinder {
  readonly rules: readonly NoiseRule[]
  /** As a cell of `NoiseRules.ruleOf`. */
  readonly ruleAt: (hold: number) => number
}

/** Looks single holds up; at no cost where all have been looked up before. */
export function noiseFinderOf(trace: Trace, derived: Derived): NoiseFinder {
  const known = cache.get(derived.holds)
  if (known !== undefined) return { rules: known.rules, ruleAt: (hold) => known.ruleOf[hold] }
  const rules = hidingRules(derived)
  const positions = new Map(rules.map((rule, at) => [rule.id, at]))
  const { holds } = derived
  const classifier = classifierOf(trace, derived.rules)
  return {
    rules,
    ruleAt: (hold) =>
      REFERENCE_CLASSES[holds.class[hold]].isExpected
        ? (positions.get(ruleOfHold(trace, derived, classifier, hold)) ?? NO_NOISE)
        : NO_NOISE,
  }
}

function findNoise(trace: Trace, derived: Derived): NoiseRules {
  const { rules, ruleAt } = noiseFinderOf(trace, derived)
  const ruleOf = new Uint16Array(derived.holds.length)
  for (let hold = 0; hold < ruleOf.length; hold++) ruleOf[hold] = ruleAt(hold)
  return { rules, ruleOf }
}

function hidingRules({ rules }: Derived): readonly NoiseRule[] {
  const all: readonly NoiseRule[] = [...OPERATION_RULES, ...rules.rules]
  return REFERENCE_CLASSES.filter((entry) => entry.isExpected).flatMap(({ id }) => [
    ...all.filter((rule) => rule.class === id),
    { id: pageToldId(id), class: id, ...PAGE_TOLD },
  ])
}
