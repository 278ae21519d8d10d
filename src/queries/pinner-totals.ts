import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_CLOSED } from '../derive/holds/hold-table.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { EXPECTED_BY_CLASS } from './hold-noise.ts'
import { pinnerFilter } from './pinner-filter.ts'
import { type PinnersQuestion } from './pinners.ts'

/** Which holds count. */
export type HoldChoice = Pick<PinnersQuestion, 'thresholdNs' | 'includeExpected' | 'filter'>

/** Totals of holds by stack group; the group after the last is for holds whose stack was not recorded. */
export interface PinnerTotals {
  readonly holds: Float64Array
  readonly open: Float64Array
  readonly longestNs: Float64Array
  readonly totalNs: Float64Array
  readonly pages: Float64Array
  /** Holds by group and class: row-major, `REFERENCE_CLASSES.length` a group. */
  readonly byClass: Float64Array
  /** 1 for each hold that counted. */
  readonly isCounted: Uint8Array
  readonly hidden: { readonly expected: number; readonly short: number }
}

/** Group of a hold's stack. */
export function groupOfStack(groupOf: Int32Array, groupCount: number, stack: number): number {
  return stack < 0 ? groupCount : groupOf[stack]
}

/** Adds up all holds in one pass. O(holds); no object a hold. */
export function addUpPinners(trace: Trace, { holds }: Derived, choice: HoldChoice): PinnerTotals {
  const { groupOf, hashes } = stackHashesOf(trace)
  const filter = pinnerFilter(trace, choice.filter)
  const classes = REFERENCE_CLASSES.length
  const make = (width = 1): Float64Array => new Float64Array((hashes.length + 1) * width)
  const totals = {
    holds: make(),
    open: make(),
    longestNs: make(),
    totalNs: make(),
    pages: make(),
    byClass: make(classes),
  }
  const isCounted = new Uint8Array(holds.length)
  const lastPage = new Int32Array(hashes.length + 1).fill(-1)
  let expected = 0
  let short = 0
  for (let hold = 0; hold < holds.length; hold++) {
    const group = groupOfStack(groupOf, hashes.length, holds.stack[hold])
    const task = holds.task[hold]
    if (filter !== undefined && filter.groups[group] !== 1 && !(task >= 0 && filter.tasks[task] === 1)) continue
    const kind = holds.class[hold]
    const duration = holds.to[hold] - holds.from[hold]
    if (!choice.includeExpected && EXPECTED_BY_CLASS[kind] === 1) {
      expected++
      continue
    }
    if (duration < choice.thresholdNs) {
      short++
      continue
    }
    isCounted[hold] = 1
    totals.holds[group]++
    if (holds.kind[hold] !== HOLD_CLOSED) totals.open[group]++
    if (duration > totals.longestNs[group]) totals.longestNs[group] = duration
    totals.totalNs[group] += duration
    totals.byClass[group * classes + kind]++
    // Holds ascend by page, so a page is new to a group when it differs from the group's last one.
    if (lastPage[group] !== holds.page[hold]) {
      lastPage[group] = holds.page[hold]
      totals.pages[group]++
    }
  }
  return { ...totals, isCounted, hidden: { expected, short } }
}
