import { type Endpoint, expose, transfer } from 'comlink'
import { buffersOf } from '../base/buffers-of.ts'
import { sha256Of } from '../formats/content-hash.ts'
import { type Sha256 } from '../formats/disk-bytes.ts'
import { answerShardJob, type ShardAnswer, type ShardJob } from '../formats/shard-job.ts'
import { BlobBytes } from './blob-bytes.ts'

/** What a worker of the ingest pool does. */
export interface ShardApi {
  /** Reads a part of a file. */
  read(job: ShardJob): Promise<ShardAnswer>
}

/** Puts the reading of parts behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeShards(endpoint?: Endpoint): void {
  const blobs = new BlobBytes()
  const door: ShardApi = { read: (job) => read(job, blobs) }
  expose(door, endpoint)
}

async function read(job: ShardJob, blobs: BlobBytes): Promise<ShardAnswer> {
  const answer = await answerShardJob(job, piecesOf(job.text, blobs), createSha256)
  return transfer(answer, [...buffersOf(answer)])
}

/** The text of a job: bytes that were sent along, or a place in a file; in one piece, which a browser hashes beside. */
async function* piecesOf(text: unknown, blobs: BlobBytes): AsyncGenerator<Uint8Array> {
  if (text instanceof Uint8Array) yield text
  else if (text instanceof Blob) yield await blobs.read(text)
  else throw new TypeError('a part is a blob or bytes')
}

/** The browser's own SHA-256, of one piece: it runs on another thread while the piece is read. */
function createSha256(): Sha256 {
  let sum = Promise.resolve('')
  return { update: (bytes) => void (sum = sha256Of(bytes)), digest: () => sum }
}
