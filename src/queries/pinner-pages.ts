import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { type HoldChoice, judgeHolds } from './pinner-choice.ts'
import { holdKeysOf } from './pinner-keys.ts'
import { addUpPinners } from './pinner-totals.ts'

/** Whose pages are asked for. */
export interface PinnerPagesQuestion extends HoldChoice {
  /** Names of stacks, as `PinnerName.group` has them. */
  readonly stacks: readonly string[]
  /** PFNs of a stack at most. */
  readonly limit: number
}

/** PFNs of the different pages that each stack holds by holds that count, ascending; in the order of the stacks. O(holds). */
export function pinnerPages(
  trace: Trace,
  derived: Derived,
  { stacks, limit, ...choice }: PinnerPagesQuestion,
): readonly (readonly number[])[] {
  const { holds } = derived
  const keys = holdKeysOf(trace, derived, 'stack')
  const { members } = addUpPinners(holds, judgeHolds(trace, derived, choice), keys.keyOf, keys.count)
  return stacks.map((stack) => {
    const rows = rowsOf(members, keys.find(stack))
    const pfns = new Set<number>()
    for (let at = 0; at < rows.length; at++) pfns.add(trace.pages.pfn[holds.page[rows[at]]])
    return [...pfns].sort((a, b) => a - b).slice(0, limit)
  })
}
