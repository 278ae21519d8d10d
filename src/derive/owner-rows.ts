import { findAtLeastIn } from '../base/bisect.ts'
import { MAX_ORDER } from '../model/owner-table.ts'
import { type Trace } from '../model/trace.ts'
import { dumpRankOf } from './owner-dumps.ts'

const NO_ROWS: readonly number[] = []

/**
 * Rows of page_owner records that cover a PFN: those of the newest dump first, those of one dump in file order.
 * O(MAX_ORDER · log records).
 */
export function ownerRowsOf(trace: Trace, pfn: number): readonly number[] {
  const { owners } = trace
  if (owners.length === 0) return NO_ROWS
  const rows: number[] = []
  let before = -1
  for (let order = 0; order <= MAX_ORDER; order++) {
    const head = pfn - (pfn % 2 ** order)
    if (head === before) continue
    before = head
    for (let at = findAtLeastIn(owners.byPfn, owners.pfn, head); at < owners.length; at++) {
      const row = owners.byPfn[at]
      if (owners.pfn[row] !== head) break
      if (head + 2 ** orderOfRow(trace, row) > pfn) rows.push(row)
    }
  }
  if (rows.length < 2) return rows
  return rows.sort((a, b) => dumpRankOf(trace, b) - dumpRankOf(trace, a) || a - b)
}

/** Order of the allocation that a record tells. */
export function orderOfRow({ owners }: Trace, row: number): number {
  return owners.shapes.order[owners.shape[row]]
}
