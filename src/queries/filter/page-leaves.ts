import { rowsOf } from '../../base/group-index.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { pageOfPfn } from '../page-of-pfn.ts'
import { type FilterTerm } from './filter-node.ts'
import { readNumberRange } from './filter-number.ts'
import { FALSE, type FilterLeaf, maskLeaf, TRUE } from './told.ts'

/** 4 KiB pages: PAGE_SHIFT of every kernel whose PFNs ftrace prints so far. */
const PAGE_SIZE = 4096

/** Pages `[start, end)`. */
interface PfnRange {
  readonly start: number
  readonly end: number
}

/** The leaf of a term on `pfn` or `addr`. O(pages that it names). */
export function pageLeaf(trace: Trace, term: FilterTerm): FilterLeaf {
  const isNegated = term.comparison === '!='
  const mask = new Uint8Array(trace.pages.length).fill(isNegated ? TRUE : FALSE)
  for (const page of pagesOfTerm(trace, term)) mask[page] = isNegated ? FALSE : TRUE
  return maskLeaf(trace.events.page, mask, FALSE)
}

/** The pages that a term on `pfn` or `addr` names, those that it excludes for `!=`; a page may come twice. */
export function pagesOfTerm(trace: Trace, term: FilterTerm): readonly PageId[] {
  const { pages } = trace
  const found: PageId[] = []
  for (const { start, end } of rangesOf(term)) {
    // A range may begin inside of a folio, whose events carry its head.
    if (end - start >= 1 && Number.isSafeInteger(start)) {
      const { page } = pageOfPfn(trace, start)
      if (page >= 0) found.push(page)
      if (end - start === 1) continue
    }
    const last = end === Number.POSITIVE_INFINITY ? pages.length : pages.positionAtLeast(end)
    for (let at = pages.positionAtLeast(start); at < last; at++) found.push(pages.byPfn[at])
  }
  return found
}

/** Events of pages, ascending; undefined when they are no small part of all, so that looking at all is as good. */
export function rowsOfPages(trace: Trace, pages: readonly PageId[]): Uint32Array | undefined {
  const distinct = [...new Set(pages)]
  const { byPage } = trace.indexes
  const total = distinct.reduce((sum, page) => sum + rowsOf(byPage, page).length, 0)
  if (total * SMALL_PART > trace.events.length && total > 0) return undefined
  const rows = new Uint32Array(total)
  let at = 0
  for (const page of distinct) {
    const own = rowsOf(byPage, page)
    for (let row = 0; row < own.length; row++) rows[at++] = own[row]
  }
  return distinct.length === 1 ? rows : rows.sort()
}

const SMALL_PART = 16

function rangesOf({ field, comparison, values }: FilterTerm): readonly PfnRange[] {
  const toPfn = (number: number): number => (field === 'addr' ? Math.floor(number / PAGE_SIZE) : number)
  const toEnd = (number: number): number => (field === 'addr' ? Math.ceil(number / PAGE_SIZE) : number)
  const numbers = values.flatMap(({ text }) => readNumberRange(text) ?? [])
  const [{ low }] = numbers
  const all = Number.POSITIVE_INFINITY
  switch (comparison) {
    case '>':
      return [{ start: toPfn(low) + 1, end: all }]
    case '>=':
      return [{ start: toEnd(low), end: all }]
    case '<':
      return [{ start: 0, end: toEnd(low) }]
    case '<=':
      return [{ start: 0, end: toPfn(low) + 1 }]
    default:
      return numbers.map(({ low: start, high, isRange }) => ({
        start: toPfn(start),
        end: isRange ? toEnd(high) : toPfn(start) + 1,
      }))
  }
}
