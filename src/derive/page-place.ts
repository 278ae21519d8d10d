import { type ZoneSpan } from '../model/machine-facts.ts'
import { type Trace } from '../model/trace.ts'

/** The zones that span a PFN: two when zones of nodes interleave, none when no file tells. */
export function zonesOf(trace: Trace, pfn: number): readonly ZoneSpan[] {
  return trace.machine.zones.filter((zone) => zone.startPfn <= pfn && pfn < zone.endPfn)
}

/** The pageblock of a PFN: `[startPfn, endPfn)`. */
export interface Pageblock {
  readonly number: number
  readonly order: number
  readonly startPfn: number
  readonly endPfn: number
}

/** The pageblock that a PFN lies in; undefined when no file tells the order of a pageblock. */
export function pageblockOf(trace: Trace, pfn: number): Pageblock | undefined {
  const order = trace.machine.pageblockOrder
  if (order === undefined) return undefined
  const number = Math.floor(pfn / 2 ** order)
  return { number, order, startPfn: number * 2 ** order, endPfn: (number + 1) * 2 ** order }
}
