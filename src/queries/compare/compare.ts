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
import { measureTexts, type MeasureText } from './measure-text.ts'

/** A group in both captures, with its numbers in words. */
export interface ComparedRow extends ComparedGroup {
  /** One name for the group, whichever capture has it. */
  readonly key: string
  readonly texts: Readonly<Record<CompareMeasure, MeasureText>>
}

/** Answer to `compare`: two captures side by side. */
export interface CompareAnswer {
  readonly sides: { readonly a: CompareSide; readonly b: CompareSide }
  readonly summary: readonly string[]
  readonly cautions: readonly CompareCaution[]
  readonly attempts: readonly ComparedAttempts[]
  readonly failures: readonly ComparedFailures[]
  readonly failedRanges: { readonly a: number; readonly b: number }
  readonly blockingPages: { readonly a: number; readonly b: number }
  readonly exposures: Exposures
  readonly sums: { readonly a: CompareCounts; readonly b: CompareCounts }
  /** Groups by what became of them. */
  readonly changes: Readonly<Record<CompareChange, number>>
  /** Groups whose change too few holds tell of. */
  readonly tooFew: number
  readonly total: number
  readonly offset: number
  readonly rows: readonly ComparedRow[]
}

/** Puts two digests of one choice side by side; a window of the ranked groups. O(groups log groups). */
export function compareDigests(
  a: CompareDigest,
  b: CompareDigest,
  { choice, sort, isDescending, offset, limit }: Omit<CompareQuestion, 'other'>,
): CompareAnswer {
  const exposures = exposuresOf(a, b)
  const ranked = compareGroups(a, b, exposures, choice.grouping)
  const count = (change: CompareChange): number => ranked.filter((group) => group.change === change).length
  return {
    sides: { a: a.side, b: b.side },
    summary: compareSummary(a, b),
    cautions: compareCautions(a, b, choice.grouping),
    attempts: compareAttempts(a, b),
    failures: compareFailures(a, b),
    failedRanges: { a: a.failedRanges, b: b.failedRanges },
    blockingPages: { a: a.blockingPages, b: b.blockingPages },
    exposures,
    sums: { a: a.sums, b: b.sums },
    changes: { new: count('new'), gone: count('gone'), more: count('more'), less: count('less'), same: count('same') },
    tooFew: ranked.filter(({ tells }) => tells === 'too_few').length,
    total: ranked.length,
    offset,
    rows: sortCompared(ranked, sort, isDescending)
      .slice(offset, offset + limit)
      .map((group) => rowOf(group, exposures, { a: a.side, b: b.side })),
  }
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
  return { ...group, key: keyOfGroup(group), texts }
}
