import { counted } from '../../base/counted.ts'
import { type Exposure, rateOf, rateUnit } from './compare-exposure.ts'
import { type ComparedAttempts, type ComparedFailures, type FailureCounts } from './compare-failures.ts'
import { type CompareChange } from './compare-groups.ts'
import { type Tells } from './rate-test.ts'
import { rateText, signedText } from './rate-text.ts'

/** What a difference says, in one word for a column; `too few` to tell. */
export const TELLS_WORDS: Readonly<Record<Tells, string>> = {
  told: 'told',
  chance: 'chance',
  too_few: 'too few',
  unknown: 'unknown',
}

/** What may become of a group, in the order of a line of text, and how their number is told. */
export const COMPARE_CHANGES = ['new', 'gone', 'more', 'less', 'same'] as const satisfies readonly CompareChange[]
export const CHANGE_COUNT_WORDS: Readonly<Record<CompareChange, string>> = {
  new: 'new',
  gone: 'gone',
  more: 'more',
  less: 'less',
  same: 'same or by chance',
}

/** `same` is said of what is the same: of rates that differ, that they do so by chance or have the same count. */
export function changeWord(change: CompareChange, tells: Tells, differs: boolean): string {
  if (change !== 'same' || !differs) return change
  return tells === 'chance' ? 'chance' : 'same count'
}

/** One line of failures side by side: what, on each side, by how much they differ, and whether that says anything. */
export interface FailureLine {
  readonly key: string
  readonly what: string
  /** Where it is known from: the event, or the verdict. */
  readonly basis: string
  readonly a: string
  readonly b: string
  readonly difference: string
  readonly told: string
  readonly exampleA?: FailureCounts['example']
  readonly exampleB?: FailureCounts['example']
}

/** `CMA allocations that failed: 14 of 14, 3 of 14, −0.786`. */
export function attemptLine({ kind, noun, event, a, b, tells }: ComparedAttempts): FailureLine {
  const shareOf = (side: ComparedAttempts['a']): number => (side === undefined ? 0 : side.failed / side.total)
  const isKnown = a !== undefined && b !== undefined
  const difference = shareOf(b) - shareOf(a)
  return {
    key: `attempts ${kind}`,
    what: `${noun}s that failed`,
    basis: event,
    a: a === undefined ? 'no event tells' : `${a.failed} of ${a.total}`,
    b: b === undefined ? 'no event tells' : `${b.failed} of ${b.total}`,
    difference: isKnown ? `${signedText(Math.round(difference * 10_000) / 100)} points` : '',
    told: difference === 0 && isKnown ? '' : TELLS_WORDS[tells],
  }
}

/** `cma, 73728 pages: held by leaky_grab`, and of each side `2 ranges, 5 tries, 3 pages`: those that blocked. */
export function failureLine(row: ComparedFailures, exposure: Exposure): FailureLine {
  const { trigger, pages, verdict, a, b, tells } = row
  const size = pages === 0 ? 'a zone' : counted(pages, 'page')
  const rate = (counts: FailureCounts | undefined, of: number): number => rateOf(counts?.ranges ?? 0, exposure, of)
  const difference = rate(b, exposure.b) - rate(a, exposure.a)
  return {
    key: row.key,
    what: `${trigger}, ${size}: ${verdict}${holderWords(row)}`,
    basis: 'failed ranges that are alike',
    a: countsText(a),
    b: countsText(b),
    difference: `${signedText(difference)}${rateUnit(exposure)}`,
    told: difference === 0 ? '' : TELLS_WORDS[tells],
    ...(a === undefined ? {} : { exampleA: a.example }),
    ...(b === undefined ? {} : { exampleB: b.example }),
  }
}

function holderWords({ verdict, holder }: ComparedFailures): string {
  if (holder === '') return ', nobody named'
  return verdict === 'held' || verdict === 'transient' ? ` by ${holder}` : `, ${holder}`
}

function countsText(counts: FailureCounts | undefined): string {
  if (counts === undefined) return 'none'
  const { ranges, tries, blocking, gotInstead } = counts
  const instead = gotInstead === 0 ? '' : `, ${gotInstead} got another window`
  const often = tries === ranges ? '' : `, ${tries} tries`
  return `${counted(ranges, 'range')}${often}, ${counted(blocking, 'page')}${instead}`
}

/** A rate of both sides beside raw numbers: `3 → 0 (0.214 → 0 per attempt)`. */
export function arrowText(a: number, b: number, exposure: Exposure): string {
  const raw = `${a} → ${b}`
  if (exposure.per === 'none') return raw
  const rates = `${rateText(rateOf(a, exposure, exposure.a))} → ${rateText(rateOf(b, exposure, exposure.b))}`
  return `${raw} (${rates} per ${exposure.per})`
}
