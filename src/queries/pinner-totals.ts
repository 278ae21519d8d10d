import { buildGroupIndex, type GroupIndex } from '../base/group-index.ts'
import { column } from '../base/column.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { HOLD_CLOSED, type HoldTable } from '../derive/holds/hold-table.ts'
import { COUNTED, HIDDEN_SHORT, NOT_ASKED } from './pinner-choice.ts'

/** Totals of holds by group: one cell a group in each column. */
export interface PinnerTotals {
  readonly holds: Float64Array
  readonly open: Float64Array
  readonly longestNs: Float64Array
  readonly totalNs: Float64Array
  /** Different pages. */
  readonly pages: Float64Array
  /** Holds that are asked for and hidden. */
  readonly hidden: Float64Array
  /** Holds that count, and hidden ones, by group and class: row-major, `REFERENCE_CLASSES.length` a group. */
  readonly byClass: Float64Array
  readonly hiddenByClass: Float64Array
  /** The holds that count, by group. */
  readonly members: GroupIndex<number, number>
  /** The holds that are too short to count, by group; made when first asked for. */
  readonly shorts: () => GroupIndex<number, number>
}

/** Adds up the holds of each group in one pass; a key below 0 is in no group. O(holds + groups); no object a hold. */
export function addUpPinners(
  holds: HoldTable,
  verdicts: Uint8Array,
  keys: Int32Array,
  groupCount: number,
): PinnerTotals {
  const classes = REFERENCE_CLASSES.length
  const make = (width = 1): Float64Array => new Float64Array(groupCount * width)
  const totals = {
    holds: make(),
    open: make(),
    longestNs: make(),
    totalNs: make(),
    pages: make(),
    hidden: make(),
    byClass: make(classes),
    hiddenByClass: make(classes),
  }
  const counted = new Int32Array(keys.length).fill(-1)
  const lastPage = new Int32Array(groupCount).fill(-1)
  for (let hold = 0; hold < keys.length; hold++) {
    const group = keys[hold]
    const verdict = verdicts[hold]
    if (group < 0 || verdict === NOT_ASKED) continue
    if (verdict !== COUNTED) {
      totals.hidden[group]++
      totals.hiddenByClass[group * classes + holds.class[hold]]++
      continue
    }
    const duration = holds.to[hold] - holds.from[hold]
    counted[hold] = group
    totals.holds[group]++
    if (holds.kind[hold] !== HOLD_CLOSED) totals.open[group]++
    if (duration > totals.longestNs[group]) totals.longestNs[group] = duration
    totals.totalNs[group] += duration
    totals.byClass[group * classes + holds.class[hold]]++
    // Holds ascend by page, so a page is new to a group when it differs from the group's last one.
    if (lastPage[group] !== holds.page[hold]) {
      lastPage[group] = holds.page[hold]
      totals.pages[group]++
    }
  }
  return {
    ...totals,
    members: buildGroupIndex<number, number>(column(counted), groupCount),
    shorts: oncePerCall(() => indexShorts(verdicts, keys, groupCount)),
  }
}

function indexShorts(verdicts: Uint8Array, keys: Int32Array, groupCount: number): GroupIndex<number, number> {
  const short = new Int32Array(keys.length).fill(-1)
  for (let hold = 0; hold < keys.length; hold++) if (verdicts[hold] === HIDDEN_SHORT) short[hold] = keys[hold]
  return buildGroupIndex<number, number>(column(short), groupCount)
}

function oncePerCall<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Classes of a group's holds, most holds first, the earlier class of equals; of its hidden ones when none counts. */
export function classesOfGroup(totals: PinnerTotals, group: number): readonly ReferenceClassId[] {
  const start = group * REFERENCE_CLASSES.length
  const byClass = totals.holds[group] > 0 ? totals.byClass : totals.hiddenByClass
  return REFERENCE_CLASSES.map(({ id }, at) => ({ id, holds: byClass[start + at] }))
    .filter(({ holds }) => holds > 0)
    .sort((a, b) => b.holds - a.holds)
    .map(({ id }) => id)
}
