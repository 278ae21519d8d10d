import { fail, ok, type Result } from '../base/result.ts'
import { type OptionReaders } from './read-words.ts'

/** What is said about the rules; nothing when those that come with pinscope shall do. */
export interface RulesAsked {
  /** A rule file. */
  readonly rulesPath?: string
  /** Rules to switch off, as typed: not yet known to exist. */
  readonly withoutRules?: readonly string[]
}

/** `--rules FILE` and `--without-rule ID`. */
export const RULE_OPTIONS: OptionReaders<RulesAsked> = {
  // Of two files one would be dropped in silence.
  '--rules': (text, { rulesPath }) =>
    isNoOption(text) && rulesPath === undefined ? ok({ rulesPath: text }) : fail('one rule file'),
  '--without-rule': (text, { withoutRules = [] }) =>
    isNoOption(text) ? ok({ withoutRules: [...withoutRules, text] }) : fail('the id of a rule'),
}

/** What is said about going on with a file that grows. */
export interface WatchAsked {
  readonly isWatched?: true
  readonly untilFailure?: true
}

/** `--watch` and `--until-failure`, which is nothing without it. */
export const WATCH_FLAGS = {
  '--watch': { isWatched: true },
  '--until-failure': { isWatched: true, untilFailure: true },
} as const satisfies Readonly<Record<string, WatchAsked>>

/** `--threshold-us 5`: a threshold in microseconds, kept in nanoseconds. */
export function readThreshold(text: string): Result<{ readonly thresholdNs: number }, string> {
  const thresholdNs = Number(text) * 1000
  return /^\d+$/.test(text) && Number.isSafeInteger(thresholdNs)
    ? ok({ thresholdNs })
    : fail('a whole number of microseconds')
}

/** `--kpage-start 0xdc00`: the first PFN of kpage arrays of which no file tells it. */
export function readKpageStart(text: string): Result<{ readonly kpageStart: number }, string> {
  const kpageStart = Number(text)
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) && Number.isSafeInteger(kpageStart)
    ? ok({ kpageStart })
    : fail('a PFN, decimal or hex with 0x')
}

/** `--top 20`: rows at most. */
export function readLimit(text: string): Result<{ readonly limit: number }, string> {
  return /^[1-9]\d{0,8}$/.test(text) ? ok({ limit: Number(text) }) : fail('how many rows at most')
}

/** `--filter TEXT` of holders. */
export function readHolderFilter(text: string): Result<{ readonly filter: string }, string> {
  return text === '' ? fail('a symbol, a comm or a pid') : ok({ filter: text })
}

/** An option whose value is one of some words. */
export function oneOf<Word extends string, Asked>(
  words: readonly Word[],
  asked: (chosen: Word) => Asked,
): (text: string) => Result<Asked, string> {
  return (text) => {
    const found = words.find((known) => known === text)
    return found === undefined ? fail(`one of ${words.join(', ')}`) : ok(asked(found))
  }
}

/** False when the value was left out and the next option stands in its place. */
export function isNoOption(text: string): boolean {
  return text !== '' && !text.startsWith('-')
}
