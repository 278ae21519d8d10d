import { rowsOf } from '../../base/group-index.ts'
import { type Change, type StepSum, stepSumOf } from '../../base/step-sum.ts'
import { type PageId } from '../../model/ids.ts'
import { type HoldRow, type HoldTable } from './hold-table.ts'

/**
 * References of chosen holds of a page that are open at a time: got at or before it, put after it. O(holds of the page)
 * to make, O(log holds) to ask.
 */
export function openUnitsOf(holds: HoldTable, page: PageId, isChosen: (hold: HoldRow) => boolean): StepSum {
  const changes: Change[] = []
  const rows = rowsOf(holds.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    if (!isChosen(hold) || holds.to[hold] < holds.from[hold]) continue
    changes.push({ at: holds.from[hold], by: holds.units[hold] }, { at: holds.to[hold], by: -holds.units[hold] })
  }
  return stepSumOf(changes)
}
