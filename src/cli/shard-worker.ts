import { parentPort } from 'node:worker_threads'
import { buffersOf } from '../base/buffers-of.ts'
import { type ShardJob, readShardJob } from '../formats/shard-job.ts'
import { iterate } from '../formats/unwrap.ts'
import { type PathPart, streamOfPart } from './node-source.ts'

parentPort?.on('message', (job: ShardJob) => {
  // `nodeSource` made the job's text.
  readShardJob(job, iterate(streamOfPart(job.text as PathPart)))
    .then((shard) => parentPort?.postMessage(shard, [...buffersOf(shard)]))
    .catch(() => parentPort?.postMessage(undefined))
})
