import { originOf, type RuleSet } from '../derive/attribution/rule-set.ts'

/** Which rules are in force, in a few words: `rules: built-in v4 + 2 of yours, 1 switched off`. */
export function rulesWords({ version, rules, disabled }: RuleSet): string {
  const own = rules.filter((rule) => originOf(rule) !== 'pinscope')
  const ofYours = own.length === 0 ? '' : ` + ${own.length} of yours`
  const off = disabled.length === 0 ? '' : `, ${disabled.length} switched off`
  return `rules: built-in v${version}${ofYours}${off}`
}
