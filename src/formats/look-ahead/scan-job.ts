import { NeedleSearch } from '../../base/needle-search.ts'
import { type Source } from '../source.ts'
import { type Extract, extractLines } from './extract-lines.ts'

/** A part of a file to look through, for another thread, as plain data. */
export interface ScanJob {
  /** What `Source.part` gave: the part with the byte before it and some behind it. */
  readonly text: unknown
  /** The part in those bytes, `[from, to)`. */
  readonly from: number
  readonly to: number
  readonly needles: readonly string[]
}

/** Bytes of a part: enough to be worth a message, and to be looked through in a few milliseconds. */
export const SCAN_BYTES = 8 << 20
/** Bytes behind a part in which the last of its lines and stacks end. */
const BEHIND_BYTES = 1 << 16

/** The jobs that look through a file, in order. */
export function* scanJobs(
  source: Source & Required<Pick<Source, 'part'>>,
  needles: readonly string[],
  partBytes = SCAN_BYTES,
): Generator<ScanJob> {
  for (let begin = 0; begin < source.sizeBytes; begin += partBytes) {
    const end = Math.min(source.sizeBytes, begin + partBytes)
    const first = Math.max(0, begin - 1)
    const text = source.part(first, Math.min(source.sizeBytes, end + BEHIND_BYTES))
    yield { text, from: begin - first, to: end - first, needles }
  }
}

/** Does a job. `bytes` are those that its text stands for. */
export function runScanJob({ from, to, needles }: ScanJob, bytes: Uint8Array): Extract {
  return extractLines(bytes, from, Math.min(to, bytes.length), searchFor(needles))
}

let last: { readonly key: string; readonly search: NeedleSearch } | undefined

/** The same needles come with every job. */
function searchFor(needles: readonly string[]): NeedleSearch {
  const key = needles.join('\n')
  if (last?.key !== key) last = { key, search: new NeedleSearch(needles) }
  return last.search
}
