import { type LinearPattern, linearPattern } from '../../base/linear-pattern.ts'
import { CLASS_RULES, CLASS_RULES_VERSION, type ClassRule } from './class-rules.ts'
import { KNOWN_PAIRS, type KnownPair } from './known-pairs.ts'

/** The rules that references are classed by, and the known pairs that puts are matched with gets by. A frozen value: equal sets need not be the same object, but cost a cache each. */
export interface RuleSet {
  /** `CLASS_RULES_VERSION` that the set was made with. */
  readonly version: number
  /** Rules in force, in the order of asking. */
  readonly rules: readonly ClassRule[]
  /** Rules that were switched off: known, shown, not asked. */
  readonly disabled: readonly ClassRule[]
  /** Known pairs in force, a person's own first. */
  readonly pairs: readonly KnownPair[]
  /** Known pairs that were switched off. */
  readonly disabledPairs: readonly KnownPair[]
}

/** What a user changes about the rules that come with pinscope. */
export interface RuleChoice {
  /** Ids of rules and of known pairs that are not asked; ids of none are ignored here, and refused where a person types them. */
  readonly disabledRuleIds?: readonly string[]
  /**
   * Asked before the rules that come with pinscope, or where `before` or `after` says; one with the id of a rule of
   * pinscope takes its place instead.
   */
  readonly extraRules?: readonly ClassRule[]
  /** Known pairs beside those that come with pinscope; one with the id of a pair of pinscope takes its place. */
  readonly extraPairs?: readonly KnownPair[]
}

/** The rules and pairs that come with pinscope, all in force. */
export const DEFAULT_RULES: RuleSet = {
  version: CLASS_RULES_VERSION,
  rules: CLASS_RULES,
  disabled: [],
  pairs: KNOWN_PAIRS,
  disabledPairs: [],
}

/** The rules of a choice. `DEFAULT_RULES` itself when nothing is chosen. */
export function chooseRules({ disabledRuleIds = [], extraRules = [], extraPairs = [] }: RuleChoice): RuleSet {
  if (disabledRuleIds.length === 0 && extraRules.length === 0 && extraPairs.length === 0) return DEFAULT_RULES
  const extras = new Map(extraRules.map((rule) => [rule.id, rule]))
  const builtIn = new Set(CLASS_RULES.map((rule) => rule.id))
  const added = [...extras.values()].filter((rule) => !builtIn.has(rule.id))
  const at = (place: 'before' | 'after', id: string): readonly ClassRule[] => added.filter((rule) => rule[place] === id)
  const all = [
    ...added.filter((rule) => rule.before === undefined && rule.after === undefined),
    ...CLASS_RULES.flatMap((rule) => [...at('before', rule.id), extras.get(rule.id) ?? rule, ...at('after', rule.id)]),
  ]
  return {
    version: CLASS_RULES_VERSION,
    rules: all.filter((rule) => !disabledRuleIds.includes(rule.id)),
    disabled: all.filter((rule) => disabledRuleIds.includes(rule.id)),
    ...choosePairs(extraPairs, disabledRuleIds),
  }
}

function choosePairs(
  extraPairs: readonly KnownPair[],
  disabledIds: readonly string[],
): Pick<RuleSet, 'pairs' | 'disabledPairs'> {
  const all = allPairs(extraPairs)
  return {
    pairs: all.filter(({ id }) => !disabledIds.includes(id)),
    disabledPairs: all.filter(({ id }) => disabledIds.includes(id)),
  }
}

/** A person's pairs and those of pinscope, each at its place: new ones first. */
export function allPairs(extraPairs: readonly KnownPair[]): readonly KnownPair[] {
  const extras = new Map(extraPairs.map((pair) => [pair.id, pair]))
  const added = [...extras.values()].filter(({ id }) => !PAIRS_COME_WITH.has(id))
  return [...added, ...KNOWN_PAIRS.map((pair) => extras.get(pair.id) ?? pair)]
}

const COME_WITH = new Map(CLASS_RULES.map((rule) => [rule.id, rule]))
const PAIRS_COME_WITH = new Map(KNOWN_PAIRS.map((pair) => [pair.id, pair]))

/** Whose a rule or a pair is: pinscope's own, a person's new one, or one of a person in the place of pinscope's. */
export type RuleOrigin = 'pinscope' | 'added' | 'replaced'

/** Whose a rule is. */
export function originOf(rule: ClassRule): RuleOrigin {
  const known = COME_WITH.get(rule.id)
  if (known === undefined) return 'added'
  return known === rule || JSON.stringify(fieldsOf(known)) === JSON.stringify(fieldsOf(rule)) ? 'pinscope' : 'replaced'
}

/** Whose a known pair is. */
export function originOfPair(pair: KnownPair): RuleOrigin {
  const known = PAIRS_COME_WITH.get(pair.id)
  if (known === undefined) return 'added'
  const isSame = known === pair || JSON.stringify(fieldsOfPair(known)) === JSON.stringify(fieldsOfPair(pair))
  return isSame ? 'pinscope' : 'replaced'
}

/** What a known pair says, in a fixed order: equal for pairs that say the same. */
export function fieldsOfPair({ id, get, put, isSameModule = false, reason, source }: KnownPair): readonly unknown[] {
  return [id, get, put, isSameModule, reason, source]
}

/** What a rule says, in a fixed order: equal for rules that say the same. */
export function fieldsOf(rule: ClassRule): readonly unknown[] {
  const { id, class: of, on, frames, reason, source, givesWayTo = null, matchesModules = false } = rule
  return [id, of, on, frames, reason, source, givesWayTo, matchesModules, rule.before ?? null, rule.after ?? null]
}

/** Which names of functions a rule fits. */
export interface FramePatterns {
  test(symbol: string): boolean
}

/**
 * The patterns of a rule, each over a whole function name. They may be anybody's: none takes longer than the name is long.
 * Throws when one is no regular expression that is read.
 */
export function framesOfRule({ frames }: Pick<ClassRule, 'frames'>): FramePatterns {
  const known = compiled.get(frames) ?? compile(frames)
  compiled.set(frames, known)
  return known
}

/** By the list itself, which nobody changes: those of pinscope are compiled once, and not again for each capture. */
const compiled = new WeakMap<readonly string[], FramePatterns>()

function compile(frames: readonly string[]): FramePatterns {
  const names = new Set(frames.filter((frame) => /^\w+$/.test(frame)))
  const patterns = frames.filter((frame) => !names.has(frame)).map(patternOver)
  return { test: (symbol) => names.has(symbol) || patterns.some((pattern) => pattern.test(symbol)) }
}

function patternOver(frame: string): LinearPattern {
  const pattern = linearPattern(`^(?:${frame})$`, '')
  if (!pattern.ok) throw new Error(pattern.error)
  return pattern.value
}
