import { formatDuration } from '../../base/clock.ts'
import { ATTEMPT_WORDS } from './attempt-counts.ts'
import {
  arrowText,
  attemptLine,
  CHANGE_COUNT_WORDS,
  changeWord,
  COMPARE_CHANGES,
  failureLine,
  type FailureLine,
  TELLS_WORDS,
} from './compare-words.ts'
import { RATE_RULE } from './rate-test.ts'
import { type CompareCaution, compareCautions } from './compare-cautions.ts'
import { type CompareCounts, type CompareDigest } from './compare-digest.ts'
import { type Exposures, exposuresOf } from './compare-exposure.ts'
import { compareAttempts, type ComparedAttempts, type ComparedFailures, compareFailures } from './compare-failures.ts'
import {
  type CompareChange,
  type ComparedGroup,
  compareGroups,
  keyOfGroup,
  rateDifference,
  sortCompared,
} from './compare-groups.ts'
import { COMPARE_MEASURES, type CompareMeasure, type CompareQuestion } from './compare-question.ts'
import { type CompareSide } from './compare-side.ts'
import { compareSummary } from './compare-summary.ts'
import { MEASURE_NAMES, MEASURE_WORDS, measureTexts, type MeasureText } from './measure-text.ts'

/** A group in both captures, with its numbers in words. */
export interface ComparedRow extends ComparedGroup {
  /** One name for the group, whichever capture has it. */
  readonly key: string
  readonly texts: Readonly<Record<CompareMeasure, MeasureText>>
  /** What became of it, in a word or two: `same` only where nothing differs. */
  readonly changeWord: string
  /** What the change is known by, both ways: `ranges blocked 3 → 0 (0.214 → 0 per attempt)`. */
  readonly changeText: string
  /** The same as a difference of rates: `ranges −0.214/attempt`. */
  readonly differenceText: string
  /** Whether it says anything: `told`, `chance`, `too few`, `unknown`; empty where nothing differs. */
  readonly toldText: string
}

/** Answer to `compare`: two captures side by side. */
export interface CompareAnswer {
  readonly sides: { readonly a: CompareSide; readonly b: CompareSide }
  readonly summary: readonly string[]
  readonly cautions: readonly CompareCaution[]
  readonly attempts: readonly ComparedAttempts[]
  /** Those that differ most; the others are counted. */
  readonly failures: readonly ComparedFailures[]
  readonly failuresLeft: number
  /** Attempts, then failed ranges, each as a line of text. */
  readonly failureLines: readonly FailureLine[]
  readonly failedRanges: { readonly a: number; readonly b: number }
  readonly blockingPages: { readonly a: number; readonly b: number }
  readonly exposures: Exposures
  /** What counts are divided by, in words. */
  readonly exposureText: string
  /** When a difference counts as told, in words. */
  readonly rule: string
  readonly sums: { readonly a: CompareCounts; readonly b: CompareCounts }
  /** Groups by what became of them. */
  readonly changes: Readonly<Record<CompareChange, number>>
  /** The same in words, in the order of a line of text. */
  readonly changeCounts: readonly { readonly word: string; readonly count: number }[]
  /** Groups whose change too few holds tell of. */
  readonly tooFew: number
  readonly total: number
  readonly offset: number
  readonly rows: readonly ComparedRow[]
}

const MOST_FAILURES = 200

/** Puts two digests of one choice side by side; a window of the ranked groups. O(groups log groups). */
export function compareDigests(
  a: CompareDigest,
  b: CompareDigest,
  { choice, sort, isDescending, offset, limit }: Omit<CompareQuestion, 'other'>,
): CompareAnswer {
  const exposures = exposuresOf(a, b)
  const ranked = compareGroups(a, b, exposures, choice.grouping)
  const failures = compareFailures(a, b)
  const attempts = compareAttempts(a, b)
  const shown = failures.slice(0, MOST_FAILURES)
  const count = (change: CompareChange): number => ranked.filter((group) => group.change === change).length
  return {
    sides: { a: a.side, b: b.side },
    summary: compareSummary(a, b),
    cautions: compareCautions(a, b, choice.grouping),
    attempts,
    failures: shown,
    failuresLeft: failures.length - shown.length,
    failureLines: [...attempts.map(attemptLine), ...shown.map((row) => failureLine(row, exposures.ranges))],
    failedRanges: { a: a.failedRanges, b: b.failedRanges },
    blockingPages: { a: a.blockingPages, b: b.blockingPages },
    exposures,
    exposureText: exposureText(exposures),
    rule: RATE_RULE,
    sums: { a: a.sums, b: b.sums },
    changes: { new: count('new'), gone: count('gone'), more: count('more'), less: count('less'), same: count('same') },
    changeCounts: COMPARE_CHANGES.map((change) => ({ word: CHANGE_COUNT_WORDS[change], count: count(change) })),
    tooFew: ranked.filter((group) => group.tells === 'too_few' && differs(group, exposures)).length,
    total: ranked.length,
    offset,
    rows: sortCompared(ranked, sort, isDescending)
      .slice(offset, offset + limit)
      .map((group) => rowOf(group, exposures, { a: a.side, b: b.side })),
  }
}

function differs(group: ComparedGroup, exposures: Exposures): boolean {
  return rateDifference(group, group.by, exposures) !== 0
}

function rowOf(group: ComparedGroup, exposures: Exposures, sides: CompareAnswer['sides']): ComparedRow {
  const textOf = (measure: CompareMeasure): readonly [CompareMeasure, MeasureText] => [
    measure,
    measureTexts(group, measure, {
      exposure: exposures[measure],
      difference: rateDifference(group, measure, exposures),
      sides,
    }),
  ]
  // Every measure has its text.
  const texts = Object.fromEntries(COMPARE_MEASURES.map(textOf)) as Record<CompareMeasure, MeasureText>
  const { by, a, b, tells } = group
  const difference = arrowText(a[by], b[by], exposures[by])
  return {
    ...group,
    key: keyOfGroup(group),
    texts,
    changeWord: changeWord(group.change, tells, differs(group, exposures)),
    changeText: `${MEASURE_WORDS[by]} ${difference}`,
    differenceText: `${MEASURE_NAMES[by]} ${texts[by].difference}`,
    toldText: differs(group, exposures) ? TELLS_WORDS[tells] : '',
  }
}

/** `Ranges are counted per CMA allocation (A 1, B 1), holds per second of trace (A 2.170 s, B 229.127 ms).` */
function exposureText({ ranges, holds }: Exposures): string {
  const noun = ranges.kind === undefined ? 'second of trace' : ATTEMPT_WORDS[ranges.kind].noun
  const rangesBy =
    ranges.per === 'attempt'
      ? `per ${noun} (A ${ranges.a}, B ${ranges.b})`
      : ranges.per === 'second'
        ? 'per second of trace, since no event that both have tells of attempts'
        : 'as they are'
  const holdsBy =
    holds.per === 'second'
      ? `per second of trace (A ${formatDuration(holds.a)}, B ${formatDuration(holds.b)})`
      : 'as they are, since one of the traces tells no time'
  return `Ranges are counted ${rangesBy}, holds ${holdsBy}.`
}
