import { type LineId } from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { type PageDump } from '../../model/kernel-note.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type Head, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { CallTraceReader } from './call-trace.ts'
import { DumpBlock } from './dump-block.ts'
import { dumpLineOf, type DumpLine } from './dump-lines.ts'
import { FtraceDump } from './ftrace-dump.ts'
import { isSpoiltNote, noteOf, type PendingNote } from './note-lines.ts'
import { isJsonLog, JsonLog } from './json-log.ts'
import { type NoteSequel, sequelOf } from './note-sequel.ts'
import { PageSize } from './page-size.ts'
import { type PrintkLine, splitPrintk } from './printk-line.ts'

/** Kernel logs of every kind of prefix: `dump_page()` blocks and the messages about ranges that could not be had. */
export const dmesg: TraceFormat = {
  id: 'dmesg',
  label: 'dmesg',
  sniff: isKernelLog,
  createReader: (into, problems) => byLine(new DmesgReader(into, problems)),
}

const BANNER = /^Linux version (\d+\.\d+\S*)/
/** arch/x86/mm/init_64.c probe_memory_block_size(): `x86/mm: Memory block size: 128MB`. */
const MEMORY_BLOCK = /^x86\/mm: Memory block size: (\d+)MB/
/** Consoles that take over print the first messages once more, still early in the boot. */
const SAME_BOOT_NS = 10_000_000_000
const DUMP = /^page:.*count:-?\d+ mapcount:|^page dumped because: /

function isKernelLog(head: Head): boolean {
  if (isJsonLog(head.lines)) return true
  const lines = head.lines.filter((line) => line.trim() !== '').map((line) => splitPrintk(line))
  const prefixed = lines.filter((line) => line.hasPrefix).length
  if (prefixed > 0 && prefixed * 2 >= lines.length) return true
  return lines.some((line) => BANNER.test(line.message) || DUMP.test(line.message) || isStrongNote(line))
}

/** A note that no other text would begin a line with. */
function isStrongNote(line: PrintkLine): boolean {
  return /^(?:alloc_contig_range: |cma: |migrating pfn |memory offlining )/.test(line.message) && hasNote(line)
}

function hasNote(line: PrintkLine): boolean {
  return noteOf(line, 0 as LineId) !== undefined
}

/** Foreign lines after which a block is over: other CPUs may print between its lines, but not for ever. */
const PATIENCE_LINES = 64
/** Lines between `migrating pfn …` and the dump it announces. */
const ANNOUNCED_LINES = 8
/** What begins another report of the same caller. */
const OTHER_REPORT =
  /^(?:\s*Call [Tt]race:|-+\[ cut here \]|kernel BUG at |WARNING: |CPU: \d+|\s*<TASK>|BUG: |Modules linked in:|Backtrace:)/
/** `BUG: Bad page state in process cc1  pfn:281b2` (mm/page_alloc.c): hex without 0x; `Bad page map` names no PFN. */
const BAD_PAGE = /^BUG: Bad page (?:state|map|cache) in process .*?(?:\bpfn:([0-9a-f]+))?\s*$/

/** `Oops#1 Part2`, `Panic#2 Part1` (fs/pstore/platform.c pstore_dump()). */
const PIECE_HEADER = /^((?:Panic|Oops|Emergency|Restart|Halt|Poweroff|Shutdown|Unknown)#\d+) Part(\d+)\s*$/

/** Dumps that a failed check prints before it reports itself (include/linux/mmdebug.h). */
const CHECK_REASON = /^VM_(?:BUG|WARN)_ON/

/** What a message says of the dump behind it. */
interface Announced {
  readonly pfn: number | undefined
  readonly line: number
  /** A call trace follows the dump. */
  readonly isReport: boolean
}

/** What one caller has open. */
interface Caller {
  block: DumpBlock | undefined
  announced: Announced | undefined
  /** Report that may go on: of the dump before it. */
  report: CallTraceReader | undefined
  /** What may still be told behind the last note. */
  sequel: NoteSequel | undefined
  /** The open block stands in a report that ends with a call trace. */
  isReported: boolean
}

/** A dump and the call trace behind it. */
interface KeptDump {
  readonly dump: PageDump
  readonly report: CallTraceReader | undefined
}

/** A note, and what may stand behind it. */
interface KeptNote {
  readonly pending: PendingNote
  readonly sequel: NoteSequel | undefined
}

class DmesgReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #callers = new Map<string, Caller>()
  readonly #pageSize = new PageSize()
  readonly #json = new JsonLog()
  readonly #notes: KeptNote[] = []
  readonly #dumps: KeptDump[] = []
  readonly #ftraceDump: FtraceDump
  /** The piece of a log that pstore kept, of which lines are read. */
  #piece: { readonly log: string; readonly part: number } | undefined
  #hasAddresses = false
  /** Time of the last message that has one. */
  #lastNs = 0

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#ftraceDump = new FtraceDump(into, problems)
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    if (text.trim() === '') return this.#problems.skip('blank')
    const said = this.#json.take(text) ?? splitPrintk(text)
    if (said === 'punctuation') return this.#problems.skip('JSON around the messages')
    if (this.#isPieceHeader(said.message)) return
    if (this.#ftraceDump.take(said.message, line)) return
    const caller = this.#callerOf(said.caller)
    this.#pageSize.learn(said.message, (this.#into.firstLine + line) as LineId)
    this.#learnBoot(said, (this.#into.firstLine + line) as LineId)
    const part = dumpLineOf(said.message)
    if (part !== undefined && this.#takePart(caller, part, said, line)) return
    this.#other(caller, said, line, chunk, start, end)
  }

  end(): void {
    for (const caller of this.#callers.values()) this.#close(caller)
    this.#ftraceDump.end()
    for (const kept of this.#dumps.sort((a, b) => a.dump.line - b.dump.line)) this.#into.dump(withReport(kept))
    if (this.#pageSize.isKnown) this.#into.machine.pageBytes(this.#pageSize.bytes, this.#pageSize.line)
    for (const { pending, sequel } of this.#notes) {
      const note = pending(this.#pageSize.bytes)
      this.#into.note(sequel?.completed(note) ?? note)
    }
    if (this.#hasAddresses && !this.#pageSize.isKnown) {
      this.#problems.notice('the log does not tell the page size: addresses were turned into PFNs with 4 KiB pages')
    }
  }

  /**
   * pstore keeps the end of a log in pieces, the last one first as `Part1`. Where the next piece is not the one that
   * follows in the log, what is open cannot go on in it.
   */
  #isPieceHeader(message: string): boolean {
    const header = PIECE_HEADER.exec(message)
    if (header === null) return false
    const [, log, part] = header
    const goesOn = this.#piece?.log === log && this.#piece.part === Number(part) + 1
    if (!goesOn) for (const caller of this.#callers.values()) this.#forget(caller)
    this.#piece = { log, part: Number(part) }
    this.#problems.skip('header of a pstore record')
    return true
  }

  #forget(caller: Caller): void {
    this.#close(caller)
    caller.announced = undefined
    caller.report = undefined
    caller.sequel = undefined
  }

  /** The banner is the first message of a boot: when it comes back after later ones, the log holds another boot. */
  #learnBoot({ message, timeNs }: PrintkLine, line: LineId): void {
    const banner = BANNER.exec(message)
    if (banner === null) {
      const block = MEMORY_BLOCK.exec(message)
      const mebibytes = block === null ? 0 : Number(block[1])
      if (BLOCK_MEBIBYTES.has(mebibytes)) this.#into.machine.memoryBlockBytes(mebibytes * 2 ** 20)
      this.#lastNs = timeNs ?? this.#lastNs
      return
    }
    this.#into.machine.release(banner[1], line)
    if (timeNs !== undefined && this.#lastNs - timeNs > SAME_BOOT_NS) this.#into.machine.reboot(line)
    this.#lastNs = timeNs ?? 0
  }

  #callerOf(name: string): Caller {
    const known = this.#callers.get(name)
    if (known !== undefined) return known
    const caller: Caller = {
      block: undefined,
      announced: undefined,
      report: undefined,
      sequel: undefined,
      isReported: false,
    }
    this.#callers.set(name, caller)
    return caller
  }

  /** Gives a line to the caller's block, opening one when the line can begin one. */
  #takePart(caller: Caller, part: DumpLine, said: PrintkLine, line: number): boolean {
    const at = (this.#into.firstLine + line) as LineId
    if (caller.block !== undefined && at - caller.block.lastLine > PATIENCE_LINES) this.#close(caller)
    if (caller.block === undefined || !caller.block.takes(part)) {
      if (!canBegin(part)) return false
      this.#close(caller)
      caller.report = undefined
      caller.sequel = undefined
      caller.isReported = caller.announced?.isReport ?? false
      caller.block = new DumpBlock(this.#into, at, said.timeNs, this.#announcedPfn(caller, line))
    }
    caller.block.add(part, at)
    return true
  }

  #announcedPfn(caller: Caller, line: number): number | undefined {
    const { announced } = caller
    caller.announced = undefined
    return announced !== undefined && line - announced.line <= ANNOUNCED_LINES ? announced.pfn : undefined
  }

  #close(caller: Caller): void {
    const { block } = caller
    caller.block = undefined
    if (block === undefined) return
    const dump = block.dump()
    if (dump === undefined) return this.#problems.skip('dump of a page without its counts', block.lineCount)
    const isReported = caller.isReported || CHECK_REASON.test(dump.reason)
    caller.report = isReported ? new CallTraceReader(this.#into, dump.lastLine) : undefined
    this.#dumps.push({ dump, report: caller.report })
    this.#problems.parsed += block.lineCount
    this.#problems.records++
  }

  /** A line that is no part of a dump: a fact of its own, or another message. */
  #other(caller: Caller, said: PrintkLine, line: number, chunk: Chunk, start: number, end: number): void {
    if (OTHER_REPORT.test(said.message)) this.#close(caller)
    const at = (this.#into.firstLine + line) as LineId
    if ((caller.report?.take(said.message, at) ?? false) || (caller.sequel?.take(said.message, at) ?? false)) {
      this.#problems.parsed++
      return
    }
    const badPage = BAD_PAGE.exec(said.message)
    if (badPage !== null) caller.announced = announcedBy(badPage, line)
    const note = noteOf(said, at)
    if (note !== undefined) return this.#note(caller, note, line)
    if (isSpoiltNote(said.message) || DUMP.test(said.message)) {
      return this.#problems.reject('unreadable kernel message', line, chunk.bytes, start, end)
    }
    this.#problems.skip('other message')
  }

  #note(caller: Caller, note: { isByAddress: boolean; pending: PendingNote }, line: number): void {
    this.#hasAddresses ||= note.isByAddress
    this.#problems.parsed++
    this.#problems.records++
    const made = note.pending(this.#pageSize.bytes)
    const sequel = sequelOf(made, this.#into)
    if (sequel !== undefined) {
      caller.report = undefined
      caller.sequel = sequel
    }
    this.#notes.push({ pending: note.pending, sequel })
    if (made.kind === 'migrate_failed' || made.kind === 'isolate_failed') {
      caller.announced = { pfn: made.pfn, line, isReport: false }
    }
  }
}

/** Sizes that a block may have: powers of two (arch/x86/mm/init_64.c probe_memory_block_size()). */
const BLOCK_MEBIBYTES: ReadonlySet<number> = new Set(Array.from({ length: 24 }, (_, bits) => 2 ** bits))

const BEGINNINGS: ReadonlySet<DumpLine['kind']> = new Set(['head', 'poisoned', 'raw', 'reason', 'flags'])

/** Lines that open a block when none is: its first, or one of those that only dumps have. */
function canBegin(part: DumpLine): boolean {
  return BEGINNINGS.has(part.kind)
}

function announcedBy([, digits]: RegExpExecArray, line: number): Announced {
  const pfn = Number.parseInt(digits, 16)
  return { pfn: pfn < PFN_LIMIT ? pfn : undefined, line, isReport: true }
}

function withReport({ dump, report }: KeptDump): PageDump {
  const told = report?.told()
  return told === undefined ? dump : { ...dump, report: told }
}
