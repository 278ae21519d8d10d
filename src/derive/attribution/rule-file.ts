import { hashText } from '../../base/hash.ts'
import { type JsonWithLines, type LineProblem, parseJsonWithLines } from '../../base/json-with-lines.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { CLASS_RULES, CLASS_RULES_VERSION, type ClassRule, OPERATION_RULES } from './class-rules.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'
import { type RuleChoice, type RuleSet } from './rule-set.ts'

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

/** 8 hex digits that tell sets of rules apart; empty for the rules that come with pinscope. */
export function ruleSetHash({ version, rules, disabled }: RuleSet): string {
  if (disabled.length === 0 && rules.length === CLASS_RULES.length && rules.every(isBuiltIn)) return ''
  const off = disabled.map((rule) => rule.id).toSorted()
  return hashText(JSON.stringify([version, rules.map(orderedFields), off])).slice(0, 8)
}

/** True for a rule that is exactly as it comes with pinscope. */
function isBuiltIn(rule: ClassRule): boolean {
  const known = CLASS_RULES.find(({ id }) => id === rule.id)
  return known !== undefined && JSON.stringify(orderedFields(known)) === JSON.stringify(orderedFields(rule))
}

function orderedFields(rule: ClassRule): readonly unknown[] {
  const { id, class: of, on, frames, reason, source, givesWayTo = [], matchesModules = false } = rule
  return [id, of, on, frames, reason, source, givesWayTo, matchesModules]
}

type Path = readonly (string | number)[]

/** Something in the file that is not as it should be. */
class Objection extends Error {
  readonly path: Path

  constructor(path: Path, message: string) {
    super(message)
    this.path = path
  }
}

const MOST_RULES = 1000
const MOST_FRAMES = 2000
const LONGEST_PATTERN = 300
const CLASSES = REFERENCE_CLASSES.map(({ id }) => id)
const FIELDS = ['id', 'class', 'on', 'frames', 'reason', 'source', 'givesWayTo', 'matchesModules', 'off']

function choiceIn({ value }: JsonWithLines): RuleChoice {
  const file = objectAt(value, [], 'the file')
  if (file['schema'] !== RULE_FILE_SCHEMA) throw new Objection(['schema'], `"schema" must be "${RULE_FILE_SCHEMA}"`)
  onlyFields(file, ['schema', 'version', 'rules'], [])
  const version = file['version'] ?? CLASS_RULES_VERSION
  if (typeof version !== 'number' || !Number.isInteger(version))
    throw new Objection(['version'], '"version" is a whole number')
  if (version > CLASS_RULES_VERSION) {
    throw new Objection(
      ['version'],
      `these rules are of version ${version}, this pinscope knows ${CLASS_RULES_VERSION}`,
    )
  }
  const list = listAt(file['rules'], ['rules'], MOST_RULES)
  const read = list.map((entry, at) => ruleAt(entry, ['rules', at]))
  checkIds(read.map(({ rule }) => rule))
  const extraRules = read.map(({ rule }) => rule).filter((rule) => !isBuiltIn(rule))
  const disabledRuleIds = read.filter(({ isOff }) => isOff).map(({ rule }) => rule.id)
  return { extraRules, disabledRuleIds }
}

function ruleAt(value: unknown, path: Path): { readonly rule: ClassRule; readonly isOff: boolean } {
  const entry = objectAt(value, path, 'a rule')
  onlyFields(entry, FIELDS, path)
  const id = textAt(entry, 'id', path)
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id))
    throw new Objection([...path, 'id'], `"${id}" is no id: lower case, digits and dashes, at most 40`)
  if (isTaken(id)) throw new Objection([...path, 'id'], `"${id}" means something else already: choose another id`)
  const gives = entry['givesWayTo'] === undefined ? undefined : textsAt(entry, 'givesWayTo', path)
  const matches = flagAt(entry, 'matchesModules', path)
  return {
    isOff: flagAt(entry, 'off', path) ?? false,
    rule: {
      id,
      class: oneOfAt(entry, 'class', CLASSES, path),
      on: oneOfAt(entry, 'on', ['get', 'put', 'both'], path),
      frames: patternsAt(entry, path),
      reason: textAt(entry, 'reason', path),
      source: textAt(entry, 'source', path),
      ...(gives === undefined ? {} : { givesWayTo: gives }),
      ...(matches === undefined ? {} : { matchesModules: matches }),
    },
  }
}

/** Ids of classes that hide, of what is known without a stack, and of what the page itself tells are no rules of the file. */
function isTaken(id: string): boolean {
  return (
    REFERENCE_CLASSES.some((known) => known.isExpected && known.id === id) ||
    OPERATION_RULES.some((rule) => rule.id === id) ||
    id.startsWith('page-told-')
  )
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

function patternsAt(entry: Readonly<Record<string, unknown>>, path: Path): readonly string[] {
  const patterns = textsAt(entry, 'frames', path)
  patterns.forEach((pattern, at) => {
    const problem = patternProblem(pattern)
    if (problem !== undefined) throw new Objection([...path, 'frames', at], problem)
  })
  return patterns
}

function patternProblem(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `a pattern has at most ${LONGEST_PATTERN} characters`
  try {
    return new RegExp(`^(?:${pattern})$`).test('') ? 'this pattern fits a frame without a name' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'no regular expression'
  }
}

function objectAt(value: unknown, path: Path, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Objection(path, `${what} is { … }`)
  return Object.fromEntries(Object.entries(value))
}

function onlyFields(entry: Readonly<Record<string, unknown>>, known: readonly string[], path: Path): void {
  const stranger = Object.keys(entry).find((name) => !known.includes(name))
  if (stranger !== undefined) throw new Objection([...path, stranger], `"${stranger}" is none of ${known.join(', ')}`)
}

function listAt(value: unknown, path: Path, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Objection(path, `"${path.at(-1)}" is a list, [ … ]`)
  if (value.length > most) throw new Objection(path, `"${path.at(-1)}" has at most ${most} entries`)
  return value
}

function textAt(entry: Readonly<Record<string, unknown>>, name: string, path: Path): string {
  const value = entry[name]
  if (typeof value !== 'string' || value.trim() === '') throw new Objection([...path, name], `"${name}" needs a text`)
  return value
}

function textsAt(entry: Readonly<Record<string, unknown>>, name: string, path: Path): readonly string[] {
  return listAt(entry[name], [...path, name], MOST_FRAMES).map((value, at) => {
    if (typeof value !== 'string' || value === '')
      throw new Objection([...path, name, at], `"${name}" is a list of texts`)
    return value
  })
}

function flagAt(entry: Readonly<Record<string, unknown>>, name: string, path: Path): boolean | undefined {
  const value = entry[name]
  if (value !== undefined && typeof value !== 'boolean')
    throw new Objection([...path, name], `"${name}" is true or false`)
  return value
}

function oneOfAt<Word extends string>(
  entry: Readonly<Record<string, unknown>>,
  name: string,
  words: readonly Word[],
  path: Path,
): Word {
  const word = words.find((known) => known === entry[name])
  if (word === undefined) throw new Objection([...path, name], `"${name}" is one of ${words.join(', ')}`)
  return word
}
