import { type Endpoint, wrap } from 'comlink'
import { carriedWorker } from './carried-worker.ts'
import { type HashApi, hashingDoor } from './hash-door.ts'
import { onWorkerDeath } from './worker-death.ts'

/** A thread that hashes pieces of files, one after the other. */
export interface HashSeat extends HashApi {
  end(): void
}

/** What is needed of a `Worker`. */
export interface HashWorker extends Endpoint {
  terminate(): void
}

/** A worker of its own where one can be started: reading waits for nothing there. One that dies is done without. */
export function createHashSeat(createWorker: () => HashWorker = createHashWorker): HashSeat {
  const here = hashingDoor()
  try {
    return seatOf(createWorker(), here)
  } catch {
    return { ...here, end: () => undefined }
  }
}

function createHashWorker(): HashWorker {
  return carriedWorker('hash') ?? new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
}

function seatOf(worker: HashWorker, here: HashApi): HashSeat {
  const api = wrap<HashApi>(worker)
  let stopWatching = (): void => undefined
  const death = new Promise<never>((_, reject) => {
    stopWatching = onWorkerDeath(worker, () => reject(new Error('the worker that hashes ended')))
  })
  death.catch(() => undefined) // told to whoever asks for a sum
  return {
    // What went wrong there will show here.
    sumOf: (piece) => Promise.race([api.sumOf(piece), death]).catch(() => here.sumOf(piece)),
    end: () => {
      stopWatching()
      worker.terminate()
    },
  }
}
