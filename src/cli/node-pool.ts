import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Shard } from '../formats/shard.ts'
import { type ShardSeat, SeatPool } from '../formats/shard-pool.ts'

/** Node's threads for parts of large files. */
export function createNodePool(): SeatPool {
  return new SeatPool(seatOf, availableParallelism())
}

/** Content hash of a file, computed by a thread of its own. Rejects when the file cannot be read. */
export function hashInThread(path: string): Promise<string> {
  const workerData = { path, from: 0, to: Number.POSITIVE_INFINITY }
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { workerData })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function seatOf(): ShardSeat {
  const worker = new Worker(new URL('./shard-worker.ts', import.meta.url))
  let hasDied = false
  let resolve: (shard: Shard | undefined) => void = () => undefined
  worker.on('message', (shard: Shard | undefined) => resolve(shard))
  worker.on('error', () => {
    hasDied = true
    resolve(undefined)
  })
  return {
    get hasDied() {
      return hasDied
    },
    read: (job) =>
      new Promise((done) => {
        resolve = done
        worker.postMessage(job, [])
      }),
    end: () => void worker.terminate(),
  }
}
