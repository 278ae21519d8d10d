import { classIndexOf } from '../attribution/reference-class.ts'
import { hasFlag, mappingsOf } from '../counts/mapcount.ts'
import { SET } from '../../model/event-kind.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
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
  trace: Trace,
  row: EventRow,
  delta: number,
  neighbours: Neighbours,
): number | undefined {
  return delta < 0 ? classOfPut(trace, row, neighbours) : classOfGet(trace, row, neighbours)
}

function classOfPut(trace: Trace, row: EventRow, { before }: Neighbours): number | undefined {
  if (before === NONE) return undefined
  if (mappingsGained(trace, before as EventRow, row) < 0) return MAPPING
  if (leavesCache(trace, before as EventRow, row)) return PAGE_CACHE
  return !isOnLru(trace, before as EventRow) && isOnLru(trace, row) ? LRU : undefined
}

function classOfGet(trace: Trace, row: EventRow, { first, next }: Neighbours): number | undefined {
  if (next !== NONE && mappingsGained(trace, row, next as EventRow) > 0) return MAPPING
  if (next !== NONE && (joinsCache(trace, row, next as EventRow) || gainsPrivate(trace, row, next as EventRow)))
    return PAGE_CACHE
  return isJustBorn(trace, first, row) ? LRU : undefined
}

/** Mappings more (fewer when negative) at `later` than at `earlier`; 0 when not known. */
function mappingsGained(trace: Trace, earlier: EventRow, later: EventRow): number {
  const [from, to] = [mappingsOf(trace, earlier), mappingsOf(trace, later)]
  return from === undefined || to === undefined ? 0 : to - from
}

function joinsCache(trace: Trace, row: EventRow, next: EventRow): boolean {
  const mappingAt = (event: EventRow): number => trace.shapes.mapping[trace.events.shape[event]]
  const isGiven = mappingAt(next) !== MAPPING_NONE && mappingAt(next) !== MAPPING_UNKNOWN
  return mappingAt(row) === MAPPING_NONE && isGiven && mappingsOf(trace, next) === 0
}

function gainsPrivate(trace: Trace, row: EventRow, next: EventRow): boolean {
  return (CLEARED_FIRST & told(trace, next).surely & ~told(trace, row).maybe) !== 0
}

function leavesCache(trace: Trace, before: EventRow, row: EventRow): boolean {
  const mappingAt = (event: EventRow): number => trace.shapes.mapping[trace.events.shape[event]]
  const hadOne = mappingAt(before) !== MAPPING_NONE && mappingAt(before) !== MAPPING_UNKNOWN
  return (
    (hadOne && mappingAt(row) === MAPPING_NONE) ||
    (CLEARED_FIRST & told(trace, before).surely & ~told(trace, row).maybe) !== 0
  )
}

function isJustBorn(trace: Trace, first: EventRow, row: EventRow): boolean {
  const { kind, time, context } = trace.events
  const isOwn = trace.contexts.task[context[first]] === trace.contexts.task[context[row]]
  return kind[first] === SET && isOwn && time[row] - time[first] <= JUST_BORN_NS && !isOnLru(trace, row)
}

/**
 * True when a page has its cache and its private data after a put as before it: the cache clears `mapping` before it
 * drops its reference (mm/filemap.c page_cache_delete()), the swap cache and private data their flag (mm/swap_state.c
 * __delete_from_swap_cache(), include/linux/pagemap.h folio_detach_private()). `before` is NONE at a life's first event.
 */
export function isCacheKept(trace: Trace, before: number, row: EventRow): boolean {
  const mapping = trace.shapes.mapping[trace.events.shape[row]]
  if (before === NONE || mapping === MAPPING_NONE || mapping === MAPPING_UNKNOWN) return false
  const [had, has] = [told(trace, before as EventRow), told(trace, row)]
  return (CLEARED_FIRST & had.maybe & ~has.surely) === 0
}

/** True when a page is surely not on the LRU, where a batch puts it before it lets go (mm/swap.c folio_batch_move_lru()). */
export function isOffLru(trace: Trace, row: EventRow): boolean {
  return (told(trace, row).maybe & LRU_BIT) === 0
}

const TOLD_FLAGS = ['private', 'private_2', 'swapcache', 'lru'] as const
const LRU_BIT = 1 << TOLD_FLAGS.indexOf('lru')
const CLEARED_FIRST = LRU_BIT - 1

/** Bits of `TOLD_FLAGS` that a page surely has, and those that it may have (it does not tell, or has). */
interface ToldFlags {
  readonly surely: number
  readonly maybe: number
}

const toldOfTraces = new WeakMap<Trace, Map<number, ToldFlags>>()

/** The flags of a page at an event; each text is judged once, since it is asked at every put. */
function told(trace: Trace, row: EventRow): ToldFlags {
  const known = toldOfTraces.get(trace) ?? new Map<number, ToldFlags>()
  toldOfTraces.set(trace, known)
  const flags = trace.shapes.flags[trace.events.shape[row]]
  const judged = known.get(flags) ?? judgeFlags(trace, trace.strings.text(flags))
  known.set(flags, judged)
  return judged
}

function judgeFlags(trace: Trace, flags: string): ToldFlags {
  if (flags === '') return { surely: 0, maybe: -1 }
  const bitsWhere = (isCounted: (has: boolean | undefined) => boolean): number =>
    TOLD_FLAGS.reduce((bits, name, at) => bits | (Number(isCounted(hasPageFlag(trace, flags, name))) << at), 0)
  return { surely: bitsWhere((has) => has === true), maybe: bitsWhere((has) => has !== false) }
}

function isOnLru(trace: Trace, row: EventRow): boolean {
  return hasFlag(trace.strings.text(trace.shapes.flags[trace.events.shape[row]]), 'lru')
}
