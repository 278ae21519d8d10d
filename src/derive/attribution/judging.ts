import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { type Attempt } from './page-state.ts'

/** What the pages of one failed range are judged by, and how much is said of them. */
export interface Judging {
  readonly trace: Trace
  readonly derived: Derived
  readonly range: FailedRange
  readonly attempt: Attempt
  /** False where pages are only ranked: evidence, reasons and excess are then left out, and cost nothing. */
  readonly isTold: boolean
}
