import { type EventRow } from '../../model/ids.ts'
import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { type Trace } from '../../model/trace.ts'
import { hasFlag, mappingsOf } from './mapcount.ts'

/**
 * References that migration reckons with at an event, its own one not included: one for each mapping, one of the page
 * or swap cache, one of private data (include/linux/mm.h folio_expected_ref_count(); mm/migrate.c
 * expected_page_refs() before 6.17). `isCached` is what the traced references tell of the cache, for where the
 * event's own fields leave it open. Undefined for typed pages, for large folios (their mappings by PMD are not
 * printed), and where nothing tells whether a cache holds the page.
 */
export function expectedReferencesAt(trace: Trace, row: EventRow, isCached?: boolean): number | undefined {
  const flags = trace.strings.text(trace.shapes.flags[trace.events.shape[row]])
  const mappings = mappingsOf(trace, row)
  const cache = cacheReferenceAt(trace, row, flags) ?? isCached
  if (mappings === undefined || cache === undefined || hasFlag(flags, 'head')) return undefined
  return mappings + Number(cache) + Number(hasFlag(flags, 'private'))
}

/** True when the event itself says that the page or swap cache holds the page, false when that it does not. */
function cacheReferenceAt(trace: Trace, row: EventRow, flags: string): boolean | undefined {
  const mapping = trace.shapes.mapping[trace.events.shape[row]]
  if (hasFlag(flags, 'swapcache')) return true
  if (mapping === MAPPING_FILE) return true
  if (mapping === MAPPING_ANON || mapping === MAPPING_NONE) return false
  if (mapping === MAPPING_UNKNOWN || flags === '') return undefined
  // A hashed pointer. Anonymous pages are swap-backed, and so are those of shmem; all others are of a file.
  return hasFlag(flags, 'swapbacked') || isNumber(flags) ? undefined : true
}

/** perf prints flags as a number, which tells no name. */
function isNumber(flags: string): boolean {
  return /^(?:0x)?[0-9a-f]+$/.test(flags)
}
