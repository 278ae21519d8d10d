import { oncePer } from '../base/once-per.ts'
import { type Derived } from '../derive/derived.ts'
import { type FailedRange } from '../derive/failures/failed-range.ts'
import { type GroupedRange } from './triage-groups.ts'

/**
 * Which of the failures of one range, by one trigger, a failure is; nothing where it failed once. Retries within one attempt
 * are one failure (`FailedRange.attempts`): these are attempts at different times.
 */
export function repeatOf(
  derived: Derived,
  { finding, order }: GroupedRange,
): { readonly nth: number; readonly of: number } | undefined {
  const orders = ordersOf(derived).get(keyOf(finding.range)) ?? []
  return orders.length < 2 ? undefined : { nth: orders.indexOf(order) + 1, of: orders.length }
}

/** Positions of the failures of each range. */
const ordersOf = oncePer(({ ranges }: Derived): ReadonlyMap<string, readonly number[]> => {
  const orders = new Map<string, number[]>()
  for (const [order, range] of ranges.entries()) {
    const known = orders.get(keyOf(range))
    if (known === undefined) orders.set(keyOf(range), [order])
    else known.push(order)
  }
  return orders
})

function keyOf({ trigger, startPfn, endPfn }: FailedRange): string {
  return `${trigger}:${startPfn}-${endPfn}`
}
