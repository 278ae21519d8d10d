import { parentPort } from 'node:worker_threads'
import { buffersOf } from '../base/buffers-of.ts'
import { answerShardJob, type ShardJob } from '../formats/shard-job.ts'
import { type PathPart } from './node-source.ts'
import { bytesOfPart } from './part-bytes.ts'

parentPort?.on('message', (job: ShardJob) => {
  answerShardJob(job, piecesOf(job.text))
    .then((answer) => parentPort?.postMessage(answer, [...buffersOf(answer)]))
    .catch(() => parentPort?.postMessage({}, []))
})

/** The text of a job: bytes that were sent along, or a place in a file. */
async function* piecesOf(text: unknown): AsyncGenerator<Uint8Array> {
  if (text instanceof Uint8Array) yield text
  else yield* bytesOfPart(text as PathPart) // as `nodeSource` made it
}
