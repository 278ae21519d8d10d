import { findAtLeast, findAtLeastIn } from '../base/bisect.ts'
import { column } from '../base/column.ts'
import { oncePer } from '../base/once-per.ts'
import { NONE } from '../model/ids.ts'
import { type PageDump } from '../model/kernel-note.ts'
import { type Trace } from '../model/trace.ts'
import { folioPlaceOf } from './compound.ts'

/** PFNs `[startPfn, endPfn)` whose records speak of one page. */
interface Pfns {
  readonly startPfn: number
  readonly endPfn: number
}

/**
 * dump_page blocks that speak of a page, in file order: its own, and those of any page of its folio, whose refcount and
 * mapping are the folio's (mm/debug.c __dump_folio()). Of a tail: its own and the head's. O(log dumps + those found).
 */
export function dumpsOfPage(trace: Trace, pfn: number): readonly PageDump[] {
  if (trace.dumps.length === 0) return trace.dumps
  const { pfns, rows } = dumpsByPfn(trace)
  const found: number[] = []
  for (const { startPfn, endPfn } of pfnsOf(trace, pfn))
    for (let at = findAtLeast(pfns, startPfn); at < pfns.length && pfns[at] < endPfn; at++) found.push(rows[at])
  return found.sort((a, b) => a - b).map((row) => trace.dumps[row])
}

/** Positions in `trace.dumps` of those that name a page, by its PFN. */
const dumpsByPfn = oncePer(({ dumps }: Trace) => {
  const pfnOf = (row: number): number => dumps[row].pfn ?? NONE
  const named = Array.from(dumps.keys()).filter((row) => dumps[row].pfn !== undefined)
  const rows = named.sort((a, b) => pfnOf(a) - pfnOf(b))
  return { rows, pfns: column<number>(Float64Array.from(rows, pfnOf)) }
})

/** Rows of page_pinner records that speak of a page, in file order: its own, of a head those of its tails, of a tail those of its head. */
export function pinnerRowsOfPage(trace: Trace, pfn: number): readonly number[] {
  const { pinners } = trace
  const rows: number[] = []
  for (const { startPfn, endPfn } of pfnsOf(trace, pfn)) {
    for (let at = findAtLeastIn(pinners.byPfn, pinners.pfn, startPfn); at < pinners.length; at++) {
      const row = pinners.byPfn[at]
      if (pinners.pfn[row] >= endPfn) break
      rows.push(row)
    }
  }
  return rows.sort((a, b) => a - b)
}

/** The page itself; of a head its tails too, of a tail its head too. */
function pfnsOf(trace: Trace, pfn: number): readonly Pfns[] {
  const { headPfn, order } = folioPlaceOf(trace, pfn)
  const own = { startPfn: pfn, endPfn: pfn + (headPfn === pfn ? 2 ** Math.max(0, order) : 1) }
  return headPfn === pfn ? [own] : [{ startPfn: headPfn, endPfn: headPfn + 1 }, own]
}
