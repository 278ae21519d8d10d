import { oncePer } from '../../base/once-per.ts'
import { findAbove } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { type Trace } from '../../model/trace.ts'
import { placementCode, placementOf } from './map-modes.ts'

/**
 * Allocations that page_owner records tell, by ascending PFN, none over another: where two records cover a page the one
 * that stands later in the files is believed, which is the later dump.
 */
export interface OwnerMap {
  readonly length: number
  readonly start: Column<number>
  /** Exclusive. */
  readonly end: Column<number>
  /** Row of `Trace.owners`. */
  readonly row: Column<number>
  /** Position in `MAP_PLACEMENTS`, by row here. */
  readonly placement: Column<number>
  readonly order: Column<number>
  /** When it was allocated, absolute ns of the kernel's local_clock; -1 when not told. */
  readonly ts: Column<number>
  /** When the newest of all was allocated, absolute ns of the kernel's local_clock; -1 when none tells. */
  readonly newestTs: number
  /** Records that a later one over the same pages replaces. */
  readonly replaced: number
}

/** The allocations of a trace; O(records) once. */
export const ownerMapOf = oncePer((trace: Trace): OwnerMap => {
  const { owners } = trace
  const kept = new Int32Array(owners.length)
  let length = 0
  const endOf = (row: number): number => owners.pfn[row] + 2 ** owners.shapes.order[owners.shape[row]]
  for (let at = 0; at < owners.length; at++) {
    const row = owners.byPfn[at]
    while (length > 0 && endOf(kept[length - 1]) > owners.pfn[row] && kept[length - 1] < row) length--
    if (length === 0 || endOf(kept[length - 1]) <= owners.pfn[row]) kept[length++] = row
  }
  return mapOf(trace, kept.slice(0, length))
})

function mapOf(trace: Trace, rows: Int32Array): OwnerMap {
  const { owners } = trace
  const placements = placementsByShape(trace)
  const start = new Float64Array(rows.length)
  const end = new Float64Array(rows.length)
  const placement = new Uint8Array(rows.length)
  const order = new Uint8Array(rows.length)
  const ts = new Float64Array(rows.length)
  let newestTs = -1
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    const shape = owners.shape[row]
    order[at] = owners.shapes.order[shape]
    start[at] = owners.pfn[row]
    end[at] = start[at] + 2 ** order[at]
    placement[at] = placements[shape]
    ts[at] = owners.ts[row]
    if (ts[at] > newestTs) newestTs = ts[at]
  }
  return {
    length: rows.length,
    start: column(start),
    end: column(end),
    row: column(rows),
    placement: column(placement),
    order: column(order),
    ts: column(ts),
    newestTs,
    replaced: owners.length - rows.length,
  }
}

function placementsByShape({ owners, strings }: Trace): Uint8Array {
  const { shapes } = owners
  const codes = new Uint8Array(shapes.length)
  for (let shape = 0; shape < shapes.length; shape++)
    codes[shape] = placementCode(
      placementOf(strings.text(shapes.pageType[shape]), strings.text(shapes.blockType[shape])),
    )
  return codes
}

/** Position of the first allocation that ends above `pfn`. O(log allocations). */
export function firstOwnerOver({ end }: OwnerMap, pfn: number): number {
  return findAbove(end, pfn)
}

/** Age of an allocation against the newest one in the dumps, ns; -1 when the record has no time. */
export function ageOf({ ts, newestTs }: OwnerMap, at: number): number {
  return ts[at] < 0 ? -1 : newestTs - ts[at]
}
