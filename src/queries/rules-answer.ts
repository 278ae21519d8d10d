import { CLASS_RULES } from '../derive/attribution/class-rules.ts'
import { ruleSetHash, writeRuleFile } from '../derive/attribution/rule-file.ts'
import { type RuleSet } from '../derive/attribution/rule-set.ts'

/** Which rules are in force. */
export type RulesQuestion = Record<string, never>

/** Answer to `rules`. */
export interface RulesAnswer {
  /** The rules as a file: see `writeRuleFile`. */
  readonly text: string
  /** 8 hex digits; empty for the rules that come with pinscope. */
  readonly hash: string
  /** Rules added or worded anew, and rules switched off. */
  readonly changed: number
  readonly off: number
}

/** The rules that a capture was judged by. */
export function rulesAnswer(rules: RuleSet): RulesAnswer {
  const known = new Set<unknown>(CLASS_RULES)
  return {
    text: writeRuleFile(rules),
    hash: ruleSetHash(rules),
    changed: [...rules.rules, ...rules.disabled].filter((rule) => !known.has(rule)).length,
    off: rules.disabled.length,
  }
}
