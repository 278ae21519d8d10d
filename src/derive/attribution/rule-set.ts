import { CLASS_RULES, CLASS_RULES_VERSION, type ClassRule } from './class-rules.ts'

/** The rules that references are classed by. A frozen value: equal sets need not be the same object, but cost a cache each. */
export interface RuleSet {
  /** `CLASS_RULES_VERSION` that the set was made with. */
  readonly version: number
  /** Rules in force, in the order of asking. */
  readonly rules: readonly ClassRule[]
  /** Rules that were switched off: known, shown, not asked. */
  readonly disabled: readonly ClassRule[]
}

/** What a user changes about the rules that come with pinscope. */
export interface RuleChoice {
  /** Ids that are not asked; ids of no rule are ignored here, and refused where a person types them. */
  readonly disabledRuleIds?: readonly string[]
  /** Asked before the rules that come with pinscope; one with the id of such a rule takes its place instead. */
  readonly extraRules?: readonly ClassRule[]
}

/** The rules that come with pinscope, all in force. */
export const DEFAULT_RULES: RuleSet = { version: CLASS_RULES_VERSION, rules: CLASS_RULES, disabled: [] }

/** The rules of a choice. `DEFAULT_RULES` itself when nothing is chosen. */
export function chooseRules({ disabledRuleIds = [], extraRules = [] }: RuleChoice): RuleSet {
  if (disabledRuleIds.length === 0 && extraRules.length === 0) return DEFAULT_RULES
  const extras = new Map(extraRules.map((rule) => [rule.id, rule]))
  const builtIn = new Set(CLASS_RULES.map((rule) => rule.id))
  const added = [...extras.values()].filter((rule) => !builtIn.has(rule.id))
  const all = [...added, ...CLASS_RULES.map((rule) => extras.get(rule.id) ?? rule)]
  return {
    version: CLASS_RULES_VERSION,
    rules: all.filter((rule) => !disabledRuleIds.includes(rule.id)),
    disabled: all.filter((rule) => disabledRuleIds.includes(rule.id)),
  }
}

/** A rule as one expression over a whole function name. Throws when a pattern of it is no regular expression. */
export function framesOfRule(rule: Pick<ClassRule, 'frames'>): RegExp {
  return rule.frames.length === 0 ? /(?!)/ : new RegExp(`^(?:${rule.frames.join('|')})$`)
}
