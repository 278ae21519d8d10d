import { ok, type Result } from '../base/result.ts'
import { writeRuleFile } from '../derive/attribution/rule-file.ts'
import { chooseRules } from '../derive/attribution/rule-set.ts'
import { rulesText } from '../report/rules-text.ts'
import { type Command } from './arguments.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** `pinscope rules`: what goes to standard output. */
export async function runRules(command: Extract<Command, { kind: 'rules' }>): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const rules = chooseRules(choice.value)
  return ok(command.isJson ? writeRuleFile(rules) : rulesText(rules))
}
