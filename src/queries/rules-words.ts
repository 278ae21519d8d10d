import { counted } from '../base/counted.ts'
import { originOf, originOfPair, type RuleSet } from '../derive/attribution/rule-set.ts'

/** Which rules and known pairs are in force, in a few words: `rules: built-in v4 + 2 of yours + 1 pair of yours, 1 switched off`. */
export function rulesWords({ version, rules, disabled, pairs, disabledPairs }: RuleSet): string {
  const own = rules.filter((rule) => originOf(rule) !== 'pinscope')
  const ofYours = own.length === 0 ? '' : ` + ${own.length} of yours`
  const ownPairs = pairs.filter((pair) => originOfPair(pair) !== 'pinscope')
  const pairsOfYours = ownPairs.length === 0 ? '' : ` + ${counted(ownPairs.length, 'pair')} of yours`
  const offCount = disabled.length + disabledPairs.length
  const off = offCount === 0 ? '' : `, ${offCount} switched off`
  return `rules: built-in v${version}${ofYours}${pairsOfYours}${off}`
}
