import { type BlockingPageAnswer, type FailureAnswer } from './wire.ts'

/** All failed ranges. */
export interface FailuresQuestion {
  readonly thresholdNs: number
}

/** Answer to `failures`, in time order. */
export interface FailuresAnswer {
  readonly failures: readonly FailureAnswer[]
}

/** One failed range in full. */
export interface FailureQuestion {
  readonly id: string
  readonly thresholdNs: number
  /** Blocking pages to return, from this position. */
  readonly offset: number
  readonly limit: number
}

/** Answer to `failure`; `found` is false when no range has that id. */
export type FailureDetailAnswer =
  | { readonly found: false }
  | {
      readonly found: true
      readonly failure: FailureAnswer
      readonly pages: readonly BlockingPageAnswer[]
      readonly pageCount: number
      readonly caveats: readonly string[]
      /** Strip: the range in `bins.length` equal parts, number of blocking pages in each. */
      readonly bins: readonly number[]
    }
