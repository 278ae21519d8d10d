import { rowsOf } from '../base/group-index.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow } from '../derive/holds/hold-table.ts'
import { type PageId } from '../model/ids.ts'
import { holdDurationNs } from './hold-answer.ts'

/**
 * Holds of a page that overlap `[from, to]`: those that migration does not expect first (they are what one looks for,
 * and a busy page has thousands of others), then the longest; at equal length the earlier one first.
 */
export function holdsOfPage(derived: Derived, page: PageId, from: number, to: number): readonly HoldRow[] {
  const { holds } = derived
  const found: HoldRow[] = []
  const rows = rowsOf(holds.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    if (holds.from[hold] <= to && holds.to[hold] >= from) found.push(hold)
  }
  const isExpected = (hold: HoldRow): number => Number(REFERENCE_CLASSES[holds.class[hold]].isExpected)
  return found.sort(
    (a, b) => isExpected(a) - isExpected(b) || holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b,
  )
}
