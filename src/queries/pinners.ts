import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type HoldAnswer, type StackAnswer } from './wire.ts'

/** Columns that pinners can be sorted by. */
export type PinnerSort = 'holds' | 'open' | 'longest' | 'total' | 'pages' | 'tasks' | 'ranges' | 'holder'

/** Holds grouped by stack. */
export interface PinnersQuestion {
  /** Holds shorter than this are left out (their number is in the answer). ns. */
  readonly thresholdNs: number
  /** True to list holds of classes that migration expects as well. */
  readonly includeExpected: boolean
  /** Substring of any symbol of the stack, a comm, or a pid; empty = all. */
  readonly filter: string
  readonly sort: PinnerSort
  readonly isDescending: boolean
  readonly offset: number
  readonly limit: number
}

/** One stack with its holds. */
export interface PinnerAnswer {
  readonly stack: StackAnswer
  readonly holder: string
  readonly class: ReferenceClassId
  readonly holds: number
  readonly open: number
  readonly longestNs: number
  readonly longestText: string
  readonly totalNs: number
  readonly totalText: string
  readonly pages: number
  readonly tasks: number
  /** Up to three comms, most holds first. */
  readonly topTasks: readonly { readonly comm: string; readonly pid: number; readonly holds: number }[]
  /** Failed ranges with a blocking page held by this stack. */
  readonly ranges: number
}

/** Answer to `pinners`. */
export interface PinnersAnswer {
  readonly total: number
  readonly rows: readonly PinnerAnswer[]
  /** Holds left out, by why. */
  readonly hidden: { readonly expected: number; readonly short: number }
}

/** The holds of one stack. */
export interface PinnerHoldsQuestion {
  readonly stackHash: string
  readonly thresholdNs: number
  readonly offset: number
  readonly limit: number
}

/** Answer to `pinnerHolds`, longest first. */
export interface PinnerHoldsAnswer {
  readonly total: number
  readonly rows: readonly HoldAnswer[]
}
