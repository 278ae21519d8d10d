import { type CompareFacts } from './compare-text.ts'

/** Two captures side by side for machines. Fields are added, never changed; see the README of the repository. */
export function compareJson({ choice, answer }: CompareFacts): object {
  const { sides, summary, cautions, attempts, failures, failuresLeft, failedRanges, blockingPages } = answer
  const { exposures, rule, sums, changes, tooFew, total, rows } = answer
  return {
    schema: 'pinscope.compare/1',
    by: choice.grouping,
    thresholdNs: choice.thresholdNs,
    filter: choice.filter,
    summary,
    cautions,
    sides,
    attempts,
    failedRanges,
    blockingPages,
    failures,
    failuresLeft,
    perAttempt: exposures.ranges,
    perSecond: exposures.holds,
    rule,
    sums,
    changes,
    tooFew,
    rows: rows.map(({ names, title, class: classId, stacks, a, b, change, by, tells, told }) => ({
      name: title,
      names,
      class: classId,
      stacks,
      change,
      by,
      tells,
      told,
      a,
      b,
    })),
    rowsLeftOff: total - rows.length,
  }
}
