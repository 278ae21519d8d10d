import { type Endpoint, expose, transfer } from 'comlink'
import { buffersOf } from '../base/buffers-of.ts'
import { sha256Of } from '../formats/content-hash.ts'
import { type Sha256 } from '../formats/disk-bytes.ts'
import { answerShardJob, type ShardAnswer, type ShardJob } from '../formats/shard-job.ts'

/** What a worker of the ingest pool does. */
export interface ShardApi {
  /** Reads a part of a file. */
  read(job: ShardJob): Promise<ShardAnswer>
}

/** Puts the reading of parts behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeShards(endpoint?: Endpoint): void {
  const door: ShardApi = { read }
  expose(door, endpoint)
}

async function read(job: ShardJob): Promise<ShardAnswer> {
  const answer = await answerShardJob(job, piecesOf(job.text), createSha256)
  return transfer(answer, [...buffersOf(answer)])
}

/** The text of a job: bytes that were sent along, or a place in a file; in one piece, which a browser reads fastest. */
async function* piecesOf(text: unknown): AsyncGenerator<Uint8Array> {
  if (text instanceof Uint8Array) yield text
  else if (text instanceof Blob) yield new Uint8Array(await text.arrayBuffer())
  else throw new TypeError('a part is a blob or bytes')
}

/** The browser's own SHA-256, of one piece: it runs on another thread while the piece is read. */
function createSha256(): Sha256 {
  let sum = Promise.resolve('')
  return { update: (bytes) => void (sum = sha256Of(bytes)), digest: () => sum }
}
