import { type HoldChoice } from '../pinner-choice.ts'
import { type CompareDigest } from './compare-digest.ts'

/** What holds of two captures are put side by side by: each has a name that means the same in both. */
export const COMPARE_GROUPINGS = ['holder', 'stack', 'task', 'class'] as const
export type CompareGrouping = (typeof COMPARE_GROUPINGS)[number]

/** What is counted of a group, in the order of what matters to a range that failed. */
export const COMPARE_MEASURES = ['ranges', 'longTerm', 'open', 'holds', 'totalNs', 'pages'] as const
export type CompareMeasure = (typeof COMPARE_MEASURES)[number]

/** What groups can be sorted by: what changed most that matters, the name, one measure of one side. */
export type CompareSort = 'rank' | 'name' | `${'a' | 'b'}-${CompareMeasure}`

/** Which holds are compared, and what they are grouped by. `thresholdNs` tells long-term holds; shorter ones count as holds. */
export interface CompareChoice extends HoldChoice {
  readonly grouping: CompareGrouping
}

/** Asked of A, the capture that is open: what of it is compared. */
export interface CompareDigestQuestion {
  readonly choice: CompareChoice
}

/** Asked of B, the second capture: itself beside what A told of itself. */
export interface CompareQuestion {
  readonly choice: CompareChoice
  /** A's digest, made with the same choice. */
  readonly other: CompareDigest
  readonly sort: CompareSort
  readonly isDescending: boolean
  readonly offset: number
  readonly limit: number
}

/** Asked of each capture alone: what a group is made of. */
export interface CompareRowQuestion {
  readonly choice: CompareChoice
  /** Name of the group, see `compareKeysOf`; that of a row's side. */
  readonly name: string
  /** Holds to give as examples. */
  readonly limit: number
}
