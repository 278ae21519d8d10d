import { type Clock } from '../base/clock.ts'
import { type FormatId, type Ledger, type Problem } from '../model/source-file.ts'
import { type PlaceAnswer, type TimeAnswer } from './wire.ts'

/** What is loaded. */
export type OverviewQuestion = Record<string, never>

/** One file as the *Files* view shows it. */
export interface FileAnswer {
  readonly index: number
  readonly name: string
  readonly format: FormatId
  readonly formatLabel: string
  readonly sizeBytes: number
  readonly textBytes: number
  readonly isCompressed: boolean
  readonly sha256: string
  readonly ledger: Ledger
  readonly skippedBy: readonly { readonly why: string; readonly lines: number }[]
  readonly problems: readonly Problem[]
  readonly damage: readonly string[]
  readonly notices: readonly string[]
  readonly records: number
}

/** One loss as the *Files* view lists it. */
export interface LossAnswer {
  readonly kind: 'lost' | 'start' | 'overrun' | 'truncated'
  readonly cpu: number
  /** -1 when the kernel does not know. */
  readonly count: number
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  readonly place: PlaceAnswer
}

/** Answer to `overview`: status line, *Files* view. */
export interface OverviewAnswer {
  readonly files: readonly FileAnswer[]
  readonly clock: Clock
  /** First and last event; absent when there are no events. */
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  readonly events: number
  readonly refEvents: number
  readonly pages: number
  readonly tasks: number
  readonly ownerRecords: number
  /** Events by name, most first: nothing is dropped. */
  readonly eventCounts: readonly { readonly name: string; readonly count: number }[]
  readonly losses: readonly LossAnswer[]
  /** Known lost events; `isAtLeast` when a marker did not say how many. */
  readonly lost: { readonly count: number; readonly isAtLeast: boolean }
  readonly rejected: number
  readonly depot: {
    readonly seen: number
    readonly distinct: number
    readonly textBytes: number
    readonly heldBytes: number
    readonly savedBytes: number
  }
  /** Holds that no view lists by default because they are balanced or expected. */
  readonly hiddenHolds: number
  readonly holds: number
  readonly failures: number
  readonly bytesPerEvent: number
}
