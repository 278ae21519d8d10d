import { type LineId } from '../../model/ids.ts'
import { type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { traceTimeOf } from '../log-clock.ts'
import { contains, type FailedRange } from './failed-range.ts'

/** cma_alloc() logs that it failed right after its last window did. */
const SAME_FAILURE_NS = 1_000_000_000

/** What the log says of one range. */
interface LogWords {
  readonly pfns: number[]
  readonly lines: LineId[]
}

/**
 * Adds what the log says of ranges that the trace tells: pages dumped in an attempt become its named pages, `PFNs busy`
 * and CMA failure lines become evidence. A line that has a time goes to the failure nearest to it.
 * O(lines of the log × ranges).
 */
export function mergeLog(trace: Trace, traced: readonly FailedRange[]): FailedRange[] {
  const words = new Map<FailedRange, LogWords>()
  const wordsOf = (range: FailedRange): LogWords => {
    const known = words.get(range) ?? { pfns: [], lines: [] }
    words.set(range, known)
    return known
  }
  const candidates = traced.filter(
    ({ time, trigger }) => time !== undefined && trigger !== 'offline' && trigger !== 'compaction',
  )
  for (const dump of trace.dumps) {
    const { pfn } = dump
    if (pfn === undefined || !isBlockingDump(dump)) continue
    const around = nearestTo(
      trace,
      dump.timeNs,
      traced.filter((range) => contains(range, pfn)),
    )
    for (const range of around) wordsOf(range).pfns.push(pfn)
  }
  for (const note of trace.notes) {
    if (note.kind === 'contig_busy') {
      const inside = candidates.filter(({ startPfn, endPfn }) => note.startPfn >= startPfn && note.endPfn <= endPfn)
      for (const range of inside) wordsOf(range).lines.push(note.line)
    }
    if (note.kind === 'cma_failed') {
      const fitting = candidates.filter(
        ({ trigger, startPfn, endPfn }) => trigger === 'cma' && note.pages <= endPfn - startPfn,
      )
      for (const range of nearestTo(trace, note.timeNs, fitting, SAME_FAILURE_NS)) wordsOf(range).lines.push(note.line)
    }
  }
  const isCandidate = new Set(candidates)
  return traced.map((range) => (isCandidate.has(range) ? withWords(range, words.get(range)) : range))
}

function withWords(range: FailedRange, words: LogWords | undefined): FailedRange {
  if (words === undefined) return range
  return {
    ...range,
    namedPfns: [...new Set([...range.namedPfns, ...words.pfns])],
    lines: [...range.lines, ...words.lines],
  }
}

/** The failures nearest to a time of the log, at most so far from it; all of them when the times do not compare. */
function nearestTo(
  trace: Trace,
  timeNs: number | undefined,
  ranges: readonly FailedRange[],
  farthestNs = Number.POSITIVE_INFINITY,
): readonly FailedRange[] {
  const time = traceTimeOf(trace, timeNs)
  if (time === undefined) return ranges
  const distanceOf = (range: FailedRange): number => Math.abs((range.time ?? Number.POSITIVE_INFINITY) - time)
  const nearest = ranges.reduce((least, range) => Math.min(least, distanceOf(range)), farthestNs)
  return ranges.filter((range) => distanceOf(range) <= nearest)
}

function isBlockingDump({ reason }: PageDump): boolean {
  return reason === 'migration failure' || reason === 'isolation failed' || reason === 'unmovable page'
}
