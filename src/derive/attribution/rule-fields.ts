import { CLASS_RULES, type ClassRule, OPERATION_RULES } from './class-rules.ts'
import { KNOWN_PAIRS, type KnownPair, PAIR_ID_PREFIX } from './known-pairs.ts'
import { patternProblem } from './rule-pattern.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Where in a rule or a rule file something stands. */
export type RulePath = readonly (string | number)[]

/** Something that is not as it should be, and where. Thrown inside of a parse only. */
export class Objection extends Error {
  readonly path: RulePath

  constructor(path: RulePath, message: string) {
    super(message)
    this.path = path
  }
}

const MOST_FRAMES = 2000
const CLASSES = REFERENCE_CLASSES.map(({ id }) => id)
const CONTENT = ['class', 'on', 'frames', 'reason', 'source', 'givesWayTo', 'matchesModules', 'before', 'after']
const FIELDS = ['id', ...CONTENT, 'off']
const KNOWN = new Map(CLASS_RULES.map((rule) => [rule.id, rule]))
const PAIR_CONTENT = ['get', 'put', 'isSameModule', 'reason', 'source']
const PAIR_FIELDS = ['id', ...PAIR_CONTENT, 'off']
const KNOWN_PAIR = new Map(KNOWN_PAIRS.map((pair) => [pair.id, pair]))

/** One entry of a rule file. */
export interface RuleEntry {
  readonly rule: ClassRule
  readonly isOff: boolean
}

/**
 * Reads one rule; throws an `Objection`. `{ "id": "driver", "off": true }` says of a rule of pinscope that it is off and
 * nothing else.
 */
export function readRule(value: unknown, path: RulePath): RuleEntry {
  const entry = objectAt(value, path, 'a rule')
  onlyFields(entry, FIELDS, path)
  const id = idAt(entry, path)
  const isOff = flagAt(entry, 'off', path) ?? false
  const known = KNOWN.get(id)
  if (known !== undefined && !CONTENT.some((field) => field in entry)) return { rule: known, isOff }
  const gives = entry['givesWayTo'] === undefined ? undefined : textsAt(entry, 'givesWayTo', path)
  const matches = flagAt(entry, 'matchesModules', path)
  return {
    isOff,
    rule: {
      id,
      class: oneOfAt(entry, 'class', CLASSES, path),
      on: oneOfAt(entry, 'on', ['get', 'put', 'both'], path),
      frames: patternsAt(entry, 'frames', path, matches === true),
      reason: textAt(entry, 'reason', path),
      source: textAt(entry, 'source', path),
      ...(gives === undefined ? {} : { givesWayTo: gives }),
      ...(matches === undefined ? {} : { matchesModules: matches }),
      ...placeAt(entry, path),
    },
  }
}

/** One entry of the pairs of a rule file. */
export interface PairEntry {
  readonly pair: KnownPair
  readonly isOff: boolean
}

/** Reads one known pair; throws an `Objection`. `{ "id": "pair-ksm", "off": true }` says of one of pinscope that it is off. */
export function readPair(value: unknown, path: RulePath): PairEntry {
  const entry = objectAt(value, path, 'a pair')
  onlyFields(entry, PAIR_FIELDS, path)
  const id = pairIdAt(entry, path)
  const isOff = flagAt(entry, 'off', path) ?? false
  const known = KNOWN_PAIR.get(id)
  if (known !== undefined && !PAIR_CONTENT.some((field) => field in entry)) return { pair: known, isOff }
  const isSameModule = flagAt(entry, 'isSameModule', path)
  return {
    isOff,
    pair: {
      id,
      get: patternsAt(entry, 'get', path),
      put: patternsAt(entry, 'put', path),
      ...(isSameModule === undefined ? {} : { isSameModule }),
      reason: textAt(entry, 'reason', path),
      source: textAt(entry, 'source', path),
    },
  }
}

function pairIdAt(entry: Readonly<Record<string, unknown>>, path: RulePath): string {
  const id = textAt(entry, 'id', path)
  if (!/^pair-[a-z0-9-]{1,35}$/.test(id))
    throw new Objection(
      [...path, 'id'],
      `"${id}" is no id of a pair: "${PAIR_ID_PREFIX}" and then lower case, digits and dashes, at most 40 in all`,
    )
  return id
}

function idAt(entry: Readonly<Record<string, unknown>>, path: RulePath): string {
  const id = textAt(entry, 'id', path)
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id))
    throw new Objection([...path, 'id'], `"${id}" is no id: lower case, digits and dashes, at most 40`)
  if (id.startsWith(PAIR_ID_PREFIX))
    throw new Objection([...path, 'id'], `"${id}" is the id of a known pair, which stands under "pairs"`)
  if (isTaken(id)) throw new Objection([...path, 'id'], `"${id}" means something else already: choose another id`)
  return id
}

/** Ids of classes that hide, of what is known without a stack, and of what the page itself tells are no rules of the file. */
function isTaken(id: string): boolean {
  return (
    REFERENCE_CLASSES.some((known) => known.isExpected && known.id === id) ||
    OPERATION_RULES.some((rule) => rule.id === id) ||
    id.startsWith('page-told-')
  )
}

function placeAt(entry: Readonly<Record<string, unknown>>, path: RulePath): Pick<ClassRule, 'before' | 'after'> {
  const place = (['before', 'after'] as const).filter((name) => entry[name] !== undefined)
  if (place.length === 0) return {}
  const [name] = place
  const at = [...path, name]
  if (place.length === 2) throw new Objection(at, 'a rule is asked "before" or "after" another one, not both')
  if (KNOWN.has(textAt(entry, 'id', path)))
    throw new Objection(at, `a rule that takes the place of one of pinscope has its place: leave "${name}" out`)
  const anchor = textAt(entry, name, path)
  if (!KNOWN.has(anchor)) throw new Objection(at, `no rule of pinscope is called "${anchor}"`)
  return { [name]: anchor }
}

function patternsAt(
  entry: Readonly<Record<string, unknown>>,
  name: string,
  path: RulePath,
  mayBeNone = false,
): readonly string[] {
  const patterns = textsAt(entry, name, path)
  if (patterns.length === 0 && !mayBeNone)
    throw new Objection([...path, name], `"${name}" needs a pattern: without one no frame fits`)
  patterns.forEach((pattern, at) => {
    const problem = patternProblem(pattern)
    if (problem !== undefined) throw new Objection([...path, name, at], problem)
  })
  return patterns
}

/** A value that must be an object. */
export function objectAt(value: unknown, path: RulePath, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Objection(path, `${what} is { … }`)
  return Object.fromEntries(Object.entries(value))
}

/** Refuses members that nothing knows: a misspelt one would be lost in silence. */
export function onlyFields(entry: Readonly<Record<string, unknown>>, known: readonly string[], path: RulePath): void {
  const stranger = Object.keys(entry).find((name) => !known.includes(name))
  if (stranger !== undefined) throw new Objection([...path, stranger], `"${stranger}" is none of ${known.join(', ')}`)
}

/** A value that must be a list of at most `most` entries. */
export function listAt(value: unknown, path: RulePath, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Objection(path, `"${path.at(-1)}" is a list, [ … ]`)
  if (value.length > most) throw new Objection(path, `"${path.at(-1)}" has at most ${most} entries`)
  return value
}

function textAt(entry: Readonly<Record<string, unknown>>, name: string, path: RulePath): string {
  const value = entry[name]
  if (typeof value !== 'string' || value.trim() === '') throw new Objection([...path, name], `"${name}" needs a text`)
  return value
}

function textsAt(entry: Readonly<Record<string, unknown>>, name: string, path: RulePath): readonly string[] {
  return listAt(entry[name], [...path, name], MOST_FRAMES).map((value, at) => {
    if (typeof value !== 'string' || value === '')
      throw new Objection([...path, name, at], `"${name}" is a list of texts`)
    return value
  })
}

function flagAt(entry: Readonly<Record<string, unknown>>, name: string, path: RulePath): boolean | undefined {
  const value = entry[name]
  if (value !== undefined && typeof value !== 'boolean')
    throw new Objection([...path, name], `"${name}" is true or false`)
  return value
}

function oneOfAt<Word extends string>(
  entry: Readonly<Record<string, unknown>>,
  name: string,
  words: readonly Word[],
  path: RulePath,
): Word {
  const word = words.find((known) => known === entry[name])
  if (word === undefined) throw new Objection([...path, name], `"${name}" is one of ${words.join(', ')}`)
  return word
}
