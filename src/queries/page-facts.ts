import { type EvidenceAnswer, type PlaceAnswer, type StackAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** Everything known of one PFN but its events. */
export interface PageFactsQuestion {
  readonly pfn: number
}

/** One lifetime of the page. */
export interface LifetimeAnswer {
  /** 1-based, in time order: "lifetime 2 of 3". */
  readonly number: number
  readonly from: TimeAnswer
  readonly to: TimeAnswer
  readonly startsWithTrace: boolean
  readonly endsWithTrace: boolean
  readonly events: number
  /** Losses of events fall into it: what is missing is unknown, not leaked. */
  readonly hasLoss: boolean
}

/** What page_owner says: who allocated, not who holds. */
export interface OwnerAnswer {
  readonly pfn: number
  readonly order: number
  readonly gfp: string
  readonly task: TaskAnswer
  readonly pageType: string
  readonly blockType: string
  readonly flags: string
  readonly migrateReason: string
  readonly tsText: string
  readonly stack: StackAnswer
  /** The allocating frame that says most. */
  readonly holder: string
  readonly place: PlaceAnswer
  readonly source: 'page_owner' | 'dump_page'
}

/** One dump_page block. */
export interface DumpAnswer {
  readonly refcount: number
  readonly mapcount: number
  readonly reason: string
  readonly flags: string
  readonly timeText: string
  readonly place: PlaceAnswer
}

/** Answer to `pageFacts`. `isKnown` is false when no file names the page. */
export interface PageFactsAnswer {
  readonly pfn: number
  readonly isKnown: boolean
  /** Head of the compound page that `pfn` is a tail of; `pfn` itself else. Events carry the head. */
  readonly headPfn: number
  /** Known order of the compound page, 0 for a single page, -1 when not known. */
  readonly order: number
  readonly events: number
  readonly lifetimes: readonly LifetimeAnswer[]
  readonly owners: readonly OwnerAnswer[]
  readonly dumps: readonly DumpAnswer[]
  /** Ids of failed ranges that the page lies in, with whether it blocked them. */
  readonly failures: readonly {
    readonly id: string
    readonly isBlocking: boolean
    readonly label: string
    readonly time?: TimeAnswer
  }[]
  readonly notes: readonly EvidenceAnswer[]
}
