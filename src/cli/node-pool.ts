import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { buffersOf } from '../base/buffers-of.ts'
import { type ShardAnswer } from '../formats/shard-job.ts'
import { type Source } from '../formats/source.ts'
import { type ShardSeat, SeatPool } from '../formats/shard-pool.ts'
import { type PathPart } from './node-source.ts'

/** Node's threads for parts of large files: one for each core, and parts of the usual size, when not told otherwise. */
export function createNodePool(cores: number = availableParallelism(), shardBytes?: number): SeatPool {
  return new SeatPool(seatOf, cores, shardBytes)
}

/** A file whose content hash is computed by a thread of its own. */
export function hashedBeside(source: Source): Source {
  return { ...source, sha256: () => hashOfPart({ path: source.name, from: 0, to: Number.POSITIVE_INFINITY }) }
}

function hashOfPart(workerData: PathPart): Promise<string> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { workerData })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function seatOf(): ShardSeat {
  const worker = new Worker(new URL('./shard-worker.ts', import.meta.url))
  let hasDied = false
  let resolve: (answer: ShardAnswer) => void = () => undefined
  worker.on('message', (answer: ShardAnswer) => resolve(answer))
  worker.on('error', () => {
    hasDied = true
    resolve({})
  })
  return {
    get hasDied() {
      return hasDied
    },
    read: (job) =>
      new Promise((done) => {
        resolve = done
        worker.postMessage(job, [...buffersOf(job.text)])
      }),
    end: () => void worker.terminate(),
  }
}
