import { type TimeNs } from '../../base/clock.ts'
import { type LineId } from '../../model/ids.ts'

/** What needed the range. */
export type Trigger = 'cma' | 'offline' | 'compaction' | 'hugetlb' | 'contig' | 'migration' | 'unknown'

/** A PFN range the kernel could not isolate, migrate or allocate. `[startPfn, endPfn)`. */
export interface FailedRange {
  /** Stable over re-reading: trigger, range and absolute time as printed. Goes into links. */
  readonly id: string
  readonly trigger: Trigger
  readonly startPfn: number
  readonly endPfn: number
  /** When it failed, in the trace's clock. Absent when only dmesg told and its clock cannot be compared. */
  readonly time?: TimeNs
  /** Set when `time` is the kernel log's, taken to run with the trace's clock; absent when an event tells it. */
  readonly placedBy?: 'kernel log'
  /** Set when no event and no message says that it failed, but what stayed in it does: `basis` says how. */
  readonly isInferred?: true
  /** Start of the attempt (cma_alloc_start, the isolating scan, compaction begin), at most `time`. */
  readonly attemptFrom?: TimeNs
  /** Start of the last of several attempts, whose end `time` is. */
  readonly runFrom?: TimeNs
  /** Set when any free block of this order in the range would have done: a page then blocks the block that it is in. */
  readonly block?: { readonly order: number; readonly isPageblock: boolean }
  /** Absolute ns as printed by the source that told (dmesg's own when `time` is absent). */
  readonly printedNs?: string
  /** PFNs that the kernel itself named (`fin_pfn`, `migrating pfn`, unmovable page): first bad one first. */
  readonly namedPfns: readonly number[]
  /** Where it was told, first the line that says "failed". */
  readonly lines: readonly LineId[]
  /** How the range is known, in words: `fin_pfn of test_pages_isolated`, `memory block of 128 MiB around …`. */
  readonly basis: string
  /** Times the same range failed (retries folded into one). */
  readonly attempts: number
  /** Window that the same allocation got after this one had failed: it was sent on, not refused. CMA only. */
  readonly gotInstead?: WindowGot
}

/** A window that an allocation got, `[startPfn, endPfn)`. */
export interface WindowGot {
  readonly startPfn: number
  readonly endPfn: number
  readonly time: TimeNs
  readonly line: LineId
}

/** True when a PFN lies in the range. */
export function contains(range: FailedRange, pfn: number): boolean {
  return pfn >= range.startPfn && pfn < range.endPfn
}
