import { type FormatId } from '../model/source-file.ts'
import { FORMATS } from './formats.ts'
import { readShard, type Shard } from './shard.ts'
import { type Pieces } from './wrapping.ts'

/** A part of a file for another thread: where its text lies, as plain data. */
export interface ShardJob {
  readonly format: FormatId
  readonly settings: unknown
  /** What `Source.part` gave. */
  readonly text: unknown
}

/** Does a job, in the thread that it was given to. `pieces` are the bytes that its text stands for. */
export async function readShardJob({ format: id, settings }: ShardJob, pieces: Pieces): Promise<Shard | undefined> {
  const format = FORMATS.find((candidate) => candidate.id === id)
  return format?.shards === undefined ? undefined : readShard(format.shards, settings, pieces)
}
