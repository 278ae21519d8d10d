import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'

/** One flag per class index: 1 when migration expects such references or takes them itself. */
export const EXPECTED_BY_CLASS = Uint8Array.from(REFERENCE_CLASSES, (entry) => (entry.isExpected ? 1 : 0))

/** Holds that no view lists unasked: of an expected class, or shorter than the threshold. O(holds). */
export function countHiddenHolds(holds: HoldTable, thresholdNs: number): number {
  let hidden = 0
  for (let hold = 0; hold < holds.length; hold++) {
    const isShort = holds.to[hold] - holds.from[hold] < thresholdNs
    if (isShort || EXPECTED_BY_CLASS[holds.class[hold]] === 1) hidden++
  }
  return hidden
}
