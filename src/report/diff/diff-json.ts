import { type DiffFacts } from './diff-gate.ts'

/** What the gate says, for machines. Fields are added, never changed; see the README of the repository. */
export function diffJson({ answer, gate, grouping, thresholdNs, holders, isFailing }: DiffFacts): object {
  const { summary, cautions, sides, exposures, unnamedRanges, youngHolders } = answer
  return {
    schema: 'pinscope.diff/1',
    fails: isFailing,
    failOn: gate.failOn,
    onlyTold: gate.onlyTold,
    by: grouping,
    thresholdNs,
    summary,
    cautions,
    sides,
    perAttempt: exposures.ranges,
    perSecond: exposures.holds,
    holders: holders.map(({ title, names, class: classId, change, by, tells, a, b, evidence, ...holder }) => ({
      name: title,
      names,
      class: classId,
      change,
      fails: holder.isFailing,
      ignored: holder.isIgnored,
      by,
      tells,
      a,
      b,
      stacks: evidence.stacks,
      pfns: evidence.pfns,
      pagesWatchedInA: holder.pagesWatchedInA,
      isTooShortInA: holder.isTooShortInA,
      anyOf: evidence.anyOf,
      failures: evidence.failures,
      holds: evidence.examples,
      holdsLeftOff: evidence.holds - evidence.examples.length,
    })),
    unnamedRanges,
    youngHolders,
  }
}
