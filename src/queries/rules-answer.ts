import { type ClassRule, OPERATION_RULES } from '../derive/attribution/class-rules.ts'
import { type KnownPair } from '../derive/attribution/known-pairs.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { ruleSetHash, writeOwnRules, writeRuleFile } from '../derive/attribution/rule-file.ts'
import {
  allPairs,
  chooseRules,
  originOf,
  originOfPair,
  type RuleOrigin,
  type RuleSet,
} from '../derive/attribution/rule-set.ts'
import { type Derived } from '../derive/derived.ts'
import { pairFinderOf } from '../derive/holds/pair-finder.ts'
import { type Trace } from '../model/trace.ts'
import { type HoldChoice } from './pinner-choice.ts'
import { countByRule, NO_COUNTS, type RuleCounts } from './rule-counts.ts'
import { PAGE_TOLD, pageToldId } from './rule-of-hold.ts'
import { rulesWords } from './rules-words.ts'

/** Which rules are in force, and what each decides; hidden is what the choice leaves out. */
export interface RulesQuestion {
  readonly choice: HoldChoice
}

/** One rule with what it decides in the capture. */
export interface RuleAnswer extends ClassRule, RuleCounts {
  readonly origin: RuleOrigin
  /** Switched off: it decides nothing. */
  readonly isOff: boolean
  /** Migration expects what it decides: such holds are hidden unless asked for, and nobody is blamed for them. */
  readonly isExpected: boolean
}

/** One known pair, and how often it fits in the capture. */
export interface PairAnswer extends KnownPair {
  readonly origin: RuleOrigin
  /** Switched off: it is no prior. */
  readonly isOff: boolean
  /** Closed holds whose two stacks it fits, before any other pair of the list. */
  readonly holds: number
}

/** What is known without a stack of a rule file. */
export interface FixedRuleAnswer extends RuleCounts {
  readonly id: string
  readonly class: ReferenceClassId
  readonly reason: string
  readonly source: string
}

/** Rules of a person, told apart by their hash. */
export interface RulesMark {
  /** 8 hex digits; empty for the rules that come with pinscope. */
  readonly hash: string
  /** How a link says it: `off:driver,unmap` when nothing but switches differs, else the hash. */
  readonly link: string
  /** Rules and known pairs added or worded anew, and those switched off. */
  readonly changed: number
  readonly off: number
  /** `rules: built-in v4 + 2 of yours, 1 switched off`. */
  readonly words: string
}

/** Answer to `rules`. */
export interface RulesAnswer extends RulesMark {
  /** All rules as a file: see `writeRuleFile`. */
  readonly text: string
  /** What a person changed alone, as a file: see `writeOwnRules`. */
  readonly ownText: string
  /** All rules in the order of asking, those switched off in their places. */
  readonly rules: readonly RuleAnswer[]
  /** All known pairs in their order, those switched off in their places. */
  readonly pairs: readonly PairAnswer[]
  /** What an operation tells without a rule, always on. */
  readonly fixed: readonly FixedRuleAnswer[]
  /** Holds whose class a page told itself, by class: no rule decided. Those without holds are left out. */
  readonly pageTold: readonly FixedRuleAnswer[]
  /** What nothing decides. */
  readonly unclassified: RuleCounts
}

/** A link with more is no link to read out. Characters. */
const LONGEST_SWITCHES = 48

/** What is to be known of a rule set without a capture. */
export function rulesMark(set: RuleSet): RulesMark {
  const hash = ruleSetHash(set)
  const ownRules = [...set.rules, ...set.disabled].filter((rule) => originOf(rule) !== 'pinscope')
  const changed = ownRules.length + ownPairsOf(set).length
  const off = [...set.disabled, ...set.disabledPairs].map(({ id }) => id)
  const switches = `off:${off.toSorted().join(',')}`
  const link = changed === 0 && off.length > 0 && switches.length <= LONGEST_SWITCHES ? switches : hash
  return { hash, link, changed, off: off.length, words: rulesWords(set) }
}

function ownPairsOf({ pairs, disabledPairs }: RuleSet): readonly KnownPair[] {
  return [...pairs, ...disabledPairs].filter((pair) => originOfPair(pair) !== 'pinscope')
}

/** The rules that a capture was judged by, with what each decides. O(distinct stacks + holds). */
export function rulesAnswer(trace: Trace, derived: Derived, { choice }: RulesQuestion): RulesAnswer {
  const set = derived.rules
  const counts = countByRule(trace, derived, choice)
  const countsOf = (id: string): RuleCounts => counts.get(id) ?? NO_COUNTS
  return {
    ...rulesMark(set),
    text: writeRuleFile(set),
    ownText: writeOwnRules(set),
    rules: allInOrder(set).map((rule) => ({
      ...rule,
      ...countsOf(rule.id),
      origin: originOf(rule),
      isOff: set.disabled.includes(rule),
      isExpected: REFERENCE_CLASSES.some(({ id, isExpected }) => id === rule.class && isExpected),
    })),
    pairs: pairAnswers(trace, derived),
    fixed: OPERATION_RULES.map((rule) => ({ ...rule, ...countsOf(rule.id) })),
    pageTold: REFERENCE_CLASSES.map(({ id }) => ({ id: pageToldId(id), class: id, ...PAGE_TOLD }))
      .map((rule) => ({ ...rule, ...countsOf(rule.id) }))
      .filter(({ holds }) => holds > 0),
    unclassified: countsOf(''),
  }
}

/** Switched off rules as well, where they would be asked. */
function allInOrder({ rules, disabled }: RuleSet): readonly ClassRule[] {
  return chooseRules({ extraRules: [...rules, ...disabled].filter((rule) => originOf(rule) !== 'pinscope') }).rules
}

function pairAnswers(trace: Trace, { holds, rules: set }: Derived): readonly PairAnswer[] {
  const { pairOf } = pairFinderOf(trace, set)
  const counts = new Map<KnownPair, number>()
  for (let hold = 0; hold < holds.length; hold++) {
    const [get, put] = [holds.getRow[hold], holds.putRow[hold]]
    const pair = get < 0 || put < 0 ? undefined : pairOf(trace.events.stack[put], trace.events.stack[get])
    if (pair !== undefined) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return allPairs(ownPairsOf(set)).map((pair) => ({
    ...pair,
    origin: originOfPair(pair),
    isOff: set.disabledPairs.includes(pair),
    holds: counts.get(pair) ?? 0,
  }))
}
