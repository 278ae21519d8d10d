import { type Endpoint, expose, transfer } from 'comlink'
import { type Extract } from '../formats/look-ahead/extract-lines.ts'
import { runScanJob, type ScanJob } from '../formats/look-ahead/scan-job.ts'
import { BlobBytes } from './blob-bytes.ts'

/** What a worker of the scan pool does. */
export interface ScanApi {
  /** Looks through a part of a file; rejects when its bytes cannot be read. */
  scan(job: ScanJob): Promise<Extract>
}

/** Puts looking through parts behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeScans(endpoint?: Endpoint): void {
  const door: ScanApi = { scan }
  expose(door, endpoint)
}

/** One part is read while the one before is looked through. */
const AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []
/** Memory for the parts that are read at once. */
const spare: BlobBytes[] = []

async function scan(job: ScanJob): Promise<Extract> {
  if (running < AT_ONCE) running++
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await scanNow(job)
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}

async function scanNow(job: ScanJob): Promise<Extract> {
  if (!(job.text instanceof Blob)) throw new TypeError('a part to look through is a blob')
  const blobs = spare.pop() ?? new BlobBytes()
  const extract = runScanJob(job, await blobs.read(job.text))
  spare.push(blobs)
  return transfer(
    extract,
    extract.pieces.map(({ text }) => text.buffer),
  )
}
