import { rowsOf } from '../base/group-index.ts'
import { folioPlaceOf } from '../derive/compound.ts'
import { NONE, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** Where a PFN's events are. */
export interface PageOfPfn {
  readonly pfn: number
  /** The page whose events tell of `pfn`: the head of its folio; `pfn` itself else. */
  readonly headPfn: number
  /** Order of the folio, 0 for a single page, -1 when not known. */
  readonly order: number
  /** Row of the head, or of `pfn` when only that has events; NONE when neither has. */
  readonly page: PageId
}

/** Finds the page whose events tell of a PFN. Events carry the head; a page that was a tail only for a while has its own too. */
export function pageOfPfn(trace: Trace, pfn: number): PageOfPfn {
  const { headPfn, order } = folioPlaceOf(trace, pfn)
  const head = trace.pages.find(headPfn)
  if (hasEvents(trace, head)) return { pfn, headPfn, order, page: head }
  const own = trace.pages.find(pfn)
  if (hasEvents(trace, own)) return { pfn, headPfn: pfn, order, page: own }
  return { pfn, headPfn, order, page: NONE as PageId }
}

function hasEvents(trace: Trace, page: PageId): boolean {
  return page >= 0 && rowsOf(trace.indexes.byPage, page).length > 0
}
