import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type Trace } from '../../model/trace.ts'
import { contains, type FailedRange, type Trigger } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
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
    const trigger = triggerOf(nameOf(trace, mark))
    const at = ranges.findIndex(
      (range) =>
        contains(range, pfn) &&
        isOfReason(range, trigger) &&
        Math.abs((range.time ?? mark.time) - mark.time) <= SAME_FAILURE_NS,
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
  const name = nameOf(trace, mark)
  const trigger = triggerOf(name)
  return {
    id: failureId(trigger, pfn, pfn + 1, printedNs),
    trigger,
    startPfn: pfn,
    endPfn: pfn + 1,
    time: mark.time as TimeNs,
    printedNs,
    namedPfns: [pfn],
    lines: [trace.events.line[mark.row]],
    basis: `${name} marked the page; the range was not traced`,
    attempts: 1,
  }
}

/** Compaction walks through ranges that others want whole: what it found in the way is not their failure. */
function isOfReason(range: FailedRange, trigger: Trigger): boolean {
  return trigger !== 'compaction' || range.trigger === 'compaction'
}

function nameOf(trace: Trace, mark: Mark): string {
  return trace.strings.text(trace.shapes.name[trace.events.shape[mark.row]])
}

/** What failed, by the event's name: `page_pinner_failure` is of alloc_contig_range, `pp_*_failure` says the reason. */
function triggerOf(name: string): Trigger {
  if (name.startsWith('pp_compaction')) return 'compaction'
  return name === 'page_pinner_failure' || name.startsWith('pp_alloc_contig') ? 'contig' : 'unknown'
}
