import { oncePer } from '../../base/once-per.ts'
import { type EventRow } from '../../model/ids.ts'
import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { type Trace } from '../../model/trace.ts'
import { hasPageFlag } from '../page-flag-names.ts'

/**
 * What keeps a page beside its mappings, as far as the fields of one event tell.
 * `anon`: anonymous and in no cache; `swap`: in the swap cache; `file`: of a file or of shmem, in the page cache;
 * `none`: it has no mapping at all; `unknown`: the event leaves it open.
 */
export type PageBacking = 'anon' | 'swap' | 'file' | 'none' | 'unknown'

/** Fields of an event that the reckoning of references needs. Undefined where flags in hex do not tell. */
export interface PageSigns {
  readonly backing: PageBacking
  readonly hasPrivate: boolean | undefined
  readonly isLarge: boolean | undefined
  /** True when the page is on an LRU list, or was and is isolated with its state kept. */
  readonly isInUse: boolean
}

/** The signs of an event. O(1); the shapes of a trace are read once each. */
export function pageSignsAt(trace: Trace, row: EventRow): PageSigns {
  const known = signsOf(trace)
  const shape = trace.events.shape[row]
  const before = known.get(shape)
  if (before !== undefined) return before
  const signs = readSigns(trace, trace.strings.text(trace.shapes.flags[shape]), trace.shapes.mapping[shape])
  known.set(shape, signs)
  return signs
}

const signsOf = oncePer<Trace, Map<number, PageSigns>>(() => new Map())

function readSigns(trace: Trace, flags: string, mapping: number): PageSigns {
  const has = (name: string): boolean | undefined => (flags === '' ? undefined : hasPageFlag(trace, flags, name))
  return {
    backing: backingOf(has, mapping),
    hasPrivate: has('private'),
    isLarge: has('head'),
    isInUse: has('lru') === true || has('swapbacked') === true,
  }
}

/** True when flags as printed say that a page is in the swap cache, which holds a reference to it. */
export function hasSwapCache(trace: Trace, flags: string): boolean {
  return isSwapCached((name) => hasPageFlag(trace, flags, name))
}

function isSwapCached(has: (name: string) => boolean | undefined): boolean {
  return has('swapcache') === true || (has('swapbacked') === true && has('owner_priv_1') === true)
}

/**
 * PG_swapcache shares its bit with owner_priv_1 and holds with swapbacked only; PG_anon_exclusive shares its own with
 * mappedtodisk (owner_2 from 6.12 on), which no page of shmem has (include/linux/page-flags.h).
 */
function backingOf(has: (name: string) => boolean | undefined, mapping: number): PageBacking {
  const isSwapBacked = has('swapbacked')
  if (isSwapCached(has)) return 'swap'
  if (mapping === MAPPING_NONE) return 'none'
  if (mapping === MAPPING_ANON) return 'anon'
  if (mapping === MAPPING_FILE) return 'file'
  if (isSwapBacked === true && (has('mappedtodisk') === true || has('owner_2') === true)) return 'anon'
  // A hashed pointer. Anonymous pages are swap-backed, and so are those of shmem; all others are of a file, but for
  // those of hugetlb, which no LRU list ever has and which are not swap-backed, anonymous or not (mm/hugetlb.c).
  const mayBeHugetlb = has('head') === true && has('lru') !== true
  return isSwapBacked === false && !mayBeHugetlb && mapping !== MAPPING_UNKNOWN ? 'file' : 'unknown'
}
