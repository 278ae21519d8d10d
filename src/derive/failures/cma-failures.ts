import { findAtLeast } from '../../base/bisect.ts'
import { type Column, column } from '../../base/column.ts'
import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type TaskId } from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'
import { type Mark, numberArg } from './marks.ts'

const RETRY_BASIS = 'cma_alloc_busy_retry names the window that was busy; the allocation went on to the next one'

/** A PFN of 0 or -1. */
const NO_WINDOW = /^(?:0x)?(?:0+|f{8}|f{16})$|^-1$/

/**
 * Windows in which a CMA allocation failed with no `test_pages_isolated` of their own (mm/cma.c): isolation gave up
 * earlier. Each `cma_alloc_busy_retry` names the first page of one; `cma_alloc_finish errorno=` names the last one tried
 * from 6.9 on, while before `page` is NULL and `pfn` may be -1. `known` are the ranges that other events tell.
 */
export function cmaFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const found: FailedRange[] = []
  const told = toldByTime(known)
  const running = new Map<TaskId, Allocation>()
  for (const mark of marks) {
    const allocation = running.get(mark.task) ?? { since: Number.NEGATIVE_INFINITY, windows: new Set() }
    const window = failedWindow(mark)
    const isTold = window !== undefined && isToldBetween(told, allocation.since, mark)
    // A finish names the window of the last retry once more: one failure.
    if (window !== undefined && !isTold && !allocation.windows.has(window.startPfn)) {
      allocation.windows.add(window.startPfn)
      found.push(rangeOf(trace, mark, window, allocation))
    }
    if (mark.kind === 'cma_alloc_start') running.set(mark.task, { start: mark, since: mark.time, windows: new Set() })
    else if (isFinish(mark)) running.set(mark.task, { since: mark.time, windows: new Set() })
    else running.set(mark.task, allocation)
  }
  return found
}

/** A CMA allocation of one task, as far as it was traced. */
interface Allocation {
  readonly start?: Mark
  /** Its start; without one, the end of the task's allocation before. */
  readonly since: number
  /** First pages of the windows in which it failed. */
  readonly windows: Set<number>
}

/** PFNs `[startPfn, endPfn)`. */
export type Window = Pick<FailedRange, 'startPfn' | 'endPfn'>

function rangeOf(trace: Trace, mark: Mark, window: Window, { start }: Allocation): FailedRange {
  const printedNs = absoluteNs(mark.time, trace.clock)
  const isRetry = mark.kind === 'cma_alloc_busy_retry'
  return {
    id: failureId('cma', window.startPfn, window.endPfn, printedNs),
    trigger: 'cma',
    ...window,
    time: mark.time as TimeNs,
    ...(start === undefined ? {} : { attemptFrom: start.time as TimeNs }),
    printedNs,
    namedPfns: [],
    lines: [trace.events.line[mark.row]],
    basis: isRetry ? RETRY_BASIS : `${mark.kind} without a page; the window is the last one tried`,
    attempts: 1,
  }
}

/** True for the marks that end a CMA allocation: `cma_alloc` up to 5.12, `cma_alloc_finish` since. */
export function isFinish({ kind }: Mark): boolean {
  return kind === 'cma_alloc_finish' || kind === 'cma_alloc'
}

/** True when the allocation that a mark ends got no pages. */
export function hasFailed(mark: Mark): boolean {
  const errno = mark.args.get('errorno')
  if (errno !== undefined) return Math.abs(Number(errno)) > 0 // options/fields prints 0x0 (0); damaged digits say nothing
  const page = mark.args.get('page') ?? ''
  return /^(?:\(null\)|\(nil\)|0+|0x0+)$/.test(page)
}

/**
 * True of a mark of CMA that does not say how its allocation ended, or that a window failed and not which. A kernel up to
 * 6.8 names none with `pfn=-1`.
 */
export function isCmaUnread(mark: Mark): boolean {
  if (mark.kind === 'cma_alloc_busy_retry') return windowOf(mark) === undefined
  const errno = mark.args.get('errorno')
  if (errno === undefined ? !mark.args.has('page') : Number.isNaN(Number(errno))) return true
  return hasFailed(mark) && !NO_WINDOW.test(mark.args.get('pfn') ?? '') && windowOf(mark) === undefined
}

/** The window that a mark of CMA names, `[pfn, pfn + count)`; undefined when it names none. */
export function windowOf(mark: Mark): Window | undefined {
  const startPfn = windowStart(mark)
  const count = numberArg(mark, 'count')
  return startPfn === undefined || !(count > 0) ? undefined : { startPfn, endPfn: startPfn + count }
}

function failedWindow(mark: Mark): Window | undefined {
  const isFailure = mark.kind === 'cma_alloc_busy_retry' || (isFinish(mark) && hasFailed(mark))
  return isFailure ? windowOf(mark) : undefined
}

/** Ranges of CMA allocations by time. */
interface Told {
  readonly ranges: readonly FailedRange[]
  readonly times: Column<number>
}

function toldByTime(known: readonly FailedRange[]): Told {
  const ranges = known
    .flatMap((range) => (range.trigger === 'cma' && range.time !== undefined ? [{ range, time: range.time }] : []))
    .toSorted((a, b) => a.time - b.time)
  return {
    ranges: ranges.map(({ range }) => range),
    times: column<number>(Float64Array.from(ranges, ({ time }) => time)),
  }
}

/** True when a range that is around the mark's window failed between a time and the mark. O(log ranges + those between). */
function isToldBetween({ ranges, times }: Told, since: number, mark: Mark): boolean {
  for (let at = findAtLeast(times, since); at < ranges.length && times[at] <= mark.time; at++)
    if (isAround(ranges[at], mark)) return true
  return false
}

/** A failed test is a mark's own when it is of the window that the mark names: other windows may have failed too. */
function isAround(range: FailedRange, mark: Mark): boolean {
  const startPfn = windowStart(mark)
  return startPfn === undefined || (startPfn >= range.startPfn && startPfn < range.endPfn)
}

/** `pfn=` of the mark: hex without 0x before 5.15; -1 or 0 says nothing. */
function windowStart(mark: Mark): number | undefined {
  const text = mark.args.get('pfn') ?? ''
  if (NO_WINDOW.test(text) || !/^(?:0x)?[0-9a-f]+$/i.test(text)) return undefined
  const pfn = Number.parseInt(text, 16)
  return pfn < PFN_LIMIT ? pfn : undefined
}
