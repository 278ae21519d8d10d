import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { contains } from './kernel-log-failures.ts'
import { type Mark } from './marks.ts'

/** A page_pinner failure belongs to a failed test this close to it, ns. */
const SAME_FAILURE_NS = 1_000_000_000

/**
 * Adds pages that `page_pinner_failure` marked (the page_pinner patches mark a page found in the way at
 * test_pages_isolated) to the failed range around them; one with no range near it is a range of one page.
 */
export function pinnerFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const ranges = [...known]
  for (const mark of marks) {
    if (mark.kind !== 'page_pinner_failure') continue
    const page = trace.events.page[mark.row]
    if (page < 0) continue
    const pfn = trace.pages.pfn[page]
    const line = trace.events.line[mark.row]
    const at = ranges.findIndex(
      (range) => contains(range, pfn) && Math.abs((range.time ?? mark.time) - mark.time) <= SAME_FAILURE_NS,
    )
    if (at < 0) ranges.push(single(trace, mark, pfn))
    else
      ranges[at] = {
        ...ranges[at],
        namedPfns: [...new Set([...ranges[at].namedPfns, pfn])],
        lines: [...ranges[at].lines, line],
      }
  }
  return ranges
}

function single(trace: Trace, mark: Mark, pfn: number): FailedRange {
  const printedNs = absoluteNs(mark.time, trace.clock)
  return {
    id: failureId('contig', pfn, pfn + 1, printedNs),
    trigger: 'contig',
    startPfn: pfn,
    endPfn: pfn + 1,
    time: mark.time as TimeNs,
    printedNs,
    namedPfns: [pfn],
    lines: [trace.events.line[mark.row]],
    basis: 'page_pinner_failure marked the page; the range was not traced',
    attempts: 1,
  }
}
