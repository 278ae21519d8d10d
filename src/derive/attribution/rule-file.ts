import { hashText } from '../../base/hash.ts'
import { type JsonWithLines, type LineProblem, parseJsonWithLines } from '../../base/json-with-lines.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { CLASS_RULES, CLASS_RULES_VERSION, type ClassRule } from './class-rules.ts'
import { listAt, objectAt, Objection, onlyFields, readRule } from './rule-fields.ts'
import { fieldsOf, originOf, type RuleChoice, type RuleSet } from './rule-set.ts'

/** First member of a rule file. */
export const RULE_FILE_SCHEMA = 'pinscope.rules/1'

/**
 * The rules as a file that a person can edit and hand on: all rules of the set, in the order of asking, those that are
 * switched off at the end with `"off": true`.
 */
export function writeRuleFile({ version, rules, disabled }: RuleSet): string {
  const all = [...rules, ...disabled.map((rule) => ({ ...rule, off: true }))]
  return `${JSON.stringify({ schema: RULE_FILE_SCHEMA, version, rules: all }, undefined, 2)}\n`
}

/**
 * What a rule file changes about the rules that come with pinscope: rules with new ids are added and asked first, a rule
 * with a known id takes its place, `"off": true` switches it off, and rules that are left out stay as they are.
 * Otherwise what is wrong, and on which line.
 */
export function parseRuleFile(text: string): Result<RuleChoice, LineProblem> {
  const json = parseJsonWithLines(text)
  if (!json.ok) return json
  try {
    return ok(choiceIn(json.value))
  } catch (error) {
    if (error instanceof Objection) return fail({ message: error.message, line: json.value.lineOf(error.path) })
    throw error
  }
}

/** What is wrong with one rule: the field, which entry of it if it is a list, and words. */
export interface FieldProblem {
  readonly field: string
  readonly at?: number
  readonly message: string
}

/** Reads one rule as it stands in a rule file. */
export function parseRule(value: unknown): Result<ClassRule, FieldProblem> {
  try {
    return ok(readRule(value, []).rule)
  } catch (error) {
    if (!(error instanceof Objection)) throw error
    const [field = '', at] = error.path
    const entry = typeof at === 'number' ? { at } : {}
    return fail({ field: String(field), ...entry, message: error.message })
  }
}

/** What a person changed alone: rules of their own in full, rules of pinscope that are switched off by their ids. */
export function writeOwnRules({ version, rules, disabled }: RuleSet): string {
  const own = rules.filter((rule) => originOf(rule) !== 'pinscope')
  const off = disabled.map((rule) =>
    originOf(rule) === 'pinscope' ? { id: rule.id, off: true } : { ...rule, off: true },
  )
  return `${JSON.stringify({ schema: RULE_FILE_SCHEMA, version, rules: [...own, ...off] }, undefined, 2)}\n`
}

/** What a rule file changes about a choice of before: rules with the same id are replaced, switched as the file says. */
export function mergeChoices(before: RuleChoice, added: RuleChoice): RuleChoice {
  const rules = new Map([...(before.extraRules ?? []), ...(added.extraRules ?? [])].map((rule) => [rule.id, rule]))
  const told = new Set((added.extraRules ?? []).map(({ id }) => id))
  const off = [...(before.disabledRuleIds ?? []).filter((id) => !told.has(id)), ...(added.disabledRuleIds ?? [])]
  return { extraRules: [...rules.values()], disabledRuleIds: [...new Set(off)] }
}

/** 8 hex digits that tell sets of rules apart; empty for the rules that come with pinscope. */
export function ruleSetHash({ version, rules, disabled }: RuleSet): string {
  if (
    disabled.length === 0 &&
    rules.length === CLASS_RULES.length &&
    rules.every((rule) => originOf(rule) === 'pinscope')
  )
    return ''
  const off = disabled.map((rule) => rule.id).toSorted()
  return hashText(JSON.stringify([version, rules.map(fieldsOf), off])).slice(0, 8)
}

const MOST_RULES = 1000

function choiceIn({ value }: JsonWithLines): RuleChoice {
  const file = objectAt(value, [], 'the file')
  if (file['schema'] !== RULE_FILE_SCHEMA) throw new Objection(['schema'], schemaProblem(file['schema']))
  onlyFields(file, ['schema', 'version', 'rules'], [])
  const version = file['version'] ?? CLASS_RULES_VERSION
  if (typeof version !== 'number' || !Number.isInteger(version))
    throw new Objection(['version'], '"version" is a whole number')
  if (version > CLASS_RULES_VERSION) {
    throw new Objection(
      ['version'],
      `these rules are of version ${version}, this pinscope knows ${CLASS_RULES_VERSION}: take a newer pinscope, or leave "version" out to try them`,
    )
  }
  const list = listAt(file['rules'], ['rules'], MOST_RULES)
  const read = list.map((entry, at) => readRule(entry, ['rules', at]))
  checkIds(read.map(({ rule }) => rule))
  const extraRules = read.map(({ rule }) => rule).filter((rule) => originOf(rule) !== 'pinscope')
  const disabledRuleIds = read.filter(({ isOff }) => isOff).map(({ rule }) => rule.id)
  return { extraRules, disabledRuleIds }
}

function schemaProblem(found: unknown): string {
  const isOther = typeof found === 'string' && found.startsWith('pinscope.rules/')
  const hint = isOther ? `; "${found}" needs another pinscope` : '; "Share" in the browser saves such a file'
  return `"schema" must be "${RULE_FILE_SCHEMA}"${hint}`
}

function checkIds(rules: readonly ClassRule[]): void {
  const known = new Set([...CLASS_RULES, ...rules].map(({ id }) => id))
  const seen = new Set<string>()
  rules.forEach((rule, at) => {
    if (seen.has(rule.id)) throw new Objection(['rules', at, 'id'], `two rules are called "${rule.id}"`)
    seen.add(rule.id)
    const stranger = rule.givesWayTo?.findIndex((id) => !known.has(id)) ?? -1
    if (stranger >= 0) {
      throw new Objection(['rules', at, 'givesWayTo', stranger], `no rule is called "${rule.givesWayTo?.[stranger]}"`)
    }
  })
}
