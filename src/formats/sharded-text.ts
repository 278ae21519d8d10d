import { joinBytes } from '../base/join-bytes.ts'
import { type FormatId } from '../model/source-file.ts'
import { telling } from './disk-bytes.ts'
import { type CountingReader } from './format.ts'
import { type LineCutter } from './line-chunks.ts'
import { type ReadPace } from './read-pace.ts'
import { type Shard, type ShardFormat, shardStart, type ShardTaker } from './shard.ts'
import { type ShardJob } from './shard-job.ts'
import { type Source } from './source.ts'

/** Other threads that read parts of files. */
export interface ShardPool {
  /** Parts that are read at once. */
  readonly width: number
  /** Bytes of a part. */
  readonly shardBytes: number
  /** Reads a part; undefined when it cannot be read by itself, or its thread failed. Never rejects. */
  read(job: ShardJob): Promise<Shard | undefined>
}

/** A file whose parts are read by others, and who takes them. */
export interface ShardedText {
  readonly source: Source
  readonly id: FormatId
  readonly format: ShardFormat
  readonly reader: CountingReader & ShardTaker
  readonly cutter: LineCutter
  readonly pool: ShardPool
  readonly pace: ReadPace
  /** Told of bytes of the file that are done with. */
  readonly onBytes: (size: number) => void
}

/** Parts that are read here, until the reader knows what the others must know. */
const FIRST_BYTES = 1 << 20
/** Searched at once for a line that a part may begin with, and in all. */
const PROBE_BYTES = 1 << 16
const MOST_PROBES = 64

interface Part {
  readonly from: number
  readonly to: number
  readonly settings: unknown
  readonly shard: Promise<Shard | undefined>
}

/**
 * Reads a plain file, from `from` on, in parts that `pool` reads at the same time; takes them in order. What cannot be
 * read elsewhere is read here, so that the outcome is that of reading the lines one behind the other.
 */
export async function readInShards(text: ShardedText, from: number): Promise<void> {
  const { source, pool, reader } = text
  const waiting: Part[] = []
  let at = from
  while (at < source.sizeBytes || waiting.length > 0) {
    const settings = reader.settings()
    const isHere = settings === undefined
    const size = isHere ? Math.min(FIRST_BYTES, pool.shardBytes) : pool.shardBytes
    while (at < source.sizeBytes && waiting.length < (isHere ? 1 : pool.width)) {
      const to = await partEnd(text, at + size)
      waiting.push(partOf(text, at, to, settings))
      at = to
    }
    const part = waiting.shift()
    if (part !== undefined) await takePart(text, part)
  }
}

function partOf(text: ShardedText, from: number, to: number, settings: unknown): Part {
  const { source, id, pool } = text
  const told = settings === undefined ? undefined : source.part?.(from, to)
  const shard = told === undefined ? Promise.resolve(undefined) : pool.read({ format: id, settings, text: told })
  return { from, to, settings, shard }
}

async function takePart(text: ShardedText, part: Part): Promise<void> {
  const { reader, cutter } = text
  const shard = await part.shard
  if (shard === undefined || !reader.take(shard, part.settings, cutter.lineCount)) {
    return readHere(text, part.from, part.to)
  }
  cutter.take(shard.marks, shard.lineCount, shard.byteCount)
  text.onBytes(shard.byteCount)
  await text.pace.rest()
}

async function readHere(text: ShardedText, from: number, to: number): Promise<void> {
  const { source, cutter, pace } = text
  for await (const piece of telling(() => sliceOf(source, from, to))) {
    cutter.push(piece)
    text.onBytes(piece.length)
    await pace.rest()
  }
}

/** Where the part that should end at `target` does: before a line that the next may begin with, or with the file. */
async function partEnd({ source, format }: ShardedText, target: number): Promise<number> {
  for (let probe = 0, at = target; probe < MOST_PROBES && at < source.sizeBytes; probe++, at += PROBE_BYTES) {
    const bytes = await bytesAt(source, at, Math.min(source.sizeBytes, at + PROBE_BYTES * 2))
    const start = shardStart(format, bytes, 0, bytes.length)
    if (start >= 0) return at + start
  }
  return source.sizeBytes
}

function sliceOf(source: Source, from: number, to: number): ReadableStream<Uint8Array> {
  return source.slice === undefined ? source.stream() : source.slice(from, to)
}

async function bytesAt(source: Source, from: number, to: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of telling(() => sliceOf(source, from, to))) {
    pieces.push(piece)
    size += piece.length
  }
  return joinBytes(pieces, size)
}
