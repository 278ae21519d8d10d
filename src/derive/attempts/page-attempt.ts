import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, type LineId, type StackId, type TaskId } from '../../model/ids.ts'

/**
 * How an attempt on one page ended.
 * `moved`: the page was given up by whoever isolated it, its last reference with it: migrated, or reclaimed.
 * `failed`: it was isolated to be moved, unmapped, or frozen in vain, and then put back.
 * `skipped`: it was looked at and let go, nothing more: what a pinned anonymous page gets from a scan of compaction, and
 * one that reclaim leaves where it is.
 * `unfinished`: the trace, the life of the page, or the task's next attempt on it comes before it was put back.
 */
export type AttemptOutcome = 'moved' | 'failed' | 'skipped' | 'unfinished'

/** One attempt of one task to isolate and move a page, from its first look at it to its last: `[from, to]`. */
export interface PageAttempt {
  readonly from: TimeNs
  readonly to: TimeNs
  readonly outcome: AttemptOutcome
  readonly task: TaskId
  /** Stack of the isolating get (of the first event that was seen, without one); NONE when not recorded. */
  readonly stack: StackId
  /** Times that the page was unmapped for migration: 1 for a single try, more when it was tried again; 0 when never. */
  readonly rounds: number
  /** References that migration put as it unmapped, and took again as it mapped the page back (remove_migration_pte()). */
  readonly unmapped: number
  readonly remapped: number
  /** Events of the attempt, in time order: isolating get, unmap puts, freezes, re-gets, putback. */
  readonly rows: readonly EventRow[]
  /** References that the isolating task has of its own right after each of them. */
  readonly isolated: readonly number[]
  /** Where each of them stands, in the same order. */
  readonly lines: readonly LineId[]
  /** Its freezes that the kernel refused, in time order; what they state is `refusedFreezeAt`. */
  readonly refusals: readonly EventRow[]
  /** References above the kernel's own expectation, by the last of them whose count tells (count - val); else absent. */
  readonly excess?: number
}
