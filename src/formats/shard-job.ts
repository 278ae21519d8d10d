import { type FormatId } from '../model/source-file.ts'
import { FORMATS } from './formats.ts'
import { readShard, type Shard } from './shard.ts'
import { type Pieces } from './wrapping.ts'

/** The text of a part, as it is told to another thread. */
export interface PartText {
  /** Bytes, which are moved there, or where they lie: what `Source.part` gave. */
  readonly text: unknown
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
export async function answerShardJob(job: ShardJob, pieces: Pieces): Promise<ShardAnswer> {
  const shard = await readShardJob(job, pieces)
  return { shard, text: job.text instanceof Uint8Array ? job.text : undefined }
}

/**
 * Does a job, in the thread that it was given to. `pieces` are the bytes that its text stands for, each of them good until
 * the next is asked for.
 */
async function readShardJob({ format: id, settings }: ShardJob, pieces: Pieces): Promise<Shard | undefined> {
  const format = FORMATS.find((candidate) => candidate.id === id)
  return format?.shards && readShard(format.shards, settings, pieces)
}
