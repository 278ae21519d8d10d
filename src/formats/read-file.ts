import { type Column, column } from '../base/column.ts'
import { type LineId } from '../model/ids.ts'
import { type FileHash } from '../model/file-hash.ts'
import { type FormatId, type SourceFile } from '../model/source-file.ts'
import { TraceBuilder } from '../model/trace-builder.ts'
import { contentHash } from './content-hash.ts'
import { hashedNow, neverHashed, putOff } from './put-off-hash.ts'
import { createPlainSha256, DiskBytes, type Sha256, SourceError, telling } from './disk-bytes.ts'
import { asUtf8, type Encoding } from './encoding.ts'
import { sourceFile } from './file-report.ts'
import { type BinaryFormat, type ChunkReader, type CountingReader, type Head, type TraceFormat } from './format.ts'
import { BINARY_FORMATS, binaryFormatOf, formatNamed, FORMATS, formatOf } from './formats.ts'
import { headOf, markSize } from './head.ts'
import { LineCutter } from './line-chunks.ts'
import { type Onlooker, type ReadSoFar } from './onlooker.ts'
import { openText, type OpenedText } from './open-text.ts'
import { ProblemLog } from './problem-log.ts'
import { bytesInMemory, bytesOfSource, MOST_UNPACKED_BYTES, type RandomBytes, unpackToMemory } from './random-bytes.ts'
import { type ReadPace } from './read-pace.ts'
import { type ReadOptions } from './read-options.ts'
import { recognise } from './recognised.ts'
import { type ShardFormat, type ShardTaker } from './shard.ts'
import { type PartsOnlooker, readInShards, type ShardedText, type TextParts } from './sharded-text.ts'
import { type Source } from './source.ts'
import { partsOfPieces } from './piece-parts.ts'
import { partsOfSource, type SeekableSource } from './text-parts.ts'
import { unpackLimitOf } from './unpack-limit.ts'
import { unwrap } from './unwrap.ts'
import { newWrapping, type Pieces } from './wrapping.ts'

/** One file to read, and where to. */
export interface FileTask {
  readonly source: Source
  readonly index: number
  /** `LineId` of its line 1. */
  readonly firstLine: number
  readonly builder: TraceBuilder
  readonly pace: ReadPace
  readonly options: ReadOptions
  /** All that was read, this file included, as far as it has come. */
  readonly soFar: () => ReadSoFar
}

/** Reads one file into the builder. Bad content and bad bytes end up in the result; throws only when aborted. */
export async function readFile(task: FileTask): Promise<SourceFile> {
  return new FileReading(task).run()
}

/** How much larger a trace is than its packed file, about. */
const USUAL_RATIO = 12

const NO_NUMBERS = column<number>(new Float64Array(0))

class FileReading {
  readonly #task: FileTask
  readonly #problems = new ProblemLog()
  readonly #wrapping = newWrapping()
  readonly #disk: DiskBytes
  readonly #hash: Sha256 | undefined
  #format: TraceFormat | BinaryFormat | undefined
  #reader: ChunkReader | undefined
  #cutter: LineCutter | undefined
  #isCutOff = false
  #isBinary = false
  #encoding: Encoding = 'utf-8'
  /** Bytes and index of a binary file. */
  #textBytes = 0
  #index: Column<number> | undefined
  readonly #eventsBefore: number
  #aside: Promise<FileHash> | undefined
  /** What the file was known by before it was read, where its hash is put off. */
  readonly #fingerprint: Promise<string> | undefined

  constructor(task: FileTask) {
    this.#task = task
    this.#eventsBefore = task.builder.eventCount
    const isAside = task.source.sha256 !== undefined
    this.#fingerprint = isAside ? fingerprintBefore(task) : undefined
    this.#hash = isAside ? undefined : contentHash(task.options.createSha256 ?? createPlainSha256)
    this.#disk = new DiskBytes(task.source, this.#hash, (size) => task.pace.count(size))
  }

  async run(): Promise<SourceFile> {
    const { builder, firstLine } = this.#task
    builder.firstLine = firstLine
    builder.fileStyle = undefined
    await this.#attempt(() => this.#readText())
    this.#finishLines()
    await this.#attempt(() => this.#disk.readToEnd())
    this.#noteDamage()
    const hash = (await this.#hashAside()) ?? (await this.#hashOfBytes())
    const isOther = this.#isCutOff || (await this.#hasChanged())
    this.#noteEnd()
    return this.#report(isOther && hash.kind === 'put_off' ? neverHashed(hash) : hash)
  }

  /** The hash of the bytes as they came by. */
  async #hashOfBytes(): Promise<FileHash> {
    const sha256 = await this.#hash?.digest()
    return sha256 === undefined ? { kind: 'none', why: 'it was not hashed' } : { kind: 'known', sha256 }
  }

  /** The hash as the source computes it itself, while the text is read; put off for a large file. */
  #hashAside(): Promise<FileHash> | undefined {
    // A person tells where an array of pages begins by its hash: that is known when the array is placed.
    const isPutOff = this.#fingerprint !== undefined && this.#format?.id !== 'kpage'
    return (this.#aside ??= isPutOff ? putOff(this.#fingerprint) : hashedNow(this.#task.source))
  }

  async #readText(): Promise<void> {
    const { source, options } = this.#task
    const limit = unpackLimitOf(source)
    const unwrapped = unwrap(() => this.#disk.open(), this.#wrapping, options.inflate, limit)
    const opened = await openText(asUtf8(unwrapped, (encoding) => this.#noteEncoding(encoding)))
    const binary = binaryFormatOf(headOf(opened.head, opened.isWhole))
    if (binary !== undefined) return this.#readBinary(binary, opened)
    this.#chooseReader(opened)
    const mark = markSize(opened.head)
    const cutter = this.#startCutter(mark)
    const sharded = this.#sharded(cutter)
    if (sharded !== undefined) return readInShards(sharded, await this.#partsOf(sharded, opened))
    void this.#hashAside()
    for await (const piece of await this.#piecesFrom(mark, opened)) {
      cutter.push(piece)
      await this.#task.pace.rest()
    }
  }

  /** The text from a position on, for who is done with each piece when the next comes. */
  async #piecesFrom(from: number, opened: OpenedText): Promise<Pieces> {
    const { source } = this.#task
    if (!this.#isPlain || opened.isWhole || source.passing === undefined) return withoutFirst(opened.pieces, from)
    await openAndLeave(opened.pieces)
    return this.#passing(source.passing(from), from)
  }

  /** True when the text lies in the file as it is, and is not hashed as it comes by. */
  get #isPlain(): boolean {
    return !this.#wrapping.isCompressed && this.#encoding === 'utf-8' && this.#hash === undefined
  }

  async *#passing(bytes: ReadableStream<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
    let position = from
    for await (const piece of telling(() => bytes)) {
      position += piece.length
      this.#disk.pass(position, false)
      yield piece
    }
    this.#disk.pass(position, true)
  }

  /** How the text is read in parts; undefined when it is not: it is small, or its lines cannot be read elsewhere. */
  #sharded(cutter: LineCutter): ShardedText | undefined {
    const { source, pace, options } = this.#task
    const pool = options.shards
    const format = this.#format
    const reader = this.#reader
    if (pool === undefined || format === undefined || !('createReader' in format)) return undefined
    const worthBytes = (pool.shardBytes * 2) / (this.#wrapping.isCompressed ? USUAL_RATIO : 1)
    if (format.shards === undefined || source.sizeBytes < worthBytes) return undefined
    if (pool.width < (format.shards.leastWidth ?? 0)) return undefined
    if (reader === undefined || !isTaker(reader)) return undefined
    pool.begin?.()
    const onlooker = options.onlooker && this.#partsOnlooker(options.onlooker, format.shards)
    return { id: format.id, format: format.shards, reader, cutter, pool, pace, onlooker }
  }

  #partsOnlooker(onlooker: Onlooker, { createTaker }: ShardFormat): PartsOnlooker {
    const { soFar } = this.#task
    return {
      onTaken: () => onlooker.onMore(soFar()),
      onEnd: (shards, settings) => {
        const end = new TraceBuilder()
        const taker = createTaker?.(settings, end)
        if (shards.every((shard) => taker?.take(shard, settings, 0))) onlooker.onEnd(end, soFar())
      },
    }
  }

  /** Places in a file that lies open; else the text as it comes. */
  async #partsOf({ format, cutter }: ShardedText, opened: OpenedText): Promise<TextParts> {
    const { source } = this.#task
    const from = cutter.byteCount
    if (!this.#isPlain || !isSeekable(source)) {
      void this.#hashAside()
      const again = (): Pieces => withoutFirst(this.#textAgain(), from)
      return partsOfPieces(withoutFirst(opened.pieces, from), format, again)
    }
    await openAndLeave(opened.pieces)
    void this.#hashAside()
    return partsOfSource(source, format, from, (position) => {
      this.#disk.pass(position, position === source.sizeBytes)
    })
  }

  /** The text from its start once more, of which nothing is noted that was noted before. */
  #textAgain(): Pieces {
    const { source, options } = this.#task
    const bytes = (): Pieces => telling(() => source.stream())
    return asUtf8(unwrap(bytes, newWrapping(), options.inflate, unpackLimitOf(source)), () => undefined)
  }

  async #readBinary(format: BinaryFormat, opened: OpenedText): Promise<void> {
    this.#format = format
    void this.#hashAside()
    this.#isBinary = true
    const bytes = await this.#randomBytes(opened)
    if (bytes === undefined) {
      const limit = MOST_UNPACKED_BYTES / 2 ** 30
      this.#problems.damage(`not read: more than ${limit} GiB when unpacked; unpack it and load the plain file`)
      return
    }
    this.#textBytes = bytes.size
    const { builder, pace } = this.#task
    const outcome = await format.read(bytes, builder, this.#problems, () => pace.rest())
    this.#index = outcome.index
    this.#wrapping.isCutOff ||= outcome.isCutOff
  }

  /** The file to be read anywhere: where it lies when it can be sought in, else unpacked in memory. */
  async #randomBytes(opened: OpenedText): Promise<RandomBytes | undefined> {
    const source = this.#wrapping.isCompressed ? undefined : bytesOfSource(this.#task.source)
    if (source === undefined) {
      const unpacked = await unpackToMemory(opened.pieces)
      return unpacked === undefined ? undefined : bytesInMemory(unpacked)
    }
    await openAndLeave(opened.pieces)
    return source
  }

  /** Runs a step that reads the source. That the source fails is damage, once; anything else goes up. */
  async #attempt<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      if (!this.#isCutOff) this.#problems.damage(unreadable(error, this.#disk.seen))
      this.#isCutOff = true
      return undefined
    }
  }

  #chooseReader(opened: OpenedText): void {
    const head = headOf(opened.head, opened.isWhole)
    const { name, excerpt } = this.#task.source
    this.#format = formatNamed(excerpt?.format) ?? formatOf(head, name)
    this.#reader = this.#format?.createReader(this.#task.builder, this.#problems, name)
    if (this.#format === undefined && opened.head.length > 0) this.#problems.notice(notRead(head, name))
  }

  #startCutter(offset: number): LineCutter {
    const reader = this.#reader
    const problems = this.#problems
    this.#cutter = new LineCutter(
      reader === undefined
        ? { chunk: () => undefined, longLine: () => undefined } // all lines are counted as skipped at the end
        : {
            chunk: (chunk) => reader.read(chunk),
            ...(reader.readCounting === undefined
              ? {}
              : { counting: (chunk, lines) => reader.readCounting?.(chunk, lines) }),
            longLine: (line, bytes, start, end) => problems.reject('line longer than 1 MiB', line, bytes, start, end),
          },
      offset,
    )
    return this.#cutter
  }

  #finishLines(): void {
    this.#cutter?.end()
    this.#reader?.end()
    const lines = this.#cutter?.lineCount ?? 0
    if (this.#reader === undefined && lines > 0) this.#problems.skip('file of no known kind', lines)
  }

  /** A source may know itself that its bytes are not what they should be: a member of a damaged archive. */
  #noteDamage(): void {
    const damage = this.#task.source.damage?.() ?? ''
    if (damage === '') return
    this.#problems.damage(damage)
    this.#isCutOff = true
  }

  /** True when it is no longer what it was, which is then told. */
  async #hasChanged(): Promise<boolean> {
    const { source } = this.#task
    const isOtherSize = source.sizeBytes > 0 && this.#disk.seen !== source.sizeBytes
    if (!isOtherSize && !((await source.changed?.()) ?? false)) return false
    this.#problems.damage(
      `changed while it was read: ${source.sizeBytes} bytes were expected, ${this.#disk.seen} were read; ` +
        'what was read is kept; load it again when it is complete',
    )
    return true
  }

  #noteEncoding(encoding: Encoding): void {
    this.#encoding = encoding
    if (encoding !== 'utf-8') this.#problems.notice(`the text is ${encoding.toUpperCase()}: it was decoded`)
  }

  #noteEnd(): void {
    const problems = this.#problems
    if (this.#wrapping.damage !== '') problems.damage(this.#wrapping.damage)
    if (hasEvents(this.#format) && (this.#isCutOff || this.#wrapping.isCutOff)) this.#addLoss()
    if (this.#isCutOff) return
    if (this.#disk.seen === 0)
      problems.notice(
        'empty file: nothing to read; copy it again (files in tracefs and debugfs read as empty once they are consumed)',
      )
    else if (this.#format === undefined && this.#cutter?.lineCount === 0)
      problems.notice('empty text: nothing to read; copy the file again')
    else if (this.#format !== undefined && problems.records === 0) {
      const words = NOTHING_IN[this.#format.id]
      if (words !== undefined) problems.notice(words)
    }
  }

  #addLoss(): void {
    const { builder, firstLine } = this.#task
    const from = builder.eventCount > this.#eventsBefore ? builder.lastTime : undefined
    const lines = this.#isBinary ? this.#problems.ledger().total : (this.#cutter?.lineCount ?? 0)
    if (lines === 0) return // there is no line to cite; that the file is damaged is told
    const line = (firstLine + lines - 1) as LineId
    builder.loss({ kind: 'truncated', cpu: -1, count: -1, ...(from === undefined ? {} : { from }), line })
  }

  #report(hash: FileHash): SourceFile {
    const { source, index, firstLine, builder } = this.#task
    const facts = {
      index,
      firstLine,
      format: this.#format?.id ?? ('unknown' as const),
      unit: this.#isBinary ? ('record' as const) : ('line' as const),
      sizeBytes: this.#disk.seen,
      textBytes: this.#isBinary ? this.#textBytes : (this.#cutter?.byteCount ?? 0),
      isCompressed: this.#wrapping.isCompressed || source.isPacked === true,
      hash,
      lineNumbers: this.#cutter?.marks().line ?? NO_NUMBERS,
      lineOffsets: this.#index ?? this.#cutter?.marks().offset ?? NO_NUMBERS,
      ...(builder.fileStyle === undefined ? {} : { timeStyle: builder.fileStyle }),
    }
    return sourceFile(source, facts, this.#problems)
  }
}

/** Begins to take the fingerprint of a file whose hash is to be put off, before anything of it is read. */
function fingerprintBefore({ source, options: { mostHashedBytes } }: FileTask): Promise<string> | undefined {
  const isLarge = mostHashedBytes !== undefined && source.sizeBytes > mostHashedBytes
  const fingerprint = isLarge ? source.fingerprint?.() : undefined
  fingerprint?.catch(() => undefined) // it is told when it is asked for
  return fingerprint
}

function isSeekable(source: Source): source is SeekableSource {
  return source.slice !== undefined && source.part !== undefined
}

/** Begun and left: what is behind the pieces is closed. */
async function openAndLeave(pieces: Pieces): Promise<void> {
  for await (const piece of pieces) if (piece.length >= 0) break
}

/** The pieces without their first `size` bytes. */
async function* withoutFirst(pieces: Pieces, size: number): AsyncGenerator<Uint8Array> {
  let left = size
  for await (const piece of pieces) {
    yield left === 0 ? piece : piece.subarray(left)
    left = Math.max(0, left - piece.length)
  }
}

function isTaker(reader: ChunkReader): reader is CountingReader & ShardTaker {
  return 'take' in reader && 'settings' in reader && reader.readCounting !== undefined
}

const WITH_EVENTS: readonly FormatId[] = ['ftrace', 'perf_script', 'trace_dat', 'mixed']

/** True for formats whose missing tail may hold events: what was open at its end is then unknown. */
function hasEvents(format: TraceFormat | BinaryFormat | undefined): boolean {
  return format !== undefined && WITH_EVENTS.includes(format.id)
}

/** Words for a file of a known kind that gave not one fact; the ftrace reader finds its own. */
const NOTHING_IN: Readonly<Partial<Record<FormatId, string>>> = {
  page_owner: 'no records of pages',
  page_pinner: 'no records of pages',
  dmesg: 'no message about pages or ranges that could not be had',
  pfn_window: 'no PFN window',
}

function unreadable(error: SourceError, seen: number): string {
  const why = `(${error.message})`
  if (seen === 0) return `could not be read ${why}: a folder, or moved, or changed since it was chosen; choose it again`
  return `could not be read to its end ${why}: ${seen} bytes were read and are kept; choose the file again`
}

function notRead(head: Head, path: string): string {
  const known = recognise(head, path)
  const looks = known === undefined ? 'its first lines are of no known kind' : `looks like ${known}`
  return `not read: ${looks}; pinscope reads ${[...FORMATS.toReversed(), ...BINARY_FORMATS]
    .map((format) => format.label)
    .join(', ')} so far`
}
