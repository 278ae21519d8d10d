import { type Finding } from './attribution/finding.ts'
import { type RuleSet } from './attribution/rule-set.ts'
import { type FailedRange } from './failures/failed-range.ts'
import { type LifetimeTable } from './counts/lifetime-table.ts'
import { type HoldTable } from './holds/hold-table.ts'

/** Tables computed once after loading, from a frozen `Trace`. */
export interface Derived {
  readonly lifetimes: LifetimeTable
  readonly holds: HoldTable
  /** Every failed range, in time order. */
  readonly ranges: readonly FailedRange[]
  /** One per failed range, in the order of `ranges`. */
  readonly findings: readonly Finding[]
  /** Pages whose holds the findings were judged by, 1 for each; absent where that is all. */
  readonly sample?: Uint8Array
  /** Rules that references were classed by. */
  readonly rules: RuleSet
  /** Threshold for long-term holds that `findings` were made with, ns. */
  readonly thresholdNs: number
}
