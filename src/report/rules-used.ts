import { CLASS_RULES, type ClassRule } from '../derive/attribution/class-rules.ts'
import { ruleSetHash } from '../derive/attribution/rule-file.ts'
import { type KnownPair } from '../derive/attribution/known-pairs.ts'
import { originOfPair, type RuleSet } from '../derive/attribution/rule-set.ts'

/** How rules and known pairs differ from those that come with pinscope. Plain JSON. */
export interface RulesUsed {
  /** 8 hex digits: that of the browser's links. */
  readonly hash: string
  /** Ids of rules and known pairs that were switched off. */
  readonly off: readonly string[]
  /** Rules in force that pinscope has not, in the order of asking. */
  readonly added: readonly ClassRule[]
  /** Rules in force that took the place of pinscope's own of the same id. */
  readonly replaced: readonly ClassRule[]
  /** Known pairs in force that a person added, or put in the place of pinscope's; absent when there are none. */
  readonly pairs?: readonly KnownPair[]
}

/** What is said of the rules; undefined for those that come with pinscope. */
export function rulesUsed(set: RuleSet): RulesUsed | undefined {
  const hash = ruleSetHash(set)
  if (hash === '') return undefined
  const builtIn = new Set(CLASS_RULES.map(({ id }) => id))
  const others = set.rules.filter((rule) => !CLASS_RULES.includes(rule))
  const pairs = set.pairs.filter((pair) => originOfPair(pair) !== 'pinscope')
  return {
    hash,
    off: [...set.disabled, ...set.disabledPairs].map(({ id }) => id),
    added: others.filter(({ id }) => !builtIn.has(id)),
    replaced: others.filter(({ id }) => builtIn.has(id)),
    ...(pairs.length === 0 ? {} : { pairs }),
  }
}

/** One line for people: `Rules of your own, 1a2b3c4d: off gup-get; added my-driver (mapping)`. */
export function rulesUsedText({ hash, off, added, replaced, pairs = [] }: RulesUsed): string {
  const parts = [
    ['off', off],
    ['added', added.map(named)],
    ['replaced', replaced.map(named)],
    ['known pairs', pairs.map(({ id }) => id)],
  ] as const
  const told = parts.filter(([, ids]) => ids.length > 0).map(([what, ids]) => `${what} ${ids.join(', ')}`)
  return `Rules of your own, ${hash}: ${told.join('; ')}`
}

function named({ id, class: of }: ClassRule): string {
  return `${id} (${of})`
}
