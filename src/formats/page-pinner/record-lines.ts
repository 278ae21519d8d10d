import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { MAPPING_NONE, MAPPING_SOME, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { PINNER_FAILED, PINNER_FREED, PINNER_GET, PINNER_PUT, type PinnerKind } from '../../model/pinner-table.ts'
import { NONE } from '../../model/ids.ts'
import { mappingOf } from '../ftrace/mapping.ts'

/** The first line of a record. */
export interface PinnerHead {
  /** Where only the stack tells, who asks it: layout A prints gets and puts alike, B and C all that befell the page. */
  readonly kind: PinnerKind | typeof kindByFrames
  readonly tsUs: number
  readonly elapsedUs: number
  readonly count: number
  /** An elapsed time was printed that cannot be: two tasks raced for the record. */
  readonly isImpossible: boolean
}

/** The PFN line of a record; -1 and the empty string for what it lacks. */
export interface PinnerPage {
  readonly pfn: number
  readonly blockType: string
  readonly count: number
  readonly mapcount: number
  readonly mapping: number
  readonly flags: string
}

/** How a record begins, in every layout; also told by a line that is cut. */
export const RECORD_START = /^(?:Page pinned (?:ts|for)|At least, pinned for|Freed at|Failure detected at)(?:\s|$)/

const PINNED_TS = /^Page pinned ts\s+(-?\d+) us count (-?\d+)$/
const PINNED_FOR = /^Page pinned for\s+(-?\d+) us$/
const PINNED_AT = /^Page pinned ts\s+\[\s*(\d+)\.(\d{6})\]$/
const AT_LEAST = /^At least, pinned for\s+(-?\d+) us$/
const STATE_AT = /^(Freed|Failure detected) at\s+\[\s*(\d+)\.(\d{6})\]$/
const PFN_LINE =
  /^PFN\s+(0x[0-9a-f]+|\d+)\s+Block\s+-?\d+(?:\s+type\s+(\S+))?(?:\s+count\s+(-?\d+))?(?:\s+mapcount\s+(-?\d+))?(?:\s+mapping\s+(\S.*?))?\s+Flags\s+(0x\S.*)$/
/** A machine that has run for a century would print this many microseconds. */
const LONGEST_US = 100 * 365 * 86_400 * 1_000_000

/**
 * Reads the first line of a record (mm/page_pinner.c print_page_pinner(), by layout):
 *
 *     A  Page pinned ts 76953865787 us count 1      longterm_pinner: of the get; alloc_contig_failed: of the put
 *     B  Page pinned for 5123456 us                 longterm_pinner
 *     B  Page pinned ts [ 1234.567890]              alloc_contig_failed: of the put; in C of the failure and the free too
 *     D  At least, pinned for 5123456 us            buffer: a put, counted from the failure
 *     D  Freed at [ 1234.567890]                    Failure detected at [ 1234.567890]
 */
export function readHead(text: string): PinnerHead | undefined {
  const ts = PINNED_TS.exec(text)
  if (ts !== null) return headOf(kindByFrames, Number(ts[1]), NONE, Number(ts[2]))
  const pinnedFor = PINNED_FOR.exec(text)
  if (pinnedFor !== null) return headOf(PINNER_GET, NONE, Number(pinnedFor[1]), NONE)
  const at = PINNED_AT.exec(text)
  if (at !== null) return headOf(contigKind, microseconds(at[1], at[2]), NONE, NONE)
  const atLeast = AT_LEAST.exec(text)
  if (atLeast !== null) return headOf(PINNER_PUT, NONE, Number(atLeast[1]), NONE)
  const state = STATE_AT.exec(text)
  if (state === null) return undefined
  return headOf(state[1] === 'Freed' ? PINNER_FREED : PINNER_FAILED, microseconds(state[2], state[3]), NONE, NONE)
}

/** Reads the PFN line: decimal in layouts A and B, hex with 0x in C and D. Undefined when it is none, or cut. */
export function readPage(text: string): PinnerPage | undefined {
  const match = PFN_LINE.exec(text)
  if (match === null) return undefined
  const [, pfn, blockType = '', count, mapcount, mapping, flags] = match
  if (!(Number(pfn) < PFN_LIMIT)) return undefined
  return {
    pfn: Number(pfn),
    blockType,
    count: count === undefined ? NONE : Number(count),
    mapcount: mapcount === undefined ? NONE : Number(mapcount),
    mapping: mappingOfText(mapping),
    flags,
  }
}

/** Frames of page_pinner itself, and of taking the stack. */
const OWN_FRAMES = /page_pinner|^(?:stack_trace_save|save_stack)/
/** The allocation that found the page in the way marks it (mm/page_alloc.c alloc_contig_range()). */
const FAILURE_FRAMES = /^__page_pinner_(?:mark_migration_failed_pages|failure_detect)|^(?:__)?alloc_contig_/
/** android12-5.10 records the free of a marked page as it does a put (mm/page_alloc.c free_pages_prepare()). */
const FREE_FRAMES = /^(?:__)?(?:reset|free)_page_pinner|^(?:free_(?:pages|pcp)_prepare|__free_pages_ok|free_unref_)/
const PUT_FRAMES = /^(?:__)?(?:page_pinner_put|page_pinner_migration_failed|put_page_pinner)|put_|unpin_|release_/
const GET_FRAMES = /set_page_pinner|^(?:try_)?get_|try_grab_|^pin_|^follow_/
const FRAMES_ASKED = 4

/** Get or put, by the first frames of a record of layout A; a get when they do not tell, as in `longterm_pinner`. */
function kindByFrames(frames: readonly string[]): PinnerKind {
  for (const frame of frames.slice(0, FRAMES_ASKED)) {
    if (GET_FRAMES.test(frame)) return PINNER_GET
    if (PUT_FRAMES.test(frame) || FREE_FRAMES.test(frame) || FAILURE_FRAMES.test(frame)) return contigKind(frames)
  }
  return PINNER_GET
}

/**
 * What a record of `alloc_contig_failed` is, by its first frames: a put unless they say that the page was freed, or that
 * this is the allocation that failed, which holds nothing.
 */
function contigKind(frames: readonly string[]): PinnerKind {
  const own = frames.findIndex((frame) => !OWN_FRAMES.test(frame))
  const asked = frames.slice(0, own < 0 ? frames.length : own + 1)
  if (asked.some((frame) => FAILURE_FRAMES.test(frame))) return PINNER_FAILED
  return asked.some((frame) => FREE_FRAMES.test(frame)) ? PINNER_FREED : PINNER_PUT
}

function headOf(kind: PinnerHead['kind'], tsUs: number, elapsedUs: number, count: number): PinnerHead {
  const isImpossible = !isTime(tsUs) || !isTime(elapsedUs)
  return {
    kind,
    tsUs: isTime(tsUs) ? tsUs : NONE,
    elapsedUs: isTime(elapsedUs) ? elapsedUs : NONE,
    count,
    isImpossible,
  }
}

/** NONE counts as a time: it is not told. */
function isTime(us: number): boolean {
  return us >= NONE && us < LONGEST_US
}

function microseconds(seconds: string, fraction: string): number {
  return Number(seconds) * 1_000_000 + Number(fraction)
}

/** `mapping %pS`: the real address, `0x0`, or a symbol for a mapping within the kernel's image. */
function mappingOfText(text: string | undefined): number {
  if (text === undefined) return MAPPING_UNKNOWN
  if (text.startsWith('(n')) return MAPPING_NONE
  if (!/^(?:0x)?[0-9a-f]+$/.test(text)) return MAPPING_SOME
  return mappingOf(new TextEncoder().encode(text), 0, text.length)
}
