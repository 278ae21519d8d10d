import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { MAX_ORDER } from '../../model/owner-table.ts'
import { frameOf } from './frame-line.ts'

/** First line of a `dump_page()` block (mm/debug.c). */
export interface DumpHead {
  readonly refcount: number
  readonly mapcount: number
  readonly pfn?: number
  readonly order: number
  readonly hasMapping?: boolean
}

/** One line of a `dump_page()` block, by what it says. */
export type DumpLine =
  | { readonly kind: 'head'; readonly head: DumpHead }
  | { readonly kind: 'order'; readonly order: number }
  | { readonly kind: 'flags'; readonly flags: string; readonly pageKind: 'anon' | 'ksm' | 'plain' }
  | { readonly kind: 'page_kind'; readonly pageKind: 'anon' | 'ksm' }
  | { readonly kind: 'file' }
  | { readonly kind: 'raw'; readonly words: readonly string[] }
  | { readonly kind: 'reason'; readonly reason: string }
  | { readonly kind: 'allocated'; readonly allocated: AllocatedLine }
  | { readonly kind: 'freed' }
  | { readonly kind: 'pinned'; readonly bootNs: number; readonly count: number }
  /** page_pinner's `PFN … Block …`, between its head and its stack. */
  | { readonly kind: 'pinned_page' }
  | { readonly kind: 'frame'; readonly frame: string }
  /** `page:… is uninitialized and poisoned`: the raw words are no counts. */
  | { readonly kind: 'poisoned' }
  /** Belongs to the block and says nothing that we keep. */
  | { readonly kind: 'other' }

/** `page last allocated via …`: page_owner's part. */
export interface AllocatedLine {
  readonly order: number
  readonly migratetype: string
  readonly gfp: string
  readonly pid?: number
  readonly comm?: string
  readonly ts?: number
}

/**
 *     page: refcount:3 mapcount:1 mapping:0000000000000000 index:0x7f45a2be2 pfn:0x281b2        (6.9 on)
 *     page:00000000faa9673c refcount:3 mapcount:0 mapping:00000000144ccd79 index:0x14 pfn:0x17278  (5.10 on)
 *     page:ffffea0000a06c40 count:3 mapcount:1 mapping:          (null) index:0x7f45a2be2        (up to 5.0)
 */
const HEAD = /^page:\s*(?:\S+\s+)?(?:ref)?count:(-?\d+) mapcount:(-?\d+) mapping:\s*(\S+) index:\S+(.*)$/
const POISONED = /^page:\S* is uninitialized and poisoned/
const HEAD_PFN = /\bpfn:(?:0x)?([0-9a-f]+)/
const ORDER = /\border:(\d+)/
const FLAGS = /^(?:(anon|ksm) )?flags: (0x[0-9a-f]+.*)/
const RAW = /^raw:((?: [0-9a-f]{8,16})+)\s*$/
const REASON = /^page dumped because: (.*?)\s*$/
const FILE = /^(?:mapping->)?aops:|^\S+ name:"/
const OTHER =
  /^(?:memcg:|page->mem_cgroup:|page_type:|page_owner |bad because of flags:|head:|dentry name|invalid dentry|failed to read mapping|page does not match|There is not page extension|[Pp]age has been migrated, last migrate reason|page_pinner )/
const FREED = /^page last free (?:pid \d+ tgid \d+ |ts \d+ )*stack trace:/
const ALLOCATED =
  /^[Pp]age (?:last )?allocated via order (\d+)(?:, migratetype ([^,]*))?, (?:gfp_)?mask (0x[0-9a-f]+(?:\([^)]*\))?)(.*)$/
/** The opening bracket is missing in the source (mm/page_pinner.c __dump_page_pinner()). */
const PINNED = /^page last pinned \[?\s*(\d+)\.(\d{6})\] count (-?\d+)/
const PINNED_PAGE = /^PFN (?:0x[0-9a-f]+|\d+) Block \d+ /
/** Frames are set in by a blank, which a page or a mail may have swallowed. */
const BEGINS_FRAME = /^(?:\s|\S+\+0x[0-9a-f]+\/0x)/

/** How each line of a block begins; spares the other messages of a log all the patterns above. */
const LIKELY =
  /^(?:page|Page|PFN|anon|ksm|flags|raw|memcg|head|bad because|dentry|invalid|failed to read|mapping->|aops|There|\S+ name:")/

/** What a message says within a block; undefined when it is no part of one. */
export function dumpLineOf(message: string): DumpLine | undefined {
  if (BEGINS_FRAME.test(message)) return frameLineOf(message)
  if (!LIKELY.test(message)) return undefined
  const head = HEAD.exec(message)
  if (head !== null) return headLineOf(head)
  if (POISONED.test(message)) return { kind: 'poisoned' }
  const flags = FLAGS.exec(message)
  if (flags !== null) return { kind: 'flags', flags: flags[2].trim(), pageKind: kindOf(flags[1]) ?? 'plain' }
  const raw = RAW.exec(message)
  if (raw !== null) return { kind: 'raw', words: raw[1].trim().split(' ') }
  const reason = REASON.exec(message)
  if (reason !== null) return { kind: 'reason', reason: reason[1] }
  return smallLineOf(message)
}

function smallLineOf(message: string): DumpLine | undefined {
  const bare = kindOf(message.trim())
  if (bare !== undefined) return { kind: 'page_kind', pageKind: bare }
  if (/^head:.*\border:\d+/.test(message)) {
    const order = orderOf(message)
    return order <= MAX_ORDER ? { kind: 'order', order } : undefined
  }
  if (FILE.test(message)) return { kind: 'file' }
  if (FREED.test(message)) return { kind: 'freed' }
  const pinned = PINNED.exec(message)
  if (pinned !== null) return pinnedOf(pinned)
  if (PINNED_PAGE.test(message)) return { kind: 'pinned_page' }
  const allocated = ALLOCATED.exec(message)
  if (allocated !== null) return { kind: 'allocated', allocated: allocatedOf(allocated) }
  return OTHER.test(message) ? { kind: 'other' } : undefined
}

function pinnedOf([, seconds, micros, count]: RegExpExecArray): DumpLine {
  return { kind: 'pinned', bootNs: Number(seconds) * 1e9 + Number(micros) * 1000, count: Number(count) }
}

function frameLineOf(message: string): DumpLine | undefined {
  const frame = frameOf(message)
  return frame === undefined ? undefined : { kind: 'frame', frame: frame.text }
}

/** None where a number is so large that no kernel printed it: a page would be invented. */
function headLineOf(match: RegExpExecArray): DumpLine | undefined {
  const head = headOf(match)
  const isPlace = (head.pfn ?? 0) < PFN_LIMIT && head.order <= MAX_ORDER
  const isPrinted = isPlace && isInt(head.refcount) && isInt(head.mapcount)
  return isPrinted ? { kind: 'head', head } : undefined
}

/** Whether a C `int` holds it. */
function isInt(value: number): boolean {
  return (value | 0) === value
}

function headOf(match: RegExpExecArray): DumpHead {
  const pfn = HEAD_PFN.exec(match[4])
  const hasMapping = mappingOf(match[3], pfn !== null)
  return {
    refcount: Number(match[1]),
    mapcount: Number(match[2]),
    order: orderOf(match[4]),
    ...(pfn === null ? {} : { pfn: Number.parseInt(pfn[1], 16) }),
    ...(hasMapping === undefined ? {} : { hasMapping }),
  }
}

/**
 * Whether there is a mapping. Zeros and `(null)` are none. A hash is some mapping from 5.8 on, but 5.2 to 5.7 hash NULL
 * too; the line has a PFN since 5.10, so a hash without one tells nothing. Real pointers (up to 5.6) have a high half.
 */
function mappingOf(printed: string, hasPfn: boolean): boolean | undefined {
  if (printed === '(null)' || printed === '(nil)' || /^(?:0x)?0+$/.test(printed)) return false
  const isReal = /^(?:0x)?[0-9a-f]{16}$/.test(printed) && !/^0{8}/.test(printed)
  return isReal || hasPfn ? true : undefined
}

function orderOf(text: string): number {
  return Number(ORDER.exec(text)?.[1] ?? 0)
}

function kindOf(text: string | undefined): 'anon' | 'ksm' | undefined {
  return text === 'anon' || text === 'ksm' ? text : undefined
}

/** `, pid 66, tgid 66 (qemu-io), ts 2833826368, free_ts 0`; a comm is free text up to the last `), ts `. */
function allocatedOf(match: RegExpExecArray): AllocatedLine {
  const rest = match[4]
  const pid = /^, pid (-?\d+)/.exec(rest)?.[1]
  const comm = /^, pid -?\d+(?:, tgid -?\d+)? \((.*)\), ts \d+/.exec(rest)?.[1]
  const ts = /.*, ts (\d+)/.exec(rest)?.[1]
  return {
    order: Number(match[1]),
    migratetype: (match[2] ?? '').trim(),
    gfp: match[3],
    ...(pid === undefined ? {} : { pid: Number(pid) }),
    ...(comm === undefined ? {} : { comm }),
    ...(ts === undefined ? {} : { ts: Number(ts) }),
  }
}
