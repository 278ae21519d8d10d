import { oncePer } from '../../base/once-per.ts'
import { type Trace } from '../../model/trace.ts'
import { isCmaUnread, isFinish } from './cma-failures.ts'
import { isRunUnread } from './compaction-failures.ts'
import { findMarks, type Mark, numberArg } from './marks.ts'

/** Words of `test_pages_isolated` (include/trace/events/page_isolation.h). */
const OUTCOMES = new Set(['success', 'fail'])

/**
 * Events that end an attempt but cannot be understood, in time order: the range is no range, or the outcome no word or
 * number of the kernel's. Each may hide a failed range, so none may be passed over in silence. O(events) once.
 */
export const unreadEnds: (trace: Trace) => readonly Mark[] = oncePer((trace: Trace) => {
  const marks = findMarks(trace)
  return marks.filter((mark) => isUnread(trace, marks, mark))
})

function isUnread(trace: Trace, marks: readonly Mark[], mark: Mark): boolean {
  if (mark.kind === 'test_pages_isolated') return !isRange(mark, 'start_pfn', 'end_pfn') || !tellsOutcome(mark)
  if (mark.kind === 'mm_compaction_end') return isRunUnread(trace, marks, mark)
  return (isFinish(mark) || mark.kind === 'cma_alloc_busy_retry') && isCmaUnread(mark)
}

/** Raw fields (trace-cmd -R) lack `ret=`, and its PFNs tell the same. */
function tellsOutcome(mark: Mark): boolean {
  const ret = mark.args.get('ret')
  return ret === undefined ? !Number.isNaN(numberArg(mark, 'fin_pfn')) : OUTCOMES.has(ret)
}

function isRange(mark: Mark, start: string, end: string): boolean {
  return numberArg(mark, start) < numberArg(mark, end)
}
