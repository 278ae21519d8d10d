import { type Endpoint, transfer, wrap } from 'comlink'
import { buffersOf } from '../base/buffers-of.ts'
import { type ShardAnswer } from '../formats/shard-job.ts'
import { type ShardSeat, SeatPool } from '../formats/shard-pool.ts'
import { carriedWorker } from './carried-worker.ts'
import { type ShardApi } from './shard-door.ts'
import { onWorkerDeath } from './worker-death.ts'

/** What is needed of a `Worker`. */
export interface ShardWorker extends Endpoint {
  terminate(): void
}

/** The bytes of one part are read while another is parsed. */
const JOBS_EACH = 2

/** The workers that read parts of large files: one for each core, and parts of the usual size, when not told otherwise. */
export function createIngestPool(
  createWorker: () => ShardWorker = createShardWorker,
  cores: number = navigator.hardwareConcurrency,
  shardBytes?: number,
): SeatPool {
  return new SeatPool(() => seatOrNone(createWorker), cores, shardBytes, JOBS_EACH)
}

function createShardWorker(): ShardWorker {
  return carriedWorker('shard') ?? new Worker(new URL('./shard.worker.ts', import.meta.url), { type: 'module' })
}

/** Where a browser lets this thread start no worker, the parts are read by who asks, as those of a worker that died. */
function seatOrNone(createWorker: () => ShardWorker): ShardSeat {
  try {
    return seatOf(createWorker())
  } catch {
    return deadSeat()
  }
}

/** It is gone when it is asked for something: a seat that is gone before would be made again and again. */
function deadSeat(): ShardSeat {
  let hasDied = false
  return {
    get hasDied() {
      return hasDied
    },
    read: async () => {
      hasDied = true
      return {}
    },
    end: () => undefined,
  }
}

function seatOf(worker: ShardWorker): ShardSeat {
  const api = wrap<ShardApi>(worker)
  let hasDied = false
  let stopWatching = (): void => undefined
  const death = new Promise<ShardAnswer>((resolve) => {
    stopWatching = onWorkerDeath(worker, () => {
      hasDied = true
      worker.terminate()
      resolve({})
    })
  })
  return {
    get hasDied() {
      return hasDied
    },
    // What went wrong there will show here, where the part is read again.
    read: (job) => {
      const answer = api.read(transfer(job, [...buffersOf(job.text)]))
      return Promise.race([answer.catch((): ShardAnswer => ({})), death])
    },
    end: () => {
      stopWatching()
      worker.terminate()
    },
  }
}
