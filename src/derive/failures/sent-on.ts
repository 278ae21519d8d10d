import { type TimeNs } from '../../base/clock.ts'
import { type Trace } from '../../model/trace.ts'
import { hasFailed, isFinish, windowOf } from './cma-failures.ts'
import { type FailedRange } from './failed-range.ts'
import { ALLOCATION_EDGES } from './isolation-failures.ts'
import { type Mark, nextOfTask } from './marks.ts'

/**
 * Adds to each range of a CMA allocation that the allocation went on to another window and got that: cma_alloc() tries
 * one window of the area after the other, so pages that blocked one only cost time (mm/cma.c).
 */
export function withWindowsGot(trace: Trace, marks: readonly Mark[], ranges: readonly FailedRange[]): FailedRange[] {
  const ofCma = marks.filter((mark) => mark.kind.startsWith('cma_alloc') || mark.kind === 'test_pages_isolated')
  const byLine = new Map(ofCma.map((mark) => [trace.events.line[mark.row], mark]))
  return ranges.map((range) => {
    const failure = ['cma', 'contig'].includes(range.trigger) ? byLine.get(range.lines[0]) : undefined
    // An end of the task is the end of the allocation that the failure was in, unless a start comes first.
    const finish = failure === undefined ? undefined : nextOfTask(ofCma, failure, ALLOCATION_EDGES)
    if (finish === undefined || !isFinish(finish) || hasFailed(finish)) return range
    const window = windowOf(finish)
    if (window === undefined) return range
    const line = trace.events.line[finish.row]
    const gotInstead = { ...window, time: finish.time as TimeNs, line }
    return { ...range, gotInstead, lines: [...range.lines, line] }
  })
}
