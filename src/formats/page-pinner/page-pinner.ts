import { type FrameId, type LineId, NONE, type StackId, type StringId } from '../../model/ids.ts'
import { isFullRing } from '../../model/pinner-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type Head, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type PinnerHead, type PinnerPage, readHead, readPage, RECORD_START } from './record-lines.ts'

/** Android's `/sys/kernel/debug/page_pinner/{longterm_pinner,alloc_contig_failed,buffer}`, of every layout. */
export const pagePinner: TraceFormat = {
  id: 'page_pinner',
  label: 'page_pinner',
  sniff: isPagePinner,
  createReader: (into, problems) => byLine(new PagePinnerReader(into, problems)),
}

const QUOTE = /^(?:> ?)+/

/** ` sym+0x34/0xcc [mod]`, ` 0xffffffc0a1b2c3d4`, and an indented bare name: whatever else comes, another wrote it. */
const FRAME =
  /^\s*(?:\[<[0-9a-f]+>\]\s+)?(?:[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+(?:\s+\[[^\]]+\])?|0x[0-9a-f]{8,16})\s*$|^\s+[^\s+]+\s*$/

const TIMES_NOTICE =
  'page_pinner prints CLOCK_BOOTTIME microseconds, counted from what it saw: a page was held for at least so long'
const RACE_NOTICE =
  'some records print a time that cannot be (the kernel takes no lock between get and put): it is left out'
const UNFINISHED_NOTICE = 'the file ends within a record: its last record may be cut'

function isPagePinner(head: Head): boolean {
  const lines = head.lines.map((line) => line.replace(QUOTE, ''))
  return lines.some((line, at) => readHead(line) !== undefined && /^PFN\s/.test(lines[at + 1] ?? 'PFN '))
}

/** A record whose PFN line was read, until its stack ends. */
interface OpenRecord {
  readonly head: PinnerHead
  readonly page: PinnerPage
  readonly line: LineId
  readonly frames: string[]
  textBytes: number
}

/** The first line of a record, kept to be shown if no PFN line follows. */
interface OpenHead {
  readonly head: PinnerHead
  readonly text: Uint8Array
  readonly line: number
}

class PagePinnerReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  #head: OpenHead | undefined
  #record: OpenRecord | undefined
  #hasTimes = false
  #hasRaces = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    const bare = text.replace(QUOTE, '')
    if (bare.trim() === '') return this.#blank()
    if (RECORD_START.test(bare)) return this.#start(bare.trimEnd(), line, chunk, start, end)
    if (this.#head !== undefined) return this.#page(bare.trimEnd(), line, chunk, start, end)
    if (this.#record === undefined) return this.#problems.skip('outside a record')
    this.#frame(bare, end === chunk.end, line, chunk, start, end)
  }

  end(): void {
    if (this.#head !== undefined || this.#record !== undefined) this.#problems.notice(UNFINISHED_NOTICE)
    this.#finish()
    if (this.#hasTimes) this.#problems.notice(TIMES_NOTICE)
    if (this.#hasRaces) this.#problems.notice(RACE_NOTICE)
    if (isFullRing(this.#problems.records)) {
      this.#problems.notice(
        `exactly ${this.#problems.records} records: the ring may have wrapped, older records are then lost`,
      )
    }
  }

  #blank(): void {
    this.#finish()
    this.#problems.skip('blank')
  }

  #start(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    this.#finish()
    const head = readHead(text)
    if (head === undefined) {
      return this.#problems.reject('unreadable first line of a record', line, chunk.bytes, start, end)
    }
    this.#head = { head, text: chunk.bytes.slice(start, end), line }
  }

  #page(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    const open = this.#head
    const page = readPage(text)
    if (!text.startsWith('PFN')) return this.#problems.skip('line of a vendor')
    if (page === undefined || open === undefined) {
      this.#finish()
      return this.#problems.reject('unreadable PFN line', line, chunk.bytes, start, end)
    }
    this.#head = undefined
    this.#record = {
      head: open.head,
      page,
      line: (this.#into.firstLine + open.line) as LineId,
      frames: [],
      textBytes: 0,
    }
    this.#problems.parsed += 2
  }

  /** ` __set_page_pinner+0x34/0xcc`; an indent may be lost. `isLast` is true of a line without its LF. */
  #frame(bare: string, isLast: boolean, line: number, chunk: Chunk, start: number, end: number): void {
    if (!FRAME.test(bare)) return this.#problems.reject('unreadable stack frame', line, chunk.bytes, start, end)
    const text = bare.trim()
    if (isLast && !/(?:\/0x[0-9a-f]+(?: \[[^\]]+\])?|^0x[0-9a-f]{8,16})$/.test(text)) {
      return this.#problems.reject('line cut at the end of the file', line, chunk.bytes, start, end)
    }
    this.#record?.frames.push(text)
    if (this.#record !== undefined) this.#record.textBytes += end - start + 1
    this.#problems.parsed++
  }

  #finish(): void {
    if (this.#head !== undefined) {
      const { text, line } = this.#head
      this.#problems.reject('record without a PFN line', line, text, 0, text.length)
    }
    if (this.#record !== undefined) this.#push(this.#record)
    this.#head = undefined
    this.#record = undefined
  }

  #push({ head, page, line, frames, textBytes }: OpenRecord): void {
    const { strings, stacks } = this.#into
    const ids: FrameId[] = frames.map((text) => this.#into.frames.intern(strings.intern(text)))
    this.#into.pinner({
      pfn: page.pfn,
      kind: typeof head.kind === 'function' ? head.kind(frames) : head.kind,
      count: page.count === NONE ? head.count : page.count,
      mapcount: page.mapcount,
      elapsedUs: head.elapsedUs,
      tsUs: head.tsUs,
      flags: strings.intern(page.flags),
      blockType: page.blockType === '' ? (NONE as StringId) : strings.intern(page.blockType),
      mapping: page.mapping,
      stack: ids.length === 0 ? (NONE as StackId) : stacks.internFrames(ids, textBytes),
      line,
    })
    this.#problems.records++
    this.#hasTimes = true
    this.#hasRaces ||= head.isImpossible
  }
}
