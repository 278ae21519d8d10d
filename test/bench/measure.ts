import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { createNodeSha256, nodeInflate, nodeSource } from '../../src/cli/node-source.ts'
import { derive } from '../../src/derive/derive.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type Trace } from '../../src/model/trace.ts'

/** One file measured: milliseconds are medians of the runs. */
export interface Measurement {
  readonly name: string
  /** Bytes of the file on disk, and of its text once unpacked. */
  readonly diskBytes: number
  readonly textBytes: number
  readonly events: number
  readonly lines: number
  /** Bytes to frozen columns with their indexes. */
  readonly readMs: number
  readonly deriveMs: number
  readonly bytesPerEvent: number
  /** `wc -l` on the same file; absent for packed files and where there is no wc. */
  readonly wcMs?: number
  readonly peakRssBytes: number
}

/** Reads and derives a file `runs` times; nothing else runs on this thread meanwhile. */
export async function measure(path: string, runs: number): Promise<Measurement> {
  const reads: number[] = []
  const derives: number[] = []
  const counts: (number | undefined)[] = []
  let trace: Trace | undefined
  for (let run = 0; run < runs; run++) {
    trace = undefined // so that two traces are never held at once
    const start = performance.now()
    trace = await readOne(path)
    const read = performance.now()
    derive(trace)
    derives.push(performance.now() - read)
    reads.push(read - start)
    counts.push(countLinesMs(path))
  }
  if (trace === undefined) throw new Error('no runs')
  const wcMs = path.endsWith('.gz') ? undefined : counts.every((ms) => ms !== undefined) ? median(counts) : undefined
  return {
    name: path,
    diskBytes: statSync(path).size,
    textBytes: trace.files[0].textBytes,
    events: trace.events.length,
    lines: trace.files[0].ledger.total,
    readMs: median(reads),
    deriveMs: median(derives),
    bytesPerEvent: trace.sizeBytes / trace.events.length,
    ...(wcMs === undefined ? {} : { wcMs }),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  }
}

async function readOne(path: string): Promise<Trace> {
  const options = { inflate: nodeInflate, createSha256: createNodeSha256 }
  const outcome = await readTrace([await nodeSource(path)], options)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

function countLinesMs(path: string): number | undefined {
  const start = performance.now()
  const { error, status } = spawnSync('wc', ['-l', path])
  return error === undefined && status === 0 ? performance.now() - start : undefined
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
