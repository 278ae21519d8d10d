import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow } from '../derive/holds/hold-table.ts'
import { type PageId } from '../model/ids.ts'
import { holdDurationNs } from './hold-answer.ts'

/** Holds of a page that overlap `[from, to]`, longest first; at equal length the earlier one first. */
export function holdsOfPage(derived: Derived, page: PageId, from: number, to: number): readonly HoldRow[] {
  const { holds } = derived
  const found: HoldRow[] = []
  const rows = rowsOf(holds.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    if (holds.from[hold] <= to && holds.to[hold] >= from) found.push(hold)
  }
  return found.sort((a, b) => holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b)
}
