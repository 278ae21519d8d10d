import { type Endpoint, expose, transfer } from 'comlink'
import { buffersOf } from '../base/buffers-of.ts'
import { answerShardJob, type ShardAnswer, type ShardJob } from '../formats/shard-job.ts'
import { BlobBytes } from './blob-bytes.ts'
import { keepPulse } from './worker-pulse.ts'

/** What a worker of the ingest pool does. */
export interface ShardApi {
  /** Reads a part of a file. */
  read(job: ShardJob): Promise<ShardAnswer>
}

/** Puts the reading of parts behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeShards(endpoint?: Endpoint): void {
  /** Memory for the parts that are read at once. */
  const spare: BlobBytes[] = []
  const door: ShardApi = { read: (job) => read(job, spare) }
  keepPulse(endpoint)
  expose(door, endpoint)
}

async function read(job: ShardJob, spare: BlobBytes[]): Promise<ShardAnswer> {
  const blobs = spare.pop() ?? new BlobBytes()
  const answer = await answerShardJob(job, piecesOf(job.text, blobs))
  spare.push(blobs)
  return transfer(answer, [...buffersOf(answer)])
}

/** The text of a job: bytes that were sent along, or a place in a file; in one piece. */
async function* piecesOf(text: unknown, blobs: BlobBytes): AsyncGenerator<Uint8Array> {
  if (text instanceof Uint8Array) yield text
  else if (text instanceof Blob) yield await blobs.read(text)
  else throw new TypeError('a part is a blob or bytes')
}
