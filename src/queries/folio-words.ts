import { formatPfn } from '../base/pfn.ts'
import { isListedTail } from '../derive/listed-folios.ts'
import { type Trace } from '../model/trace.ts'
import { type PageOfPfn } from './page-of-pfn.ts'

/**
 * Whether a page is a head, a tail or alone, in words: references to a tail are counted on its head
 * (include/linux/page_ref.h), so a tail's own events tell nothing. Says it where no file tells.
 */
export function folioWords(trace: Trace, { pfn, headPfn, order }: Omit<PageOfPfn, 'page'>): string {
  if (pfn !== headPfn) {
    const size = order < 0 ? 'order not known' : `order ${order}`
    return `tail of ${formatPfn(headPfn)}, ${size}; its references are counted on the head`
  }
  if (isListedTail(trace, pfn)) return 'a tail, says a dump, but no file tells its head: references are counted there'
  return order < 0
    ? `no file tells its order: as a tail, its references would be counted on a head`
    : `head, order ${order}`
}
