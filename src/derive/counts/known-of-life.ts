import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type StringId } from '../../model/ids.ts'
import { valuesAt } from '../../model/pfn-run-table.ts'
import { type Trace } from '../../model/trace.ts'
import { declarationOf } from '../attribution/declared.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { folioPlaceOf } from '../compound.ts'
import { type Derived } from '../derived.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { mayBePrintedWithin } from '../log-clock.ts'
import { type KnownOfPage } from './expected-references.ts'
import { EDGE_CERTAIN, EDGE_TRACE, type LifetimeRow } from './lifetime-table.ts'
import { type PageBacking, pageSignsAt } from './page-signs.ts'

const PAGE_CACHE = classIndexOf('page_cache')

/**
 * What holds over a whole life of a page, from all its events and from the files beside the trace: a page is anonymous
 * or of a file until it is freed (include/linux/page-flags.h PAGE_MAPPING_FLAGS). page-types and dump_page are believed
 * of the last life only, which the end of the trace cut off. O(events and holds of the life).
 */
export function knownOfLife(
  trace: Trace,
  derived: Pick<Derived, 'holds' | 'lifetimes' | 'rules'>,
  page: PageId,
  life: LifetimeRow,
): KnownOfPage {
  const pfn = trace.pages.pfn[page]
  const { order } = folioPlaceOf(trace, pfn, derived.lifetimes.to[life])
  const listed = listedFlags(trace, derived, page, life)
  const backing = lastingBacking(trace, derived, page, life) ?? listedBacking(trace, derived, page, life, listed)
  const told = backing ?? backingByReferences(trace, derived, page, life)
  return {
    ...(told === undefined ? {} : { backing: told }),
    ...(order < 0 ? {} : { pages: 2 ** order }),
    ...(listed.includes('huge') ? { isHugetlb: true } : {}),
  }
}

/** What any event of the life says of it; anonymous beats file: lazily freed anonymous pages are not swap-backed. */
function lastingBacking(
  trace: Trace,
  { lifetimes }: Pick<Derived, 'lifetimes'>,
  page: PageId,
  life: LifetimeRow,
): PageBacking | undefined {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  let found: PageBacking | undefined
  for (let at = findAtLeast(rows, lifetimes.firstRow[life]); at < rows.length; at++) {
    const row = rows[at]
    if (row > lifetimes.lastRow[life]) break
    if (!isRefKind(trace.events.kind[row])) continue
    const { backing } = pageSignsAt(trace, row)
    if (backing === 'anon') return 'anon'
    if (backing === 'file') found = 'file'
  }
  return found
}

/** Flags that page-types or kpageflags list of a page, by the tool's names; none unless its last life is asked for. */
function listedFlags(
  trace: Trace,
  { lifetimes }: Pick<Derived, 'lifetimes'>,
  page: PageId,
  life: LifetimeRow,
): readonly string[] {
  const lives = rowsOf(lifetimes.byPage, page)
  if (lives[lives.length - 1] !== life || lifetimes.endEdge[life] !== EDGE_TRACE) return []
  const value = valuesAt(trace.pageStates, trace.pages.pfn[page]).at(-1)?.value
  // pageStates keeps the names as a string id.
  return value === undefined ? [] : trace.strings.text(value as StringId).split('|')
}

function listedBacking(
  trace: Trace,
  { lifetimes }: Pick<Derived, 'lifetimes'>,
  page: PageId,
  life: LifetimeRow,
  listed: readonly string[],
): PageBacking | undefined {
  if (listed.includes('anonymous')) return 'anon'
  if (listed.includes('lru')) return 'file'
  const isDumped = dumpsOfPage(trace, trace.pages.pfn[page]).some(
    ({ pageKind, timeNs }) =>
      pageKind === 'anon' && mayBePrintedWithin(trace, timeNs, lifetimes.from[life], lifetimes.to[life]),
  )
  return isDumped ? 'anon' : undefined
}

/** A cache's reference was seen, or was not though the life was seen from its birth. */
function backingByReferences(
  trace: Trace,
  derived: Pick<Derived, 'holds' | 'lifetimes' | 'rules'>,
  page: PageId,
  life: LifetimeRow,
): PageBacking | undefined {
  const { holds, lifetimes } = derived
  const rows = rowsOf(holds.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    const isOfLife = holds.from[hold] >= lifetimes.from[life] && holds.from[hold] <= lifetimes.to[life]
    const isCache = isOfLife && holds.class[hold] === PAGE_CACHE
    if (isCache && declarationOf(trace, derived, hold) === undefined) return 'file'
  }
  return lifetimes.startEdge[life] === EDGE_CERTAIN ? 'anon' : undefined
}
