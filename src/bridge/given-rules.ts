import { type LineProblem } from '../base/json-with-lines.ts'
import { ok, type Result } from '../base/result.ts'
import { mergeChoices, parseRuleFile } from '../derive/attribution/rule-file.ts'
import { type RuleChoice } from '../derive/attribution/rule-set.ts'
import { type RulesGiven } from './protocol.ts'

/** What given rules make of those that are in force. */
export function choiceOf(given: RulesGiven, before: RuleChoice): Result<RuleChoice, LineProblem> {
  if (given.how === 'switch') return ok(switched(before, given.ids, given.isOff))
  if (given.how === 'remove') return ok(without(before, given.ids))
  if (given.text === '') return ok(given.how === 'merge' ? before : {})
  const parsed = parseRuleFile(given.text)
  if (!parsed.ok || given.how === 'instead') return parsed
  return ok(mergeChoices(before, parsed.value))
}

function without(
  { extraRules = [], extraPairs = [], disabledRuleIds = [] }: RuleChoice,
  ids: readonly string[],
): RuleChoice {
  const isOwn = (id: string): boolean => [...extraRules, ...extraPairs].some((entry) => entry.id === id)
  return {
    extraRules: extraRules.filter(({ id }) => !ids.includes(id)),
    extraPairs: extraPairs.filter(({ id }) => !ids.includes(id)),
    disabledRuleIds: disabledRuleIds.filter((id) => !ids.includes(id) || !isOwn(id)),
  }
}

function switched(before: RuleChoice, ids: readonly string[], isOff: boolean): RuleChoice {
  const others = (before.disabledRuleIds ?? []).filter((id) => !ids.includes(id))
  return { ...before, disabledRuleIds: isOff ? [...others, ...ids] : others }
}
