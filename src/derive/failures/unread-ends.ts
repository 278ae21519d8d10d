import { oncePer } from '../../base/once-per.ts'
import { type Trace } from '../../model/trace.ts'
import { isFinish } from './cma-failures.ts'
import { isFailedRun } from './compaction-failures.ts'
import { findMarks, type Mark, numberArg } from './marks.ts'

/** Words of `test_pages_isolated` (include/trace/events/page_isolation.h). */
const OUTCOMES = new Set(['success', 'fail'])

/**
 * Events that end an attempt but cannot be understood, in time order: the range of an isolation test or of a compaction
 * run that failed is no range, or an isolation test says of itself neither `success` nor `fail`. Each may hide a failed
 * range, so none may be passed over in silence. A CMA allocation that failed may name no window (`pfn=-1` before 6.9,
 * mm/cma.c); one that says nothing of how it ended is among them. O(events) once.
 */
export const unreadEnds: (trace: Trace) => readonly Mark[] = oncePer((trace: Trace) => {
  const marks = findMarks(trace)
  return marks.filter((mark) => isUnread(trace, marks, mark))
})

function isUnread(trace: Trace, marks: readonly Mark[], mark: Mark): boolean {
  if (mark.kind === 'test_pages_isolated') return !isRange(mark, 'start_pfn', 'end_pfn') || !tellsOutcome(mark)
  if (mark.kind === 'mm_compaction_end')
    return !mark.args.has('status') || (isFailedRun(trace, marks, mark) && !isRange(mark, 'zone_start', 'zone_end'))
  if (!isFinish(mark)) return false
  const errno = mark.args.get('errorno')
  return errno === undefined ? !mark.args.has('page') : Number.isNaN(Number(errno))
}

/** Raw fields (trace-cmd -R) lack `ret=`, and its PFNs tell the same. */
function tellsOutcome(mark: Mark): boolean {
  const ret = mark.args.get('ret')
  return ret === undefined ? !Number.isNaN(numberArg(mark, 'fin_pfn')) : OUTCOMES.has(ret)
}

function isRange(mark: Mark, start: string, end: string): boolean {
  return numberArg(mark, start) < numberArg(mark, end)
}
