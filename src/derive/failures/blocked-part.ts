import { type FailedRange } from './failed-range.ts'

/** PFNs `[startPfn, endPfn)`. */
export type BlockedPart = Pick<FailedRange, 'startPfn' | 'endPfn'>

/**
 * What of a failed range one page blocks: all of it, or where any block of the range would have done, the block that the
 * page is in. Compaction leaves a pageblock that it cannot empty and goes on to the next (mm/compaction.c
 * isolate_migratepages()).
 */
export function blockedPart(range: Pick<FailedRange, 'startPfn' | 'endPfn' | 'block'>, pfn: number): BlockedPart {
  if (range.block === undefined) return { startPfn: range.startPfn, endPfn: range.endPfn }
  const size = 2 ** range.block.order
  const startPfn = Math.floor(pfn / size) * size
  return { startPfn: Math.max(range.startPfn, startPfn), endPfn: Math.min(range.endPfn, startPfn + size) }
}
