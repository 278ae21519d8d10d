import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { NOISE_REASONS } from './noise-classes.ts'
import { NO_NOISE, noiseRulesOf } from './noise-rules.ts'
import { hidingFlags, type HoldChoice, NOT_ASKED } from './pinner-choice.ts'

/** One rule that hides holds, or that would if it were not switched off. */
export interface NoiseRuleAnswer {
  readonly id: string
  readonly reason: string
  /** Where the kernel does it. */
  readonly source: string
  /** Holds that the filter lets through and that fall under the rule. */
  readonly holds: number
  /** False when the rule is switched off, and its holds are listed. */
  readonly isHiding: boolean
}

/** The noise rules of one class. */
export interface NoiseClassAnswer {
  readonly class: ReferenceClassId
  /** Why holds of the class are hidden, and where the kernel reckons with them. */
  readonly reason: string
  readonly source: string
  readonly holds: number
  /** Of these hidden: all, none, or those of some rules. */
  readonly hidden: number
  /** Those with holds, in the order of asking. */
  readonly rules: readonly NoiseRuleAnswer[]
}

/** What the noise rules hide, class by class; classes without such holds are left out. O(holds). */
export function noiseAnswers(
  trace: Trace,
  derived: Derived,
  verdicts: Uint8Array,
  choice: HoldChoice,
): readonly NoiseClassAnswer[] {
  const noise = noiseRulesOf(trace, derived)
  const hides = hidingFlags(noise.rules, choice)
  const counts = new Float64Array(noise.rules.length)
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] !== NOT_ASKED && noise.ruleOf[hold] !== NO_NOISE) counts[noise.ruleOf[hold]]++
  }
  const rules = noise.rules.map((rule, at) => ({ ...rule, holds: counts[at], isHiding: hides[at] === 1 }))
  return REFERENCE_CLASSES.flatMap(({ id }) => {
    const reasons = NOISE_REASONS[id]
    const found = rules.filter((rule) => rule.class === id && rule.holds > 0)
    if (reasons === undefined || found.length === 0) return []
    const sum = (among: typeof found): number => among.reduce((total, rule) => total + rule.holds, 0)
    return [
      {
        class: id,
        ...reasons,
        holds: sum(found),
        hidden: sum(found.filter((rule) => rule.isHiding)),
        rules: found.map(({ id: ruleId, reason, source, holds, isHiding }) => ({
          id: ruleId,
          reason,
          source,
          holds,
          isHiding,
        })),
      },
    ]
  })
}
