import { lookAhead } from '../../src/bridge/look-ahead.ts'
import { runScanJob } from '../../src/formats/look-ahead/scan-job.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { type FoundSoFar } from '../../src/queries/found-ranges.ts'

/** How a look ahead is done here: everything is large, parts are of so many bytes, and so many at once. */
export interface Looking {
  readonly partBytes: number
  readonly width?: number
  readonly leastBytes?: number
  /** The job that fails, counted from 0. */
  readonly failsAt?: number
}

/** All that a look ahead tells of files, one answer after the other. */
export async function lookedAhead(files: readonly File[], looking: Looking): Promise<readonly FoundSoFar[]> {
  const told: FoundSoFar[] = []
  let jobs = 0
  await lookAhead({
    sources: files.map(sourceOfBlob),
    createPool: () => ({
      width: looking.width ?? 2,
      scan: async (job) => {
        const { text } = job
        if (jobs++ === looking.failsAt || !(text instanceof Blob)) return undefined
        return runScanJob(job, new Uint8Array(await text.arrayBuffer()))
      },
      end: () => undefined,
    }),
    tell: (found) => told.push(found),
    signal: new AbortController().signal,
    leastBytes: looking.leastBytes ?? 1,
    partBytes: looking.partBytes,
  })
  return told
}
