import { findAtLeast } from '../base/bisect.ts'
import { type Column, column } from '../base/column.ts'
import { statedCount } from './counts/effect.ts'
import { type EventRow, NONE } from '../model/ids.ts'
import { type EventKind, isRefKind, kindOf, SET } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'
import { rowsOf } from '../base/group-index.ts'
import { oncePer } from '../base/once-per.ts'
import { isListedSingle, listedFolios } from './listed-folios.ts'
import { orderOfRow, ownerRowsOf } from './owner-rows.ts'
import { MAX_ORDER } from '../model/owner-table.ts'
import { hasPageFlag } from './page-flag-names.ts'

/** Where a page sits in its folio. */
export interface FolioPlace {
  /** PFN that the events carry: the head's. `pfn` itself for a single page, or when no order is known. */
  readonly headPfn: number
  /** Order of the folio, 0 for a single page, -1 when nothing in the files tells, also where a head is known. */
  readonly order: number
}

/** Known compound pages by head PFN, ascending; built once per trace. */
interface Folios {
  readonly heads: Column<number>
  /** Pages of each, as far as they are known to be its. */
  readonly sizes: Column<number>
}

const PAGE_ALLOC = kindOf('mm_page_alloc')

/**
 * Head and order of the folio that covers a PFN at a time (`TimeNs`; the end of the trace when absent): page_ref events
 * carry the head, while a failed range or a program may name a tail (include/linux/page_ref.h acts on the folio).
 * O(log known folios + events of the two pages).
 */
export function folioPlaceOf(trace: Trace, pfn: number, time = Number.POSITIVE_INFINITY): FolioPlace {
  const folios = foliosOf(trace)
  const at = findAtLeast(folios.heads, pfn + 1) - 1
  for (let back = at; back >= 0 && back > at - 4; back--) {
    const head = folios.heads[back]
    const isCovered = pfn < head + folios.sizes[back]
    if (isCovered && !hasOutlived(trace, pfn, head, time)) return { headPfn: head, order: orderOf(folios.sizes[back]) }
  }
  return { headPfn: pfn, order: orderOfSingle(trace, pfn) }
}

/** True when the folio is gone: a tail's count is zero, so a page seen with references since the head's birth is none. */
function hasOutlived(trace: Trace, pfn: number, headPfn: number, time: number): boolean {
  if (pfn === headPfn) return false
  const own = lastRefRow(trace, pfn, time)
  if (own === NONE || (statedCount(trace, own) ?? trace.events.count[own]) <= 0) return false
  return own > lastRefRow(trace, headPfn, time, SET)
}

/** The last reference event of a page up to a time, of one kind if given; NONE when there is none. */
function lastRefRow(trace: Trace, pfn: number, time: number, kind?: EventKind): EventRow {
  const page = trace.pages.find(pfn)
  const rows = page < 0 ? [] : rowsOf(trace.indexes.byPage, page)
  for (let at = rows.length - 1; at >= 0; at--) {
    const found = trace.events.kind[rows[at]]
    const isWanted = kind === undefined ? isRefKind(found) : found === kind
    if (isWanted && trace.events.time[rows[at]] <= time) return rows[at]
  }
  return NONE as EventRow
}

/** A size that is no power of two is a folio of which a dump lists a part: its order is not known. */
function orderOf(size: number): number {
  const order = Math.log2(size)
  return Number.isInteger(order) ? order : -1
}

/** 0 when page_owner, a dump of page states or the page's own flags say that it is no compound page, else -1. */
function orderOfSingle(trace: Trace, pfn: number): number {
  if (ownerRowsOf(trace, pfn).some((row) => orderOfRow(trace, row) === 0)) return 0
  if (isListedSingle(trace, pfn)) return 0
  const page = trace.pages.find(pfn)
  if (page < 0) return -1
  const rows = rowsOf(trace.indexes.byPage, page)
  for (let at = rows.length - 1; at >= 0; at--) {
    const flags = trace.strings.text(trace.shapes.flags[trace.events.shape[rows[at]]])
    if (flags !== '' && flags !== 'none') return hasPageFlag(trace, flags, 'head') === false ? 0 : -1
  }
  return -1
}

/** Of what is told twice, what stands nearer to the page counts: its own dump, its owner's record, page states, events. */
const foliosOf = oncePer((trace: Trace): Folios => {
  const sizes = new Map<number, number>()
  addAllocations(trace, sizes)
  for (const { headPfn, pages } of listedFolios(trace)) sizes.set(headPfn, pages)
  for (let row = 0; row < trace.owners.length; row++) {
    const order = orderOfRow(trace, row)
    if (order > 0) sizes.set(trace.owners.pfn[row], 2 ** order)
  }
  for (const dump of trace.dumps)
    if (dump.pfn !== undefined && dump.order > 0) sizes.set(headOfDump(dump.pfn, dump.order), 2 ** dump.order)
  const heads = Float64Array.from(sizes.keys()).sort()
  return {
    heads: column<number>(heads),
    sizes: column<number>(Uint32Array.from(heads, (head) => sizes.get(head) ?? 1)),
  }
})

/** A folio begins at a multiple of its size. */
function headOfDump(pfn: number, order: number): number {
  return pfn - (pfn % 2 ** order)
}

/** Orders of mm_page_alloc; what is no order of a page allocator is left out. */
function addAllocations(trace: Trace, sizes: Map<number, number>): void {
  const { kind, length } = trace.events
  for (let row = 0; row < length; row++) {
    if (kind[row] !== PAGE_ALLOC) continue
    const order = trace.shapes.order[trace.events.shape[row as EventRow]]
    const page = trace.events.page[row]
    if (order > 0 && order <= MAX_ORDER && page !== NONE) sizes.set(trace.pages.pfn[page], 2 ** order)
  }
}
