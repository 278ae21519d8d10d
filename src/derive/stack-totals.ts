import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

const cache = new WeakMap<Trace, ReadonlyMap<StackId, number>>()

/** Row of the total that a file gives for a stack, the largest of several; undefined when none does. */
export function totalRowOf(trace: Trace, stack: StackId): number | undefined {
  if (stack < 0) return undefined
  const known = cache.get(trace) ?? rowsByStack(trace)
  cache.set(trace, known)
  return known.get(stack)
}

function rowsByStack({ stackTotals }: Trace): ReadonlyMap<StackId, number> {
  const rows = new Map<StackId, number>()
  for (let row = 0; row < stackTotals.length; row++) {
    const before = rows.get(stackTotals.stack[row])
    if (before === undefined || stackTotals.pages[before] < stackTotals.pages[row])
      rows.set(stackTotals.stack[row], row)
  }
  return rows
}
