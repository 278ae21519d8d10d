import { formatDuration } from '../../base/clock.ts'
import { counted } from '../../base/counted.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type HolderChange, type HolderMeasure } from '../../queries/compare/new-holders.ts'
import { rateOf, rateUnit } from '../../queries/compare/compare-exposure.ts'
import { rateText } from '../../queries/compare/rate-text.ts'
import { type Tells } from '../../queries/compare/rate-test.ts'
import { type HoldAnswer } from '../../queries/wire.ts'
import { plainText } from '../plain-text.ts'
import { type DiffFacts, type GatedHolder } from './diff-gate.ts'

/** What the gate says, for people: its verdict first, then each holder of B with the lines that prove it. */
export function diffText(facts: DiffFacts): string {
  const { answer, holders } = facts
  const lines = [
    verdictLine(facts),
    ...answer.summary,
    ...(answer.cautions.length === 0 ? [] : ['', 'Cautions', ...answer.cautions.map(({ text }) => `   ${text}`)]),
    ...holders.flatMap((holder) => ['', ...holderLines(holder, facts)]),
    ...leftOut(facts),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

function verdictLine({ holders, isFailing, gate, answer }: DiffFacts): string {
  const failing = holders.filter((holder) => holder.isFailing)
  const of = (change: HolderChange): number => failing.filter((holder) => holder.change === change).length
  if (isFailing) {
    const parts = CHANGES.flatMap((change) => (of(change) === 0 ? [] : [`${of(change)} ${CHANGE_WORDS[change]}`]))
    return `FAIL: ${counted(failing.length, 'holder')} of pages in B: ${parts.join(', ')}`
  }
  const kinds = gate.failOn === 'any' ? 'holder' : gate.failOn === 'grown' ? 'new or grown holder' : 'new holder'
  return `pass: no ${kinds}${gate.onlyTold ? ' that numbers tell' : ''} in B (${counted(answer.holders.length, 'holder')} in all)`
}

const CHANGES: readonly HolderChange[] = ['new', 'grown', 'not_watched', 'known']
const CHANGE_WORDS: Readonly<Record<HolderChange, string>> = {
  new: 'new',
  grown: 'grown',
  not_watched: 'not watched in A',
  known: 'known of A',
}

const TELLS_SAID: Readonly<Record<Tells, string>> = {
  told: '',
  chance: '; no more than chance makes',
  too_few: '; too few to tell',
  unknown: '; how much was looked at is not known',
}

function holderLines(holder: GatedHolder, facts: DiffFacts): readonly string[] {
  const { evidence, change, isIgnored, by, tells } = holder
  const word = isIgnored ? `${CHANGE_WORDS[change]}, ignored` : CHANGE_WORDS[change]
  const name = holder.title === '' ? 'a holder without a stack' : holder.title
  const says = change === 'not_watched' ? '' : TELLS_SAID[tells]
  const more = evidence.holds - evidence.examples.length
  return [
    `${word}: ${name} (${holder.class})`,
    `   ${measureText(holder, by, facts)}${says}`,
    ...watchedLines(holder),
    ...(evidence.anyOf > 1 ? [`   one of ${evidence.anyOf} holders or more that nothing separates`] : []),
    ...evidence.failures.slice(0, SHOWN).map(({ id, place }) => `   ${placeText(place)}failed range ${id}`),
    ...moreOf(evidence.failures.length - SHOWN, 'more failed range'),
    ...evidence.examples.map((hold) => `   ${holdText(hold)}`),
    ...moreOf(more, 'more hold'),
    ...(evidence.stacks.length === 0 ? [] : [`   stack ${evidence.stacks.slice(0, SHOWN).join(', ')}`]),
    ...moreOf(evidence.stacks.length - SHOWN, 'more stack'),
  ]
}

const SHOWN = 3

/** What A could see of a holder that it does not have. */
function watchedLines({ change, evidence, pagesWatchedInA, isTooShortInA }: GatedHolder): readonly string[] {
  if (change !== 'new' && change !== 'not_watched') return []
  if (isTooShortInA) return ["   A's trace is shorter than the threshold: nothing can be long-term there"]
  const { length } = evidence.pfns
  return pagesWatchedInA === length
    ? []
    : [`   A watched ${pagesWatchedInA} of ${length === 1 ? 'its page' : `its ${length} pages`}`]
}

const MEASURES: Readonly<Record<HolderMeasure, string>> = {
  ranges: 'ranges blocked',
  longTerm: 'long-term holds',
  open: 'holds open at the end',
}

/** `ranges blocked: 3 of 14 attempts in B (0.214/attempt), 0 of 14 in A (0/attempt)`. */
function measureText({ a, b }: GatedHolder, by: HolderMeasure, { answer }: DiffFacts): string {
  const exposure = answer.exposures[by]
  const side = (count: number, of: number): string =>
    exposure.per === 'none' ? String(count) : `${count} (${rateText(rateOf(count, exposure, of))}${rateUnit(exposure)})`
  return `${MEASURES[by]}: ${side(b[by], exposure.b)} in B, ${side(a[by], exposure.a)} in A`
}

function holdText(hold: HoldAnswer): string {
  const { getPlace, putPlace, task, pfn, from, to, durationText, isAtLeast } = hold
  const begun = from === undefined ? 'since before the trace' : `from ${from.text}`
  const ended = to === undefined ? 'not given back' : `to ${to.text}`
  const lasted = `${isAtLeast ? 'at least ' : ''}${durationText}`
  return `${placeText(getPlace ?? putPlace)}${formatPfn(pfn)} ${task.comm}-${task.pid} ${begun} ${ended}, ${lasted}`
}

function placeText(place: HoldAnswer['getPlace']): string {
  return place === undefined ? '' : `${place.fileName}:${place.line}: `
}

function moreOf(count: number, what: string): readonly string[] {
  return count > 0 ? [`   … ${counted(count, what)}`] : []
}

function leftOut({ answer, thresholdNs }: DiffFacts): readonly string[] {
  const { unnamedRanges, youngHolders } = answer
  const lines = [
    ...(unnamedRanges > 0
      ? [`${counted(unnamedRanges, 'failed range')} of B name nobody: no holder is judged there.`]
      : []),
    ...(youngHolders > 0
      ? [
          `${counted(youngHolders, 'more holder')} of B have nothing but holds that are open at its end, for less than ${formatDuration(thresholdNs)}: not judged.`,
        ]
      : []),
  ]
  return lines.length === 0 ? [] : ['', ...lines]
}
