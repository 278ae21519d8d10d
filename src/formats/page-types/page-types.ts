import { CR, hexValue, isDigit, LF, startsWith, TAB, textOf } from '../../base/ascii.ts'
import { type LineId, type StringId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { ByteCursor } from '../byte-cursor.ts'
import { type Chunk, type ChunkReader, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { namesOfSymbols } from './kpage-flags.ts'
import { MbColumn } from './mb-column.ts'
import { WalkCount } from './walk-count.ts'

const LIST = /^(voffset\t|foffset\t|cgroup\t|map-cnt\t)*offset\t(len\t)?flags\s*$/
const SUMMARY = /^\s*flags\tpage-count\s+MB\s+symbolic-flags/

/** Output of tools/mm/page-types.c (tools/vm before 6.4): lists (-l, -L, with -p, -f, -C, -M), and the summary. */
export const pageTypes: TraceFormat = {
  id: 'page_types',
  label: 'page-types',
  sniff: ({ lines }) => lines.slice(0, 8).some((line) => LIST.test(line) || SUMMARY.test(line)),
  createReader: (into, problems) => new PageTypesReader(into, problems),
}

type Section = 'none' | 'list' | 'summary'
type Field = 'voffset' | 'foffset' | 'cgroup' | 'map-cnt' | 'offset' | 'len' | 'flags'

const SWAP_SLOTS = 'rows of pages that are swapped out were left out: their offset is a place in the swap, no PFN'

class PageTypesReader implements ChunkReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #cursor = new ByteCursor()
  /** Names of a string of symbols, by the id of that string; -1 for a string that is none. */
  readonly #names = new Map<StringId, StringId>()
  #section: Section = 'none'
  #fields: readonly Field[] = []
  readonly #walks: WalkCount
  readonly #megabytes = new MbColumn()
  #totalLine: LineId | undefined

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#walks = new WalkCount(into, problems)
    for (const table of [into.pageStates, into.mapcounts, into.cgroups]) table.beginSegment()
  }

  read(chunk: Chunk): void {
    const bytes = chunk.bytes.subarray(0, chunk.end)
    let line = chunk.firstLine
    for (let start = chunk.start; start < chunk.end; line++) {
      const lf = bytes.indexOf(LF, start)
      const next = lf < 0 ? chunk.end : lf + 1
      let end = lf < 0 ? chunk.end : lf
      if (end > start && bytes[end - 1] === CR) end--
      if (start === end) this.#problems.skip('blank')
      else this.#line(bytes, start, end, line, lf < 0)
      start = next
    }
  }

  end(): void {
    this.#walks.end()
    const { pageBytes } = this.#megabytes
    if (pageBytes !== undefined) this.#into.machine.pageBytes(pageBytes, this.#totalLine)
  }

  #line(bytes: Uint8Array, start: number, end: number, line: number, isLast: boolean): void {
    const isRow = this.#section === 'list' && this.#row(bytes, start, end, line)
    if (isRow) return
    if (this.#section === 'summary' && this.#summaryRow(bytes, start, end, line)) return
    const text = textOf(bytes, start, end)
    if (LIST.test(text)) return this.#begin('list', text, line)
    if (SUMMARY.test(text)) return this.#begin('summary', '', line)
    const isSpoilt = this.#section === 'none' || !looksLikeRow(bytes, start, end)
    if (isSpoilt) return this.#problems.skip('other line')
    this.#problems.reject(isLast ? 'line cut at the end of the file' : 'unreadable row', line, bytes, start, end)
  }

  #begin(section: 'list' | 'summary', header: string, line: number): void {
    this.#section = section
    this.#fields = section === 'list' ? (header.trim().split('\t') as readonly Field[]) : [] // as LIST has matched
    this.#walks.begin(section, line, /^[vf]offset/.test(header))
    this.#problems.skip('header')
  }

  /** `1f385	1	__________B____`, behind the columns that the header names. */
  #row(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const at = this.#cursor
    at.aim(bytes, start, end)
    let pfn = 0
    let pages = 1
    let cgroup = -1
    let mapcount = -1
    for (const field of this.#fields) {
      if (field === 'flags') break
      const value = field === 'cgroup' ? takeInode(at) : field === 'map-cnt' ? at.takeInteger() : takeHex(at)
      if (Number.isNaN(value) || !at.take('\t')) return false
      if (field === 'offset') pfn = value
      else if (field === 'len') pages = value
      else if (field === 'cgroup') cgroup = value
      else if (field === 'map-cnt') mapcount = value
    }
    const symbols = this.#into.strings.internBytes(bytes, at.at, end)
    const names = this.#namesOf(symbols)
    if (names < 0 || pages < 1) return false
    this.#problems.parsed++
    this.#walks.add(names, pages)
    if (this.#isSwapped(names)) {
      this.#problems.notice(SWAP_SLOTS)
      return true
    }
    this.#problems.records++
    this.#push(pfn, pages, line, names, cgroup, mapcount)
    return true
  }

  #push(pfn: number, pages: number, line: number, names: StringId, cgroup: number, mapcount: number): void {
    const into = this.#into
    const at = into.firstLine + line
    const isSingle = !this.#fields.includes('len')
    const put = (table: typeof into.pageStates, value: number): void =>
      isSingle ? table.pushPage(pfn, value, at) : table.push(pfn, pfn + pages, value, at)
    put(into.pageStates, names)
    if (cgroup >= 0) put(into.cgroups, cgroup)
    if (mapcount >= 0) put(into.mapcounts, mapcount)
  }

  /** With -p a page in the swap is listed by its slot; only --raw marks it, and else it has no flag at all. */
  #isSwapped(names: StringId): boolean {
    if (this.#fields[0] !== 'voffset') return false
    const text = this.#into.strings.text(names)
    return text === '' || /(^|\|)swap(\||$)/.test(text)
  }

  #namesOf(symbols: StringId): StringId {
    const known = this.#names.get(symbols)
    if (known !== undefined) return known
    const names = namesOfSymbols(this.#into.strings.text(symbols).trim())
    const id = names === undefined ? (-1 as StringId) : this.#into.strings.intern(names)
    this.#names.set(symbols, id)
    return id
  }

  /** `0x0000000000205808	        25        0  ___U_______Ma_b…	uptodate,mmap,…`; the last row is `total`. */
  #summaryRow(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const text = textOf(bytes, start, end)
    const row = /^0x[0-9a-f]{16}\t\s*(\d+)\s+(\d+)\s+([A-Za-z1_]+)\t?/.exec(text)
    const names = row === null ? undefined : namesOfSymbols(row[3])
    if (row !== null && names !== undefined) {
      const at = (this.#into.firstLine + line) as LineId
      this.#into.machine.stateTotal({ flags: names, pages: Number(row[1]), line: at })
      this.#walks.add(this.#into.strings.intern(names), Number(row[1]))
      this.#megabytes.add(Number(row[1]), Number(row[2]))
      this.#problems.parsed++
      this.#problems.records++
      return true
    }
    const total = /^\s+total\t\s*(\d+)\s+(\d+)\s*$/.exec(text)
    if (total === null) return false
    this.#walks.total(Number(total[1]))
    this.#totalLine = (this.#into.firstLine + line) as LineId
    this.#megabytes.add(Number(total[1]), Number(total[2]))
    this.#problems.parsed++
    return true
  }
}

/** `@1234`. */
function takeInode(at: ByteCursor): number {
  return at.take('@') ? at.takeInteger() : Number.NaN
}

/** Hex digits without `0x`, up to the tab. */
function takeHex(at: ByteCursor): number {
  const start = at.at
  let value = 0
  for (let digit = 0; at.at < at.end && (digit = hexValue(at.bytes[at.at])) >= 0; at.at++) value = value * 16 + digit
  return at.at === start || at.bytes[at.at] !== TAB ? Number.NaN : value
}

/** A line that begins as rows do. */
function looksLikeRow(bytes: Uint8Array, start: number, end: number): boolean {
  if (startsWith(bytes, start, end, '0x') || bytes[start] === 64) return true
  let at = start
  while (at < end && hexValue(bytes[at]) >= 0) at++
  return (at > start && at < end && bytes[at] === TAB) || (at === end && isDigit(bytes[start]))
}
