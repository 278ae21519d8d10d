import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { type Mark, numberArg } from './marks.ts'

/**
 * CMA allocations that failed with no `test_pages_isolated` of their own (mm/cma.c): migration or isolation gave up
 * earlier. `cma_alloc_finish errorno=` names the last window from 6.9 on; before, `page` is NULL and `pfn` may be -1.
 */
export function cmaFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const found: FailedRange[] = []
  for (const mark of marks) {
    if ((mark.kind !== 'cma_alloc_finish' && mark.kind !== 'cma_alloc') || !hasFailed(mark)) continue
    const start = startOf(marks, mark)
    const since = start?.time ?? finishBefore(marks, mark)?.time ?? Number.NEGATIVE_INFINITY
    if (known.some((range) => isInside(range, since, mark.time) && isAround(range, mark))) continue
    const startPfn = windowStart(mark) ?? retryStart(marks, start, mark)
    if (startPfn === undefined) continue
    const endPfn = startPfn + numberArg(mark, 'count')
    const printedNs = absoluteNs(mark.time, trace.clock)
    found.push({
      id: failureId('cma', startPfn, endPfn, printedNs),
      trigger: 'cma',
      startPfn,
      endPfn,
      time: mark.time as TimeNs,
      ...(start === undefined ? {} : { attemptFrom: start.time as TimeNs }),
      printedNs,
      namedPfns: [],
      lines: [trace.events.line[mark.row]],
      basis: `${mark.kind} without a page; the window is the last one tried`,
      attempts: 1,
    })
  }
  return found
}

function hasFailed(mark: Mark): boolean {
  const errno = mark.args.get('errorno')
  if (errno !== undefined) return errno !== '0'
  const page = mark.args.get('page') ?? ''
  return /^(?:\(null\)|\(nil\)|0+|0x0+)$/.test(page)
}

function isInside(range: FailedRange, from: number, to: number): boolean {
  return range.trigger === 'cma' && range.time !== undefined && range.time >= from && range.time <= to
}

/** A failed test is the finish's own when it is of the window that the finish names: earlier windows may have failed too. */
function isAround(range: FailedRange, finish: Mark): boolean {
  const startPfn = windowStart(finish)
  return startPfn === undefined || (startPfn >= range.startPfn && startPfn < range.endPfn)
}

/** `pfn=` of the finish: hex without 0x before 5.15; -1 or 0 says nothing. */
function windowStart(mark: Mark): number | undefined {
  const text = mark.args.get('pfn') ?? ''
  const pfn = text.startsWith('0x') ? Number(text) : Number.parseInt(text, 16)
  return Number.isNaN(pfn) || pfn <= 0 || /^(?:0x)?f{8,16}$/.test(text) ? undefined : pfn
}

function retryStart(marks: readonly Mark[], start: Mark | undefined, finish: Mark): number | undefined {
  const retries = marks.filter(
    (mark) =>
      mark.kind === 'cma_alloc_busy_retry' &&
      mark.task === finish.task &&
      mark.row < finish.row &&
      mark.row > (start?.row ?? -1),
  )
  const last = retries.at(-1)
  return last === undefined ? undefined : windowStart(last)
}

function finishBefore(marks: readonly Mark[], finish: Mark): Mark | undefined {
  return marks.findLast((mark) => mark.kind === finish.kind && mark.task === finish.task && mark.row < finish.row)
}

function startOf(marks: readonly Mark[], finish: Mark): Mark | undefined {
  return marks.findLast((mark) => mark.kind === 'cma_alloc_start' && mark.task === finish.task && mark.row < finish.row)
}
