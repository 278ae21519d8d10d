import { fail, ok, type Result } from '../base/result.ts'
import { foldFlame } from '../queries/flame/flame-folded.ts'
import { noiseRulesOf } from '../queries/noise-rules.ts'
import { findPinners, type PinnersQuestion } from '../queries/pinners.ts'
import { plainText } from '../report/plain-text.ts'
import { pinnersJson } from '../report/pinners/pinners-json.ts'
import { pinnersText } from '../report/pinners/pinners-text.ts'
import { loadCapture } from './load-capture.ts'
import { nearWords } from './near-words.ts'
import { type PinnersAsked, type PinnersCommand } from './pinners-arguments.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** As on the screen: ranges blocked first, holds from 300 ms on. */
const DEFAULT_THRESHOLD_NS = 300_000_000

/** `pinscope pinners`: what goes to standard output. */
export async function runPinners(command: PinnersCommand): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const loaded = await loadCapture(command.paths, choice.value)
  if (!loaded.ok) return loaded
  const { trace, derived } = loaded.value
  const { asked } = command
  const known = noiseRulesOf(trace, derived).rules.flatMap((rule) => [rule.id, rule.class])
  const stranger = asked.shownRules?.find((id) => !known.some((name) => name === id))
  if (stranger !== undefined) return fail(unknownNoise(stranger, known))
  const question = pinnersQuestion(asked)
  if (command.form === 'folded') {
    const folded = foldFlame(trace, derived, {
      ...question,
      area: asked.area ?? 'holds',
      order: asked.order ?? 'callers',
      innermost: asked.innermost ?? 'helper',
      mergesRecursion: false,
      mergesModules: false,
      collapsed: [],
      hidden: [],
    })
    return ok(folded.split('\n').map(plainText).join('\n'))
  }
  const facts = { question, answer: findPinners(trace, derived, question), unit: trace.clock.style.unit }
  return ok(command.form === 'json' ? `${JSON.stringify(pinnersJson(facts), undefined, 1)}\n` : pinnersText(facts))
}

/** The question that the options ask. */
export function pinnersQuestion(asked: PinnersAsked): PinnersQuestion {
  const [first = { sort: 'ranges', isDescending: true } as const, ...thenBy] = asked.sorts ?? []
  return {
    thresholdNs: asked.thresholdNs ?? DEFAULT_THRESHOLD_NS,
    includeExpected: asked.includeExpected === true,
    shownRules: asked.shownRules ?? [],
    filter: asked.filter ?? '',
    grouping: asked.grouping ?? 'stack',
    withBlockers: true,
    ...first,
    thenBy,
    offset: 0,
    limit: asked.limit ?? Number.MAX_SAFE_INTEGER,
  }
}

function unknownNoise(id: string, known: readonly string[]): string {
  const near = nearWords(id, [...new Set(known)])
  const hint =
    near.length === 0 ? 'classes are allocation, mapping, page_cache, lru, migration' : `near: ${near.join(', ')}`
  return `--show: no rule or class that hides holds is called "${id}"; ${hint}`
}
