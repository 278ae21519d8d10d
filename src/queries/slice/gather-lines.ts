import { type EventRow, type LineId, NONE } from '../../model/ids.ts'
import { type SliceMember } from '../../model/slice-file.ts'
import { type FormatId, isTraceFormat, type SourceFile } from '../../model/source-file.ts'
import { fileLineOf, lineIdOf, type Trace } from '../../model/trace.ts'
import { type ReadLinesOf } from '../raw-text.ts'
import { type ChosenLines } from './choose-lines.ts'
import { entryExtent, reachOf, type TextAt } from './entry-extent.ts'
import { type SliceLines } from './slice-lines.ts'
import { bareFramesIn, symbolLines } from './symbol-lines.ts'

/** Files of so few bytes of text are taken whole, where they tell of the machine. */
const SMALL_BYTES = 16 << 10
const WHOLE: readonly FormatId[] = ['pfn_window', 'cma', 'zoneinfo', 'pagetypeinfo']
/** Lines at the beginning that may be a header. */
const HEADER_LINES = 80
/** A stack that is not within reach may stand behind entries of other CPUs. */
const FAR_LINES = 3000
/** A run of lines that are all wanted is cut where it is longer. */
const LONGEST_RUN = 400

/** The files of a capture with the lines that were chosen, each whole entry; of a file without any its name and hash. */
export async function gatherLines(
  trace: Trace,
  files: readonly SourceFile[],
  { lines }: ChosenLines,
  readLinesOf: ReadLinesOf,
): Promise<readonly SliceMember[]> {
  const wanted = lines.byFile()
  const members: SliceMember[] = []
  for (const file of files) members.push(await memberOf(trace, file, wanted[file.index], lines, readLinesOf))
  return withSymbols(trace, members, files, readLinesOf)
}

/** Of symbol tables the lines that name addresses of the lines that were gathered. */
async function withSymbols(
  trace: Trace,
  members: readonly SliceMember[],
  files: readonly SourceFile[],
  readLinesOf: ReadLinesOf,
): Promise<readonly SliceMember[]> {
  if (!files.some(isSymbolTable)) return members
  const bare = bareFramesIn(trace, members.map(({ text }) => text).join('\n'))
  const filled: SliceMember[] = []
  for (const [at, member] of members.entries()) {
    const file = files[at]
    const numbers = isSymbolTable(file) ? await symbolLines(file, bare, readLinesOf) : []
    if (numbers.length === 0) {
      filled.push(member)
      continue
    }
    const reader = new FileLines(file, readLinesOf)
    await reader.readAround(numbers, 0, 0)
    filled.push({ ...member, ...textOf(file, numbers, reader.textAt) })
  }
  return filled
}

/** Not one of a slice: that has only what it needs already, and no lines by number. */
function isSymbolTable({ format, excerpt }: SourceFile): boolean {
  return format === 'kallsyms' && excerpt === undefined
}

async function memberOf(
  trace: Trace,
  file: SourceFile,
  cited: readonly number[],
  chosen: SliceLines,
  readLinesOf: ReadLinesOf,
): Promise<SliceMember> {
  const reader = new FileLines(file, readLinesOf)
  const numbers = isArray(file) ? [] : await entriesOf(trace, file, cited, chosen, reader)
  return { ...identityOf(file), ...textOf(file, numbers, reader.textAt) }
}

/** An array of pages has no lines. */
function isArray({ format }: SourceFile): boolean {
  return format === 'kpage'
}

function identityOf(
  file: SourceFile,
): Pick<SliceMember, 'name' | 'sizeBytes' | 'sha256' | 'lines' | 'unit' | 'format'> {
  const { name, sizeBytes, hash, unit, format } = file
  return {
    name,
    sizeBytes,
    sha256: hash.kind === 'known' ? hash.sha256 : '',
    lines: totalOf(file),
    unit,
    ...(format === 'unknown' || format === 'kpage' ? {} : { format: format === 'trace_dat' ? 'ftrace' : format }),
  }
}

function totalOf({ excerpt, ledger }: SourceFile): number {
  return excerpt?.total ?? ledger.total
}

async function entriesOf(
  trace: Trace,
  file: SourceFile,
  cited: readonly number[],
  chosen: SliceLines,
  reader: FileLines,
): Promise<readonly number[]> {
  if (WHOLE.includes(file.format) && file.textBytes <= SMALL_BYTES) return reader.readAll(1, totalOf(file))
  const { before, behind } = reachOf(file.format)
  const all = [...cited, ...runsIn(trace, file, chosen)]
  await reader.readAround(all, before, behind)
  const numbers = new Set(all)
  const withoutStack: number[] = []
  for (const line of cited) {
    const row = chosen.events.get(lineIdOf(file, line))
    const frames = framesOf(trace, row)
    const extent = entryExtent(file.format, line, reader.textAt, row === undefined ? 1 : frames)
    for (const number of extent) numbers.add(number)
    if (extent.length === 1 && frames > 0) withoutStack.push(line)
  }
  await addFarStacks(file, withoutStack, reader, numbers)
  for (const number of await headerOf(file, reader)) numbers.add(number)
  const isToGo = (text: string | undefined): boolean => text !== undefined && !OF_PERSON.test(text)
  return [...numbers].filter((number) => isToGo(reader.textAt(number))).toSorted((one, other) => one - other)
}

async function addFarStacks(
  file: SourceFile,
  lines: readonly number[],
  reader: FileLines,
  numbers: Set<number>,
): Promise<void> {
  if (!isTraceFormat(file.format) || lines.length === 0) return
  await reader.readAround(lines, 0, FAR_LINES)
  for (const line of lines) for (const number of entryExtent(file.format, line, reader.textAt, 1)) numbers.add(number)
}

function framesOf({ events }: Trace, row: EventRow | undefined): number {
  return row === undefined || events.stack[row] === NONE ? 0 : 1
}

/** Lines of the runs that lie in a file. */
function runsIn(trace: Trace, file: SourceFile, { runs }: SliceLines): readonly number[] {
  return runs.flatMap(([from, to]) => {
    const [first, last] = [from, to].map((line: LineId) => fileLineOf(trace, line))
    if (first.file !== file.index || last.file !== file.index || last.line - first.line > LONGEST_RUN) return []
    return Array.from({ length: last.line - first.line + 1 }, (_, at) => first.line + at)
  })
}

const HEADER = /^(?:#|\s*$|cpus=\d|version = \d|CPU \d+ is empty|kernel:)/

/** What `perf script --header` tells of whose machine it was, and what was typed there: it proves nothing. */
const OF_PERSON = /^# ?(?:hostname|cmdline) :/

/** Lines that a trace begins with; the first line of a table. */
async function headerOf(file: SourceFile, reader: FileLines): Promise<readonly number[]> {
  if (file.unit === 'record' || !(isTraceFormat(file.format) || file.format === 'page_types')) return []
  const lines = await reader.readAll(1, Math.min(totalOf(file), HEADER_LINES))
  if (file.format === 'page_types') return lines.slice(0, 1)
  const end = lines.findIndex((line) => !HEADER.test(reader.textAt(line) ?? ''))
  return end < 0 ? lines : lines.slice(0, end)
}

/** Texts of lines of one file, each read once. */
class FileLines {
  readonly #file: SourceFile
  readonly #readLinesOf: ReadLinesOf
  readonly #texts = new Map<number, string>()

  constructor(file: SourceFile, readLinesOf: ReadLinesOf) {
    this.#file = file
    this.#readLinesOf = readLinesOf
  }

  readonly textAt: TextAt = (line) => this.#texts.get(line)

  /** Reads lines from one to another; those that are there. */
  async readAll(first: number, last: number): Promise<readonly number[]> {
    const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
    await this.#read(lines)
    return lines.filter((line) => this.#texts.has(line))
  }

  async readAround(lines: readonly number[], before: number, behind: number): Promise<void> {
    const wanted = new Set<number>()
    const last = totalOf(this.#file)
    for (const line of lines)
      for (let at = Math.max(1, line - before); at <= Math.min(last, line + behind); at++) wanted.add(at)
    await this.#read([...wanted].toSorted((one, other) => one - other))
  }

  async #read(lines: readonly number[]): Promise<void> {
    const missing = lines.filter((line) => !this.#texts.has(line))
    if (missing.length === 0) return
    for (const [line, text] of await this.#readLinesOf(this.#file.index, missing)) this.#texts.set(line, text)
  }
}

function textOf(file: SourceFile, numbers: readonly number[], textAt: TextAt): Pick<SliceMember, 'spans' | 'text'> {
  const spans: [number, number][] = []
  const texts: string[] = []
  for (const number of numbers) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else spans.push([number, number])
    const text = (textAt(number) ?? '').replaceAll('\n', ' ')
    texts.push(file.unit === 'record' ? text.replaceAll(/ +=> /g, '\n=> ') : text)
  }
  return { spans, text: texts.join('\n') }
}
