import { type PinnersFacts } from './pinners-text.ts'

/** The pinners' table for machines. Fields are added, never changed; see the README of the repository. */
export function pinnersJson({ question, answer }: PinnersFacts): object {
  const { rows, total, noise, sums, hidden, groups, blockers, shapeAxis, hasDurations } = answer
  return {
    schema: 'pinscope.pinners/1',
    grouping: question.grouping,
    sort: [{ sort: question.sort, isDescending: question.isDescending }, ...(question.thenBy ?? [])],
    ...(hasDurations ? { thresholdNs: question.thresholdNs } : {}),
    includeExpected: question.includeExpected,
    shownRules: question.shownRules ?? [],
    filter: question.filter,
    sums,
    hidden,
    groups,
    blockers,
    noise,
    shapeAxis,
    rows,
    rowsLeftOff: total - rows.length,
  }
}
