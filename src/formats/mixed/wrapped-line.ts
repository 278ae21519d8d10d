import { availableIn, noteOf } from '../dmesg/note-lines.ts'
import { splitPrintk } from '../dmesg/printk-line.ts'
import { type LineId } from '../../model/ids.ts'
import { signOf } from './line-kind.ts'
import { KERNEL_WRAPS, type Wrap } from './wrapped-message.ts'
import { isPlain } from './plain-parts.ts'

/** Everything before an event's name. */
const COLUMNS =
  /^\s*\S.{0,63}?-\d+\s+(?:\([\s\d-]+\)\s+)?(?:\[\d+\]\s+(?:[\w.#]{4,7}\s+)?|\d+[.A-Za-z][\w.#]{3,6}\s+)\d+\.\d+:$/
const REF_EVENT = /[\s:](?:page|folio)_ref_(\w+):(?:\s|$)/
const PINNER_EVENT = /[\s:]page_pinner_\w+:(?:\s|$)/
const RANGE_EVENT = /[\s:](?:test_pages_isolated|mm_page_isolate\w*|cma_alloc\w*|cma_release|mm_migrate_pages):(?:\s|$)/
const DUMP_HEAD = /^page:.*count:-?\d+ mapcount:|^page:\S*$|^page:.*count:-?\d+$/

/** Line one of a page_owner record as some kernel prints it to its end. */
const OWNER_WHOLE =
  /^Page allocated via order \d+, mask 0x[0-9a-f]+(?:\([^)]*\))?(?:, pid -?\d+(?:, tgid -?\d+)?(?: \(.*\))?, ts \d+ ns(?: \(.*\))?(?:, free_ts \d+ ns)?)?$/

const WRAPS: readonly Wrap[] = [
  { isCut: (line) => COLUMNS.test(line), rest: /^\s*[A-Za-z_]\w*:(?:\s|$)/ },
  { isCut: (line) => /\d: <(?:user )?stack$|\d: <user$/.test(line), rest: /^\s*(?:stack )?trace>/ },
  { isCut: isCutRefEvent, rest: /^\s*(?:pfn|flags|count|mapcount|mapping|mt|val|ret)=\S/ },
  {
    isCut: (line) => PINNER_EVENT.test(line) && !/\bmt=/.test(line),
    rest: /^\s*(?:pfn|flags|count|mapcount|mapping|mt)=\S/,
  },
  {
    isCut: (line) => RANGE_EVENT.test(line) && !/\b(?:ret|reason|errorno)=/.test(line),
    rest: /^\s*(?:(?:start_|end_|fin_)?pfn|page|(?:request_|available_|total_)?count|align|ret|errorno|nr_\w+|mode|reason)=\S/,
  },
  {
    isCut: (line) => DUMP_HEAD.test(splitPrintk(line).message) && !/\bpfn:/.test(line),
    rest: /^\s*(?:(?:refcount|count|mapcount|mapping|index|pfn|head|order):\S*(?:\s+|$)|compound_\w+: ?-?\d+\s*|\(null\)\s*|0x[0-9a-f]+$)+$/,
  },
  { isCut: (line) => /^(?:\w+ )?flags:$/.test(splitPrintk(line).message), rest: /^\s*0x[0-9a-f]+\(/ },
  { isCut: isCutRaw, rest: /^\s*(?:[0-9a-f]{16}(?:\s+|$)){1,3}$/ },
  { isCut: isCutNote, rest: /\S/ },
  ...KERNEL_WRAPS,
  // a frame of perf that lost its file
  { isCut: (line) => /^\s*[0-9a-f]{8,16} \S+$/.test(line), rest: /^\s*\((?:\/|\[)\S*\)\s*$/ },
  {
    isCut: (line) => /^Page allocated via order \d+,/.test(line) && !OWNER_WHOLE.test(line),
    rest: /^\s*(?:mask|0x|pid|tgid|ts|free_ts|\(|-?\d+(?:,| ns))/,
  },
  {
    isCut: (line) => /^PFN (?:0x[0-9a-f]+|\d+)(?:\s|$)/.test(line) && !/\bFlags\s+0x[0-9a-f]+(?:\(.*\))?$/.test(line),
    rest: /^\s*(?:type|Block|Flags|0x|[A-Z][a-z]+ (?:Block|Flags))/,
  },
]

/**
 * The line and what a mail program broke off it, in one; undefined when the next line is none of it. A line that is whole
 * never takes another, and a line that says something by itself is never taken.
 */
export function joinedLine(line: string, next: string): string | undefined {
  if (next.length > MOST_CHARACTERS) return undefined
  const cut = line.trimEnd()
  const wrap = WRAPS.find(({ isCut, rest }) => isCut(cut) && rest.test(next))
  const sign = signOf(next)
  if (wrap === undefined || (sign !== undefined && !isPlain(sign) && wrap !== WRAPS[0])) return undefined
  const joined = `${cut} ${next.trim()}`
  return !isCutNote(cut) || isNote(joined) ? joined : undefined
}

/** Longer lines were broken by nobody. */
const MOST_CHARACTERS = 1 << 12

/** True for a line that may have been broken: the next one tells. */
export function mayBeCut(line: string): boolean {
  const text = line.trimEnd()
  if (text.length > MOST_CHARACTERS) return false
  return WRAPS.some(({ isCut }) => isCut(text))
}

/** `val=` ends an event, or `ret=` where the function has a result. */
function isCutRefEvent(line: string): boolean {
  const name = REF_EVENT.exec(line)?.[1]
  if (name === undefined) return false
  const hasResult = /and_test|and_return|unless|freeze/.test(name) && name !== 'unfreeze'
  return hasResult ? !/\bret=-?\d/.test(line) : !/\bval=-?\d/.test(line)
}

/** `raw: ` is printed with four words of a struct page a line. */
function isCutRaw(line: string): boolean {
  const words = /^(?:raw|head): ((?:[0-9a-f]{16} ?){1,3})$/.exec(splitPrintk(line).message)
  return words !== null
}

/** A message begun as one of ours that states nothing yet. */
function isCutNote(line: string): boolean {
  const { message } = splitPrintk(line)
  return (
    /^(?:alloc_contig_range: \[|cma: |migrating pfn|failed to isolate|memory offlining|HugeTLB: allocating |.*page allocation(?: failure:?| stalls(?: for(?: \d+ms,)?)?)?$)/.test(
      message,
    ) && !isNote(line)
  )
}

function isNote(line: string): boolean {
  const said = splitPrintk(line)
  return noteOf(said, 0 as LineId) !== undefined || availableIn(said.message) !== undefined
}
