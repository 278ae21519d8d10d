import { findAtLeastIn } from '../base/bisect.ts'
import { type Trace } from '../model/trace.ts'

/** Rows of page_pinner records of exactly this PFN, in file order: newest first within a file. O(log records). */
export function pinnerRowsOf(trace: Trace, pfn: number): readonly number[] {
  const { pinners } = trace
  const rows: number[] = []
  for (let at = findAtLeastIn(pinners.byPfn, pinners.pfn, pfn); at < pinners.length; at++) {
    const row = pinners.byPfn[at]
    if (pinners.pfn[row] !== pfn) break
    rows.push(row)
  }
  return rows
}
