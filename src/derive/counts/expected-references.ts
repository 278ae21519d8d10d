import { oncePer } from '../../base/once-per.ts'
import { releaseNumber } from '../../model/kernel-release.ts'
import { type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { comingMappings, mappingsAfter } from './coming-mappings.ts'
import { type PageBacking, pageSignsAt } from './page-signs.ts'

/** What is known of a page beside the fields of an event. */
export interface KnownOfPage {
  /** Used where the event leaves the backing open. */
  readonly backing?: PageBacking
  /** Pages of its folio; 1 for a single page. Absent when not known. */
  readonly pages?: number
  /** Mappings of a whole large folio, which the events of its head do not tell. */
  readonly mappings?: number
  /** True for a page of hugetlbfs. */
  readonly isHugetlb?: boolean
}

/** References that migration reckons with, its own one not included: at least and at most so many, alike when known. */
export interface ExpectedReferences {
  readonly least: number
  readonly most: number
  /** What is not known, in words; empty when `least` and `most` are alike. */
  readonly untold: readonly string[]
}

/** The page cache of hugetlbfs took one reference for a whole page before (mm/filemap.c __filemap_add_folio()). */
const HUGETLB_COUNTS_PAGES = 6_007
/** Since then private data counts for no anonymous page (include/linux/mm.h folio_expected_ref_count()). */
const PRIVATE_OF_FILES_ONLY = 6_016

/**
 * References that migration reckons with at an event: one for each mapping of the folio, one for each of its pages that
 * the page or swap cache has, one for private data of a page that a cache has (include/linux/mm.h
 * folio_expected_ref_count(), 6.16 on; mm/migrate.c folio_expected_refs(), expected_page_refs() before). Undefined for
 * typed pages (slab, buddy, page tables), which no migration takes.
 */
export function expectedRangeAt(trace: Trace, row: EventRow, known: KnownOfPage = {}): ExpectedReferences | undefined {
  const signs = pageSignsAt(trace, row)
  const isLarge = known.isHugetlb === true || signs.isLarge === true || (known.pages ?? 1) > 1
  const printed = mappingsAfter(trace, row)
  if (!isLarge && printed === undefined) return undefined
  const mappings = isLarge ? mappingsOfLarge(known, printed) : exactly(printed ?? 0)
  const backing = signs.backing === 'unknown' ? (known.backing ?? 'unknown') : signs.backing
  const cache = cacheReferences(trace, backing, isLarge ? known.pages : 1, known.isHugetlb === true)
  const priv = privateReferences(trace, backing, signs.hasPrivate)
  return {
    least: mappings.least + cache.least + priv.least,
    most: mappings.most + cache.most + priv.most,
    untold: [...mappings.untold, ...cache.untold, ...priv.untold],
  }
}

/** As `expectedRangeAt`, of a single page, and undefined unless all is known. `isCached` is used where nothing tells. */
export function expectedReferencesAt(trace: Trace, row: EventRow, isCached?: boolean): number | undefined {
  const known = byShape(trace)
  const coming = comingMappings(trace, row)
  const key = trace.events.shape[row] * 3 + (isCached === undefined ? 2 : Number(isCached))
  const before = known.get(key)
  if (before !== undefined) return before === NOT_TOLD ? undefined : before + coming
  const expected = expectedRangeAt(trace, row, isCached === undefined ? {} : { backing: isCached ? 'file' : 'anon' })
  const isTold = expected !== undefined && expected.least === expected.most
  known.set(key, isTold ? expected.least - coming : NOT_TOLD)
  return isTold ? expected.least : undefined
}

const NOT_TOLD = -1

/** What is expected by the fields of an event alone is the same for all that have these fields. */
const byShape = oncePer<Trace, Map<number, number>>(() => new Map())

/** The head's own number of mappings is a part of the folio's; mappings by PMD are not printed from 6.10 on. */
function mappingsOfLarge({ mappings }: KnownOfPage, printed: number | undefined): ExpectedReferences {
  if (mappings !== undefined) return exactly(mappings)
  return { least: printed ?? 0, most: Number.POSITIVE_INFINITY, untold: ['how often the large folio is mapped'] }
}

function cacheReferences(
  trace: Trace,
  backing: PageBacking,
  pages: number | undefined,
  isHugetlb: boolean,
): ExpectedReferences {
  if (backing === 'anon' || backing === 'none') return exactly(0)
  const release = releaseNumber(trace.machine.release)
  const isOne = isHugetlb && backing === 'file' && release !== undefined && release < HUGETLB_COUNTS_PAGES
  const ofCache = isOne ? 1 : pages
  if (backing !== 'unknown' && ofCache !== undefined) return exactly(ofCache)
  if (backing === 'unknown')
    return { least: 0, most: ofCache ?? Number.POSITIVE_INFINITY, untold: ['whether a cache has the page'] }
  return { least: 1, most: Number.POSITIVE_INFINITY, untold: ['how many pages the folio has'] }
}

function privateReferences(trace: Trace, backing: PageBacking, hasPrivate: boolean | undefined): ExpectedReferences {
  const release = releaseNumber(trace.machine.release)
  const isOfFilesOnly = release !== undefined && release >= PRIVATE_OF_FILES_ONLY
  if (hasPrivate === false || backing === 'anon' || backing === 'none') return exactly(0)
  if (backing === 'swap' && isOfFilesOnly) return exactly(0)
  if (hasPrivate === undefined) return { least: 0, most: 1, untold: ['whether it has private data'] }
  return backing === 'unknown' ? { least: 0, most: 1, untold: [] } : exactly(1)
}

function exactly(references: number): ExpectedReferences {
  return { least: references, most: references, untold: [] }
}
