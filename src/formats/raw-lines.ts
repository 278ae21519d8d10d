import { CR, LF, textOf } from '../base/ascii.ts'
import { findAbove, findAtLeast } from '../base/bisect.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { type FileExcerpt } from '../model/slice-file.ts'
import { LINE_STRIDE, type SourceFile } from '../model/source-file.ts'
import { DiskBytes } from './disk-bytes.ts'
import { asUtf8, ENCODING_BYTES, encodingOf } from './encoding.ts'
import { BINARY_FORMATS } from './formats.ts'
import { bytesInMemory, bytesOfSource, unpackToMemory } from './random-bytes.ts'
import { type ReadOptions } from './read-options.ts'
import { type Source } from './source.ts'
import { unpackLimitOf } from './unpack-limit.ts'
import { iterate, unwrap } from './unwrap.ts'
import { newWrapping, type Pieces } from './wrapping.ts'

/** Characters of a line that are kept. */
export const RAW_LINE_LIMIT = 4096
/** UTF-8 needs at most 3 bytes for a UTF-16 unit. */
const RAW_LINE_BYTES = RAW_LINE_LIMIT * 3
/** Strides between two wanted lines that are read through rather than sought over. */
const NEAR_STRIDES = 4

/**
 * The text of single lines of a file that was read before: `wanted` are 1-based, ascending. Lines that the file does
 * not have are absent from the answer; each is cut to 4096 characters, its CR and LF cut. One pass: plain files are
 * sought in by the sparse index, packed ones unpacked up to the last wanted line. Fails, in words, when the file is not
 * the one that was read.
 */
export async function readLines(
  source: Source,
  file: SourceFile,
  wanted: readonly number[],
  options: Pick<ReadOptions, 'inflate' | 'signal'> = {},
): Promise<Result<Map<number, string>, string>> {
  const found = new Map<number, string>()
  if (wanted.length === 0) return ok(found)
  if (source.absent !== undefined) return fail(source.absent)
  try {
    if (file.excerpt !== undefined) return ok(await readExcerptLines(source, file.excerpt, wanted))
    if (await isOther(source, file)) return fail(changed(file))
    if (file.unit === 'record') return ok(await recordsOf(source, file, wanted, options))
    for (const run of await runsOf(source, file, wanted, options)) {
      await collect(run, found)
      options.signal?.throwIfAborted()
    }
    return ok(found)
  } catch (error) {
    options.signal?.throwIfAborted()
    const why = error instanceof Error ? error.message : String(error)
    return fail(`${file.name} can no longer be read (${why}); load it again`)
  } finally {
    await source.letGo?.()
  }
}

/** Lines of an excerpt; those of one record stand behind each other on one line. */
async function readExcerptLines(
  source: Source,
  { lines }: FileExcerpt,
  wanted: readonly number[],
): Promise<Map<number, string>> {
  const texts = (await new Response(source.stream()).text()).split('\n')
  const found = new Map<number, string>()
  for (const line of wanted) {
    const from = findAtLeast(lines, line)
    const to = findAbove(lines, line)
    if (to > from) found.set(line, texts.slice(from, to).join(' ').slice(0, RAW_LINE_LIMIT))
  }
  return found
}

/** Records of a binary file, printed anew. */
async function recordsOf(
  source: Source,
  file: SourceFile,
  wanted: readonly number[],
  options: Pick<ReadOptions, 'inflate'>,
): Promise<Map<number, string>> {
  const format = BINARY_FORMATS.find((candidate) => candidate.id === file.format)
  if (file.ledger.total === 0) return new Map()
  const plain = file.isCompressed ? undefined : bytesOfSource(source)
  const unpacked = plain === undefined ? await unpackToMemory(wholeText(source, options)) : undefined
  const bytes = plain ?? (unpacked === undefined ? undefined : bytesInMemory(unpacked))
  if (format === undefined || bytes === undefined) return new Map()
  const texts = await format.readRecords(bytes, file.lineOffsets, wanted)
  return new Map([...texts].map(([record, text]) => [record, text.slice(0, RAW_LINE_LIMIT)]))
}

async function isOther(source: Source, file: SourceFile): Promise<boolean> {
  const isDamaged = (source.damage?.() ?? '') !== '' // then fewer bytes are there than told
  if (!isDamaged && source.sizeBytes > 0 && source.sizeBytes !== file.sizeBytes) return true
  return (await source.changed?.()) ?? false
}

function changed(file: SourceFile): string {
  return `${file.name} has changed since it was read; load it again to see its lines`
}

/** Pieces of text that begin with a known line, and the lines to take from them. */
interface Run {
  readonly pieces: () => Pieces
  readonly firstLine: number
  readonly wanted: readonly number[]
}

async function runsOf(
  source: Source,
  file: SourceFile,
  wanted: readonly number[],
  options: Pick<ReadOptions, 'inflate'>,
): Promise<readonly Run[]> {
  if (source.slice === undefined || file.isCompressed || !(await isUtf8(source))) {
    return [{ pieces: () => wholeText(source, options), firstLine: 1, wanted }]
  }
  return nearLines(wanted).map((lines) => {
    const { lineNumbers, lineOffsets } = file
    const mark = Math.max(0, findAbove(lineNumbers, lines[0] - 1) - 1)
    const from = lineOffsets[mark] ?? file.textBytes
    const to = lineOffsets[findAbove(lineNumbers, lines[lines.length - 1] - 1)] ?? file.textBytes
    return { pieces: () => iterate(sliceOf(source, from, to)), firstLine: (lineNumbers[mark] ?? 0) + 1, wanted: lines }
  })
}

function wholeText(source: Source, options: Pick<ReadOptions, 'inflate'>): Pieces {
  const disk = new DiskBytes(source, undefined, () => undefined)
  return asUtf8(
    unwrap(() => disk.open(), newWrapping(), options.inflate, unpackLimitOf(source)),
    () => undefined,
  )
}

async function isUtf8(source: Source): Promise<boolean> {
  const head: number[] = []
  for await (const piece of iterate(sliceOf(source, 0, ENCODING_BYTES))) {
    head.push(...piece.subarray(0, ENCODING_BYTES - head.length))
    if (head.length >= ENCODING_BYTES) break
  }
  return encodingOf(Uint8Array.from(head)) === 'utf-8'
}

function sliceOf(source: Source, from: number, to: number): ReadableStream<Uint8Array> {
  return source.slice === undefined ? source.stream() : source.slice(from, to)
}

/** Cuts the wanted lines where the distance is worth a seek. */
function nearLines(wanted: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const line of wanted) {
    if (strideOf(line) - strideOf(last) > NEAR_STRIDES) runs.push([])
    runs[runs.length - 1].push(line)
    last = line
  }
  return runs
}

function strideOf(line: number): number {
  return Math.floor((line - 1) / LINE_STRIDE)
}

async function collect(run: Run, found: Map<number, string>): Promise<void> {
  const picker = new LinePicker(run.firstLine, run.wanted, found)
  for await (const piece of run.pieces()) {
    picker.push(piece)
    if (picker.isDone) return
  }
  picker.end()
}

/** Takes the wanted lines out of a text that comes in pieces; never holds more than one cut line. */
class LinePicker {
  readonly #wanted: readonly number[]
  readonly #found: Map<number, string>
  readonly #held = new Uint8Array(RAW_LINE_BYTES)
  #heldSize = 0
  #line: number
  #next = 0
  #hasText = false

  constructor(firstLine: number, wanted: readonly number[], found: Map<number, string>) {
    this.#line = firstLine
    this.#wanted = wanted
    this.#found = found
  }

  get isDone(): boolean {
    return this.#next >= this.#wanted.length
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.isDone;) {
      const lf = piece.indexOf(LF, at)
      this.#hold(piece, at, lf < 0 ? piece.length : lf)
      if (lf < 0) return
      this.#endLine()
      at = lf + 1
    }
  }

  /** The text is over: its last line may lack the LF. */
  end(): void {
    if (this.#hasText) this.#endLine()
  }

  #hold(piece: Uint8Array, start: number, end: number): void {
    this.#hasText ||= end > start
    if (this.#wanted[this.#next] !== this.#line) return
    const size = Math.min(end - start, RAW_LINE_BYTES - this.#heldSize)
    this.#held.set(piece.subarray(start, start + size), this.#heldSize)
    this.#heldSize += size
  }

  #endLine(): void {
    if (this.#wanted[this.#next] === this.#line) {
      const isWhole = this.#heldSize < RAW_LINE_BYTES
      const end = isWhole && this.#held[this.#heldSize - 1] === CR ? this.#heldSize - 1 : this.#heldSize
      this.#found.set(this.#line, textOf(this.#held, 0, end).slice(0, RAW_LINE_LIMIT))
      while (this.#wanted[this.#next] === this.#line) this.#next++
    }
    this.#heldSize = 0
    this.#hasText = false
    this.#line++
  }
}
