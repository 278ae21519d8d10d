import { hashText } from '../../base/hash.ts'
import { type JsonWithLines, type LineProblem, parseJsonWithLines } from '../../base/json-with-lines.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { CLASS_RULES, CLASS_RULES_VERSION, type ClassRule } from './class-rules.ts'
import { KNOWN_PAIRS, KNOWN_PAIRS_VERSION, type KnownPair } from './known-pairs.ts'
import { listAt, objectAt, Objection, onlyFields, readPair, readRule } from './rule-fields.ts'
import { fieldsOf, fieldsOfPair, originOf, originOfPair, type RuleChoice, type RuleSet } from './rule-set.ts'

/** First member of a rule file. */
export const RULE_FILE_SCHEMA = 'pinscope.rules/1'

/**
 * The rules as a file that a person can edit and hand on: all rules of the set, in the order of asking, those that are
 * switched off at the end with `"off": true`; and the known pairs likewise.
 */
export function writeRuleFile({ version, rules, disabled, pairs, disabledPairs }: RuleSet): string {
  const all = [...rules, ...disabled.map((rule) => ({ ...rule, off: true }))]
  const allPairs = [...pairs, ...disabledPairs.map((pair) => ({ ...pair, off: true }))]
  return fileOf({ version, rules: all, pairsVersion: KNOWN_PAIRS_VERSION, pairs: allPairs })
}

function fileOf(members: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ schema: RULE_FILE_SCHEMA, ...members }, undefined, 2)}\n`
}

/**
 * What a rule file changes about the rules and pairs that come with pinscope: rules with new ids are added and asked first, a rule
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

/**
 * What a person changed alone: rules and pairs of their own in full, those of pinscope that are switched off by their
 * ids. Without such pairs it is a file that a pinscope without known pairs reads as well.
 */
export function writeOwnRules({ version, rules, disabled, pairs, disabledPairs }: RuleSet): string {
  const own = rules.filter((rule) => originOf(rule) !== 'pinscope')
  const off = disabled.map((rule) => switchedOff(rule, originOf(rule) === 'pinscope'))
  const ownPairs = pairs.filter((pair) => originOfPair(pair) !== 'pinscope')
  const offPairs = disabledPairs.map((pair) => switchedOff(pair, originOfPair(pair) === 'pinscope'))
  const all = { version, rules: [...own, ...off] }
  const changedPairs = [...ownPairs, ...offPairs]
  return fileOf(changedPairs.length === 0 ? all : { ...all, pairsVersion: KNOWN_PAIRS_VERSION, pairs: changedPairs })
}

function switchedOff(entry: ClassRule | KnownPair, comesWithPinscope: boolean): object {
  return comesWithPinscope ? { id: entry.id, off: true } : { ...entry, off: true }
}

/** What a rule file changes about a choice of before: rules and pairs with the same id are replaced, switched as the file says. */
export function mergeChoices(before: RuleChoice, added: RuleChoice): RuleChoice {
  const extraRules = mergedById(before.extraRules, added.extraRules)
  const extraPairs = mergedById(before.extraPairs, added.extraPairs)
  const told = new Set([...(added.extraRules ?? []), ...(added.extraPairs ?? [])].map(({ id }) => id))
  const off = [...(before.disabledRuleIds ?? []).filter((id) => !told.has(id)), ...(added.disabledRuleIds ?? [])]
  return { extraRules, extraPairs, disabledRuleIds: [...new Set(off)] }
}

function mergedById<Entry extends { readonly id: string }>(
  before: readonly Entry[] = [],
  added: readonly Entry[] = [],
): readonly Entry[] {
  return [...new Map([...before, ...added].map((entry) => [entry.id, entry])).values()]
}

/** 8 hex digits that tell sets of rules and pairs apart; empty for those that come with pinscope. */
export function ruleSetHash(set: RuleSet): string {
  const areRulesOurs = isAllOurs(set.rules, set.disabled, CLASS_RULES.length, originOf)
  const arePairsOurs = isAllOurs(set.pairs, set.disabledPairs, KNOWN_PAIRS.length, originOfPair)
  if (areRulesOurs && arePairsOurs) return ''
  const off = set.disabled.map((rule) => rule.id).toSorted()
  const rules = [set.version, set.rules.map(fieldsOf), off]
  // Pairs count only where a person changed them: links that were made before there were any stay true.
  const offPairs = set.disabledPairs.map((pair) => pair.id).toSorted()
  const all = arePairsOurs ? rules : [...rules, set.pairs.map(fieldsOfPair), offPairs]
  return hashText(JSON.stringify(all)).slice(0, 8)
}

function isAllOurs<Entry>(
  inForce: readonly Entry[],
  off: readonly Entry[],
  count: number,
  whose: (entry: Entry) => string,
): boolean {
  return off.length === 0 && inForce.length === count && inForce.every((entry) => whose(entry) === 'pinscope')
}

const MOST_RULES = 1000
/** Patterns of all rules and pairs together: each is tried on each name of a function. */
const MOST_PATTERNS = 10_000

function choiceIn({ value }: JsonWithLines): RuleChoice {
  const file = objectAt(value, [], 'the file')
  if (file['schema'] !== RULE_FILE_SCHEMA) throw new Objection(['schema'], schemaProblem(file['schema']))
  onlyFields(file, ['schema', 'version', 'rules', 'pairsVersion', 'pairs'], [])
  checkVersion(file, 'version', 'rules', CLASS_RULES_VERSION)
  checkVersion(file, 'pairsVersion', 'pairs', KNOWN_PAIRS_VERSION)
  const list = listAt(file['rules'], ['rules'], MOST_RULES)
  const read = list.map((entry, at) => readRule(entry, ['rules', at]))
  checkIds(read.map(({ rule }) => rule))
  // Files of before there were pairs have none.
  const pairList = file['pairs'] === undefined ? [] : listAt(file['pairs'], ['pairs'], MOST_RULES)
  const pairs = pairList.map((entry, at) => readPair(entry, ['pairs', at]))
  checkTwice(
    pairs.map(({ pair }) => pair.id),
    'pairs',
  )
  checkPatterns([...read.map(({ rule }) => rule.frames), ...pairs.flatMap(({ pair }) => [pair.get, pair.put])])
  const offRules = read.filter(({ isOff }) => isOff).map(({ rule }) => rule.id)
  const offPairs = pairs.filter(({ isOff }) => isOff).map(({ pair }) => pair.id)
  return {
    extraRules: read.map(({ rule }) => rule).filter((rule) => originOf(rule) !== 'pinscope'),
    extraPairs: pairs.map(({ pair }) => pair).filter((pair) => originOfPair(pair) !== 'pinscope'),
    disabledRuleIds: [...offRules, ...offPairs],
  }
}

function checkPatterns(lists: readonly (readonly string[])[]): void {
  const count = lists.reduce((sum, list) => sum + list.length, 0)
  if (count > MOST_PATTERNS)
    throw new Objection(['rules'], `the rules have ${count} patterns together, and ${MOST_PATTERNS} are read at most`)
}

function checkVersion(
  file: Readonly<Record<string, unknown>>,
  name: 'version' | 'pairsVersion',
  what: 'rules' | 'pairs',
  newest: number,
): void {
  const version = file[name] ?? newest
  if (typeof version !== 'number' || !Number.isInteger(version))
    throw new Objection([name], `"${name}" is a whole number`)
  if (version > newest) {
    throw new Objection(
      [name],
      `these ${what} are of version ${version}, this pinscope knows ${newest}: take a newer pinscope, or leave "${name}" out to try them`,
    )
  }
}

function schemaProblem(found: unknown): string {
  const isOther = typeof found === 'string' && found.startsWith('pinscope.rules/')
  const hint = isOther ? `; "${found}" needs another pinscope` : '; "Share" in the browser saves such a file'
  return `"schema" must be "${RULE_FILE_SCHEMA}"${hint}`
}

function checkIds(rules: readonly ClassRule[]): void {
  const known = new Set([...CLASS_RULES, ...rules].map(({ id }) => id))
  checkTwice(
    rules.map(({ id }) => id),
    'rules',
  )
  rules.forEach((rule, at) => {
    const stranger = rule.givesWayTo?.findIndex((id) => !known.has(id)) ?? -1
    if (stranger >= 0) {
      throw new Objection(['rules', at, 'givesWayTo', stranger], `no rule is called "${rule.givesWayTo?.[stranger]}"`)
    }
  })
}

function checkTwice(ids: readonly string[], what: 'rules' | 'pairs'): void {
  const at = ids.findIndex((id, place) => ids.indexOf(id) !== place)
  if (at >= 0) throw new Objection([what, at, 'id'], `two ${what} are called "${ids[at]}"`)
}
