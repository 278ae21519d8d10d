import { oncePer } from '../../base/once-per.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { hasFlag, mappingsByShape, NOT_TOLD } from '../counts/mapcount.ts'
import { SET } from '../../model/event-kind.ts'
import { type Column } from '../../base/column.ts'
import { type EventRow, NONE, type ShapeId } from '../../model/ids.ts'
import { MAPPING_NONE, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { type Trace } from '../../model/trace.ts'
import { hasPageFlag } from '../page-flag-names.ts'

const MAPPING = classIndexOf('mapping')
const PAGE_CACHE = classIndexOf('page_cache')
const LRU = classIndexOf('lru')

/** The fault that makes a page puts it into a batch of the LRU at once, ns. */
const JUST_BORN_NS = 1_000_000

/** Reference events of a page around the one that is judged; NONE where there is none in the same life. */
export interface Neighbours {
  readonly first: EventRow
  readonly before: number
  readonly next: number
}

/**
 * What an operation without a stack was for, by what changed on the page around it; undefined when nothing tells.
 *
 * - A put at which the page is mapped less often than before drops a mapping's reference: rmap goes first
 *   (mm/memory.c zap_present_ptes(), mm/rmap.c try_to_migrate_one()).
 * - A get after which it is mapped more often takes one (mm/memory.c, mm/migrate.c remove_migration_pte()).
 * - A put at which the page has come to the LRU drains a batch (mm/swap.c folio_batch_move_lru()).
 * - A get after which an unmapped page has a mapping is the cache's (mm/filemap.c, mm/shmem.c).
 * - A get after which the page has private data or is in the swap cache is theirs, and a put at which it is no longer, or
 *   has left the page cache, gives theirs back: see `isCacheKept`.
 * - The first get of a task on the page that it has just made, not on the LRU yet, is a batch's (mm/swap.c).
 */
export function classWithoutStack(
  signs: PageSigns,
  row: EventRow,
  delta: number,
  { first, before, next }: Neighbours,
): number | undefined {
  return delta < 0 ? classOfPut(signs, row, before) : classOfGet(signs, row, first, next)
}

function classOfPut(signs: PageSigns, row: EventRow, before: number): number | undefined {
  if (before === NONE) return undefined
  const [was, is] = [signs.shape[before], signs.shape[row]]
  if (mappingsGained(signs, was, is) < 0) return MAPPING
  if (leavesCache(signs, was, is)) return PAGE_CACHE
  return signs.isOnLru[was] === 0 && signs.isOnLru[is] === 1 ? LRU : undefined
}

function classOfGet(signs: PageSigns, row: EventRow, first: EventRow, next: number): number | undefined {
  if (next !== NONE) {
    const [is, willBe] = [signs.shape[row], signs.shape[next]]
    if (mappingsGained(signs, is, willBe) > 0) return MAPPING
    if (joinsCache(signs, is, willBe) || gainsPrivate(signs, is, willBe)) return PAGE_CACHE
  }
  return isJustBorn(signs, first, row) ? LRU : undefined
}

/** Mappings more (fewer when negative) at a later shape than at an earlier one; 0 when not known. */
function mappingsGained({ mappings }: PageSigns, earlier: number, later: number): number {
  const [from, to] = [mappings[earlier], mappings[later]]
  return from === NOT_TOLD || to === NOT_TOLD ? 0 : to - from
}

function joinsCache({ mapping, mappings }: PageSigns, is: number, willBe: number): boolean {
  return mapping[is] === MAPPING_NONE && isGiven(mapping[willBe]) && mappings[willBe] === 0
}

function isGiven(mapping: number): boolean {
  return mapping !== MAPPING_NONE && mapping !== MAPPING_UNKNOWN
}

function gainsPrivate({ surely, maybe }: PageSigns, is: number, willBe: number): boolean {
  return (CLEARED_FIRST & surely[willBe] & ~maybe[is]) !== 0
}

function leavesCache({ mapping, surely, maybe }: PageSigns, was: number, is: number): boolean {
  return (isGiven(mapping[was]) && mapping[is] === MAPPING_NONE) || (CLEARED_FIRST & surely[was] & ~maybe[is]) !== 0
}

function isJustBorn({ trace, shape, isOnLru }: PageSigns, first: EventRow, row: EventRow): boolean {
  const { kind, time, context } = trace.events
  const isOwn = trace.contexts.task[context[first]] === trace.contexts.task[context[row]]
  return kind[first] === SET && isOwn && time[row] - time[first] <= JUST_BORN_NS && isOnLru[shape[row]] === 0
}

/**
 * True when a page has its cache and its private data after a put as before it: the cache clears `mapping` before it
 * drops its reference (mm/filemap.c page_cache_delete()), the swap cache and private data their flag (mm/swap_state.c
 * __delete_from_swap_cache(), include/linux/pagemap.h folio_detach_private()). `before` is NONE at a life's first event.
 */
export function isCacheKept({ shape, mapping, surely, maybe }: PageSigns, before: number, row: EventRow): boolean {
  return (
    before !== NONE &&
    isGiven(mapping[shape[row]]) &&
    (CLEARED_FIRST & maybe[shape[before]] & ~surely[shape[row]]) === 0
  )
}

/** True when a page is surely not on the LRU, where a batch puts it before it lets go (mm/swap.c folio_batch_move_lru()). */
export function isOffLru({ shape, maybe }: PageSigns, row: EventRow): boolean {
  return (maybe[shape[row]] & LRU_BIT) === 0
}

const TOLD_FLAGS = ['private', 'private_2', 'swapcache', 'lru'] as const
const LRU_BIT = 1 << TOLD_FLAGS.indexOf('lru')
const CLEARED_FIRST = LRU_BIT - 1

/** What each shape of an event says of the page, judged once: it is asked at every put. */
export interface PageSigns {
  readonly trace: Trace
  /** Shape of each event. */
  readonly shape: Column<ShapeId>
  /** One of the MAPPING_ constants, by shape. */
  readonly mapping: Column<number>
  /** Mappings by shape (0 = unmapped); NOT_TOLD where the field is no count. */
  readonly mappings: Int32Array
  /** Bits of `TOLD_FLAGS` that the page surely has, by shape. */
  readonly surely: Int8Array
  /** Bits of those that it may have (it does not tell, or has), by shape. */
  readonly maybe: Int8Array
  /** 1 where the flags, as printed, name the LRU, by shape. */
  readonly isOnLru: Uint8Array
}

/** The signs of a trace. O(shapes), once. */
export const pageSignsOf: (trace: Trace) => PageSigns = oncePer((trace: Trace) => {
  const { shapes, events, strings } = trace
  const signs = {
    trace,
    shape: events.shape,
    mapping: shapes.mapping,
    mappings: mappingsByShape(trace),
    surely: new Int8Array(shapes.length),
    maybe: new Int8Array(shapes.length),
    isOnLru: new Uint8Array(shapes.length),
  }
  const known = new Map<number, ToldFlags>()
  for (let shape = 0; shape < shapes.length; shape++) {
    const flags = shapes.flags[shape]
    const told = known.get(flags) ?? judgeFlags(trace, strings.text(flags))
    known.set(flags, told)
    signs.surely[shape] = told.surely
    signs.maybe[shape] = told.maybe
    signs.isOnLru[shape] = told.isOnLru
  }
  return signs
})

interface ToldFlags {
  readonly surely: number
  readonly maybe: number
  readonly isOnLru: number
}

function judgeFlags(trace: Trace, flags: string): ToldFlags {
  if (flags === '') return { surely: 0, maybe: -1, isOnLru: 0 }
  const bitsWhere = (isCounted: (has: boolean | undefined) => boolean): number =>
    TOLD_FLAGS.reduce((bits, name, at) => bits | (Number(isCounted(hasPageFlag(trace, flags, name))) << at), 0)
  return {
    surely: bitsWhere((has) => has === true),
    maybe: bitsWhere((has) => has !== false),
    isOnLru: Number(hasFlag(flags, 'lru')),
  }
}
