import { formatPfn } from '../../base/pfn.ts'
import { PINNER_FAILED, PINNER_PUT } from '../../model/pinner-table.ts'
import { type Trace } from '../../model/trace.ts'
import { pinnerTimeText, traceTimeOfPinner } from '../pinner-clock.ts'
import { pinnerRowsOf } from '../pinner-rows.ts'
import { contains, type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'

/** A record this much before a failure may still be its own: the clocks are not quite the same. */
const SAME_FAILURE_NS = 1_000_000_000

/**
 * Adds the pages that page_pinner's files say were in the way: to the last range around them of which no page is named,
 * else as a range of one page; a page of a range that names its own is not added. The kernel records the puts of a page
 * only after it was found in the way (mm/page_pinner.c), so a put alone tells that too, though not when it was.
 */
export function pinnerRecordFailures(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  const ranges = [...known]
  let before = -1
  for (let at = 0; at < trace.pinners.length; at++) {
    const pfn = trace.pinners.pfn[trace.pinners.byPfn[at]]
    if (pfn === before) continue
    before = pfn
    const sign = signOf(trace, pfn)
    if (sign !== undefined) addTo(trace, ranges, known, sign)
  }
  return ranges
}

/** What page_pinner's files say of a page that was in the way. */
interface Sign {
  readonly pfn: number
  /** Of the last failure, else of the first put; -1 when not told. */
  readonly tsUs: number
  /** True when a record of the failure itself is there. */
  readonly isFailure: boolean
  readonly rows: readonly number[]
}

function signOf(trace: Trace, pfn: number): Sign | undefined {
  const { pinners } = trace
  const rows = pinnerRowsOf(trace, pfn)
  const failed = rows.filter((row) => pinners.kind[row] === PINNER_FAILED)
  const told = failed.length > 0 ? failed : rows.filter((row) => pinners.kind[row] === PINNER_PUT)
  if (told.length === 0) return undefined
  return { pfn, tsUs: pinners.tsUs[told[0]], isFailure: failed.length > 0, rows: told }
}

function addTo(trace: Trace, ranges: FailedRange[], known: readonly FailedRange[], sign: Sign): void {
  const around = known.flatMap((range, at) => (contains(range, sign.pfn) ? [at] : []))
  const nameless = around.findLast((at) => known[at].namedPfns.length === 0 && isBefore(known[at], sign))
  if (nameless === undefined) {
    if (around.length === 0) ranges.push(single(trace, sign))
    return
  }
  const range = ranges[nameless]
  ranges[nameless] = {
    ...range,
    namedPfns: [...range.namedPfns, sign.pfn],
    lines: [...range.lines, ...linesOf(trace, sign)],
    basis: range.namedPfns.length > 0 ? range.basis : `${range.basis}; page_pinner names its pages`,
  }
}

/** True unless the times, both since boot, say that the range failed after the record. */
function isBefore(range: FailedRange, { tsUs }: Sign): boolean {
  return tsUs < 0 || range.printedNs === undefined || Number(range.printedNs) <= tsUs * 1000 + SAME_FAILURE_NS
}

function single(trace: Trace, sign: Sign): FailedRange {
  const { pfn, isFailure, rows } = sign
  const tsUs = isFailure ? sign.tsUs : -1
  const time = inTrace(trace, tsUs)
  return {
    id: failureId('contig', pfn, pfn + 1, tsUs < 0 ? 'page_pinner' : `boot${tsUs}`),
    trigger: 'contig',
    startPfn: pfn,
    endPfn: pfn + 1,
    ...(time === undefined ? {} : { time }),
    namedPfns: [pfn],
    lines: linesOf(trace, sign),
    basis: basisOf(pfn, tsUs),
    attempts: isFailure ? rows.length : 1,
  }
}

function linesOf(trace: Trace, { rows }: Sign): FailedRange['lines'] {
  return rows.map((row) => trace.pinners.line[row])
}

function basisOf(pfn: number, tsUs: number): string {
  if (tsUs < 0) return `page_pinner recorded puts of ${formatPfn(pfn)}, as it does of pages that were in the way`
  return `page_pinner found the page in the way at ${pinnerTimeText(tsUs)} (CLOCK_BOOTTIME); the range is not recorded`
}

/** The moment in the trace's clock; undefined when it lies outside what was traced. */
function inTrace(trace: Trace, tsUs: number): FailedRange['time'] {
  const time = traceTimeOfPinner(trace, tsUs)
  if (time === undefined) return undefined
  const { time: times, length } = trace.events
  return time >= times[0] && time <= times[length - 1] ? time : undefined
}
