import { isMemoryLine } from '../dmesg/allocation-report.ts'
import { isReportLine } from '../dmesg/call-trace.ts'
import { dumpLineOf } from '../dmesg/dump-lines.ts'
import { noteOf } from '../dmesg/note-lines.ts'
import { frameIn } from '../stack-totals/printed-stack.ts'
import { splitPrintk } from '../dmesg/printk-line.ts'
import { readHead } from '../page-pinner/record-lines.ts'
import { isPlain, PLAIN_PARTS, plainSignOf, type PlainKind } from './plain-parts.ts'
import { type LineId } from '../../model/ids.ts'

/** Formats whose lines go on from one to the next, or that speak for a page or an event each. */
export type StoryKind = 'ftrace' | 'perf_script' | 'dmesg' | 'page_owner' | 'page_pinner'
/** What a part of a mixed text can be: the formats that people paste into mails and reports. */
export type PartKind = StoryKind | PlainKind

/** `comm-pid [cpu] flags time: name:`: stricter than the ftrace reader, for prose must not pass. */
const EVENT =
  /^\s*\S.{0,63}?-\d+\s+(?:\([\s\d-]+\)\s+)?(?:\[\d+\]\s+(?:[\w.#]{4,7}\s+)?|\d+[.A-Za-z][\w.#]{3,6}\s+)\d+(?:\.\d+|us.?)?:\s+(?:[A-Za-z_]\w*:(?:\s|$)|<(?:user )?stack trace>)/
const BARE_EVENT = /^(?:page|folio)_ref_\w+: .*\bpfn=/
const TRACE_MARK = /^(?:# tracer: \S|##### CPU \d+ buffer started ####|CPU:\d+ \[(?:LOST |\d+ EVENTS DROPPED))/
const SAMPLE =
  /^\s*(?:\S.{0,63}?\s+)?-?\d+(?:\/-?\d+)?\s+(?:\[-?\d+\]\s+)?\d+\.\d+:\s+(?:\d+\s+)?[A-Za-z_][\w-]*:[A-Za-z_][\w-]*:(?:\s|$)/
const OWNER_RECORD = /^Page allocated via order \d+, mask 0x/
const BANNER = /^Linux version \d+\.\d+/
const DUMP = /^page:.*count:-?\d+ mapcount:|^page dumped because: /
/** The stamp that most kernel logs have; other prefixes alone do not make a line one of the kernel. */
const STAMP = /^(?:<\d{1,3}>)?\[\s*\d+\.\d{6}\]/

/** No line of a trace, dump or log is longer. */
const MOST_CHARACTERS = 1 << 14

/** Kind of a line that by itself can be nothing else; undefined for every other. Marks of quoting must be gone. */
export function signOf(text: string): PartKind | undefined {
  if (text.length > MOST_CHARACTERS) return undefined
  if (STAMP.test(text)) return 'dmesg'
  if (EVENT.test(text) || BARE_EVENT.test(text) || TRACE_MARK.test(text)) return 'ftrace'
  if (SAMPLE.test(text)) return 'perf_script'
  if (OWNER_RECORD.test(text)) return 'page_owner'
  if (readHead(text) !== undefined) return 'page_pinner'
  return isKernelMessage(text) ? 'dmesg' : plainSignOf(text)
}

/** Messages that begin a report, and those that state a fact: without a stamp too they are nothing else. */
const REPORT = /^(?:BUG: Bad page |-+\[ cut here \]-+|kernel BUG at \S+:\d+!|WARNING: CPU: \d+ PID: \d+ at )/
const NOTE =
  /^(?:(?:alloc_contig_range|cma|migrating pfn|memory offlining|failed to isolate pfn|HugeTLB)\b|.{1,64}: page allocation (?:failure|stalls))/

function isKernelMessage(text: string): boolean {
  const said = splitPrintk(text)
  if (BANNER.test(said.message) || DUMP.test(said.message)) return true
  if (REPORT.test(said.message)) return true
  const isOurs = said.hasPrefix || NOTE.test(said.message)
  return isOurs && noteOf(said, 0 as LineId) !== undefined
}

const SYMBOL = /\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)?/
const OWNER_REST = /^(?:PFN \S|Page has been migrated|Slab cache page|Charged |handle: )/
const PERF_FRAME = /^\s*[0-9a-f]{4,16}(?:\s+\S.*)?\s\(.*\)$|^\s+[0-9a-f]{4,16}(?:\s+\S+)?$/
const CUT_BY_AUTHOR = /^\s*\[?(?:snip|\.\.\.|…)\]?\s*$/i

const HANDLE = /^handle: \d+\s*$/

const GOES_ON: Readonly<Record<StoryKind, (text: string) => boolean>> = {
  ftrace: (text) => /^\s*=> \S|^#|^\s*<(?:user )?stack trace>/.test(text) || CUT_BY_AUTHOR.test(text),
  perf_script: (text) => PERF_FRAME.test(text) || CUT_BY_AUTHOR.test(text),
  page_owner: (text) => OWNER_REST.test(text) || SYMBOL.test(text),
  page_pinner: (text) => /^PFN\s/.test(text) || SYMBOL.test(text),
  dmesg: (text) =>
    splitPrintk(text).hasPrefix || dumpLineOf(text) !== undefined || isReportLine(text) || isMemoryLine(text),
}

/** True for a line that goes on with a part of the given kind, and would be nothing without it. */
export function goesOn(kind: PartKind, text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false
  return isPlain(kind) ? (PLAIN_PARTS[kind].goesOn?.test(text) ?? false) : GOES_ON[kind](text)
}

/** True for a line that belongs to the open part though it looks like one of another. */
export function isCovered(open: PartKind, text: string): boolean {
  return isPlain(open) && (PLAIN_PARTS[open].covers?.test(text) ?? false)
}

/** True for a frame, or a stack's handle, as page_owner_stacks prints them before the line with their total. */
export function isLooseFrame(text: string): boolean {
  return frameIn(text) !== undefined || HANDLE.test(text)
}

/** True for the handle that show_stacks_handles prints below a stack, `frames` of which stand before the line. */
export function endsStack(text: string, frames: number): boolean {
  return frames > 0 && HANDLE.test(text)
}
