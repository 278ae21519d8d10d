import { wrap } from 'comlink'
import { type Extract } from '../formats/look-ahead/extract-lines.ts'
import { type ScanJob } from '../formats/look-ahead/scan-job.ts'
import { type ShardWorker } from './ingest-pool.ts'
import { type ScanApi } from './scan-door.ts'

/** Other threads that look through parts of files. */
export interface ScanPool {
  /** Jobs to give at once. */
  readonly width: number
  /** Undefined when the part could not be looked through. Never rejects. */
  scan(job: ScanJob): Promise<Extract | undefined>
  end(): void
}

const MOST_WORKERS = 4
/** Jobs that wait in a worker, so that it goes on while the thread that takes what it finds is busy. */
const JOBS_EACH = 64

/** Workers of their own, for they are small and start at once; ended as soon as all is looked through. */
export function createScanPool(createWorker: () => ShardWorker = createScanWorker): ScanPool {
  const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency))
  const seats = Array.from({ length: count }, () => seatOf(createWorker()))
  let next = 0
  return {
    width: count * JOBS_EACH,
    scan: (job) => seats[next++ % count].scan(job),
    end: () => seats.forEach((seat) => seat.end()),
  }
}

function createScanWorker(): ShardWorker {
  return new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' })
}

function seatOf(worker: ShardWorker): Pick<ScanPool, 'scan' | 'end'> {
  const api = wrap<ScanApi>(worker)
  const death = new Promise<undefined>((resolve) => worker.addEventListener('error', () => resolve(undefined)))
  return {
    // What went wrong there shows when the file is read.
    scan: (job) => Promise.race([api.scan(job).catch(() => undefined), death]),
    end: () => worker.terminate(),
  }
}
