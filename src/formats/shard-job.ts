import { type FormatId } from '../model/source-file.ts'
import { FORMATS } from './formats.ts'
import { type Sha256 } from './disk-bytes.ts'
import { readShard, type Shard } from './shard.ts'
import { type Pieces } from './wrapping.ts'

/** Positions `[from, to)` in bytes. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** The text of a part, as it is told to another thread. */
export interface PartText {
  /** Bytes, which are moved there, or where they lie: what `Source.part` gave. */
  readonly text: unknown
  /** Where in those bytes the part is; all of them when absent. */
  readonly range?: ByteRange
  /** What of those bytes is to be hashed. */
  readonly piece?: ByteRange
}

/** A part of a file for another thread, as plain data. */
export interface ShardJob extends PartText {
  readonly format: FormatId
  readonly settings: unknown
}

/** What became of a job, as plain data. */
export interface ShardAnswer {
  /** Absent when the part cannot be read by itself, or the thread died. */
  readonly shard?: Shard | undefined
  /** The bytes that were sent along, on their way back; absent when the thread died with them. */
  readonly text?: Uint8Array | undefined
}

/** Does a job, and gives back the bytes that came with it: to be read again, or to be filled anew. */
export async function answerShardJob(job: ShardJob, pieces: Pieces, createSha256: () => Sha256): Promise<ShardAnswer> {
  const shard = await readShardJob(job, pieces, createSha256)
  return { shard, text: job.text instanceof Uint8Array ? job.text : undefined }
}

/**
 * Does a job, in the thread that it was given to. `pieces` are the bytes that its text stands for, each of them good until
 * the next is asked for.
 */
export async function readShardJob(
  { format: id, settings, range, piece }: ShardJob,
  pieces: Pieces,
  createSha256: () => Sha256,
): Promise<Shard | undefined> {
  const format = FORMATS.find((candidate) => candidate.id === id)
  if (format?.shards === undefined) return undefined
  const hash = piece && createSha256()
  const shard = await readShard(format.shards, settings, partsOf(pieces, range ?? WHOLE, piece ?? NOTHING, hash))
  return shard && hash ? { ...shard, pieceSum: await hash.digest() } : shard
}

const WHOLE: ByteRange = { from: 0, to: Number.POSITIVE_INFINITY }
const NOTHING: ByteRange = { from: 0, to: 0 }

/** The bytes of `range`; those of `hashed` are hashed as they come by. */
async function* partsOf(
  pieces: Pieces,
  range: ByteRange,
  hashed: ByteRange,
  hash: Sha256 | undefined,
): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const piece of pieces) {
    const within = ({ from, to }: ByteRange): Uint8Array => piece.subarray(Math.max(0, from - at), Math.max(0, to - at))
    const toHash = within(hashed)
    if (toHash.length > 0) hash?.update(toHash)
    yield within(range)
    at += piece.length
  }
}
