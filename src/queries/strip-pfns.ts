import { type BlockingPage } from '../derive/attribution/finding.ts'
import { type FailedRange } from '../derive/failures/failed-range.ts'

/** Parts that a small strip of a range tells apart: about as many as it is px wide. */
export const STRIP_PARTS = 160

/** The first blocking page of each part of a range: enough to draw where they are. Ascending. O(pages). */
export function stripPfns(
  { startPfn, endPfn }: Pick<FailedRange, 'startPfn' | 'endPfn'>,
  pages: readonly Pick<BlockingPage, 'pfn'>[],
): readonly number[] {
  const partPfns = Math.max(1, (endPfn - startPfn) / STRIP_PARTS)
  const first = new Map<number, number>()
  for (const { pfn } of pages) {
    const part = Math.floor((pfn - startPfn) / partPfns)
    first.set(part, Math.min(pfn, first.get(part) ?? pfn))
  }
  return [...first.values()].toSorted((a, b) => a - b)
}
