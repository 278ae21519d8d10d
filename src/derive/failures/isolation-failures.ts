import { type Trace } from '../../model/trace.ts'
import { absoluteNs, type TimeNs } from '../../base/clock.ts'
import { type FailedRange, type Trigger } from './failed-range.ts'
import { episodeAt } from './isolation-looks.ts'
import { lastOfTask, type Mark, type MarkKinds, numberArg } from './marks.ts'
import { triggerOfStack } from './trigger-of-stack.ts'

/** Where a CMA allocation begins or ends. */
export const ALLOCATION_EDGES: MarkKinds = new Set(['cma_alloc_start', 'cma_alloc_finish', 'cma_alloc'])

const TESTS: MarkKinds = new Set(['test_pages_isolated'])

/**
 * Ranges that `test_pages_isolated … ret=fail` reports (mm/page_isolation.c): fin_pfn is the first page that is still
 * not free or isolated. Retries of one range inside one attempt are folded.
 */
export function isolationFailures(trace: Trace, marks: readonly Mark[]): FailedRange[] {
  const found: FailedRange[] = []
  for (const mark of marks) {
    if (mark.kind !== 'test_pages_isolated' || !hasFailed(mark)) continue
    const range = rangeOf(trace, marks, mark)
    if (range.endPfn > range.startPfn) found.push(range) // garbled numbers are no range
  }
  return foldRetries(found)
}

/** `ret=` is made when it is printed (include/trace/events/page_isolation.h); raw fields (trace-cmd -R) lack it. */
export function hasFailed(mark: Mark): boolean {
  const ret = mark.args.get('ret')
  return ret === undefined ? numberArg(mark, 'fin_pfn') < numberArg(mark, 'end_pfn') : ret === 'fail'
}

function rangeOf(trace: Trace, marks: readonly Mark[], mark: Mark): FailedRange {
  const start = attemptStart(marks, mark)
  const from = start?.time ?? firstLook(trace, marks, mark)
  const startPfn = numberArg(mark, 'start_pfn')
  const endPfn = numberArg(mark, 'end_pfn')
  const trigger = triggerOf(trace, mark, start !== undefined)
  const printedNs = absoluteNs(mark.time, trace.clock)
  return {
    id: failureId(trigger, startPfn, endPfn, printedNs),
    trigger,
    startPfn,
    endPfn,
    time: mark.time as TimeNs,
    ...(from === undefined ? {} : { attemptFrom: from as TimeNs }),
    printedNs,
    namedPfns: [numberArg(mark, 'fin_pfn')].filter((pfn) => !Number.isNaN(pfn)),
    lines: [trace.events.line[mark.row]],
    basis: 'test_pages_isolated ret=fail; fin_pfn is the first page still in the way',
    attempts: 1,
  }
}

/** `cma:dc00-1fc00:2987878000`: what a link carries. */
export function failureId(trigger: Trigger, startPfn: number, endPfn: number, printedNs: string): string {
  return `${trigger}:${startPfn.toString(16)}-${endPfn.toString(16)}:${printedNs}`
}

/** The same task's `cma_alloc_start` with no finish between; undefined when the attempt is no CMA allocation. */
function attemptStart(marks: readonly Mark[], failure: Mark): Mark | undefined {
  const edge = lastOfTask(marks, failure, ALLOCATION_EDGES)
  return edge?.kind === 'cma_alloc_start' ? edge : undefined
}

/** When the task began to isolate pages for the range: after its last test of another one. */
function firstLook(trace: Trace, marks: readonly Mark[], failure: Mark): number | undefined {
  const episode = episodeAt(trace, failure.task, failure.time)
  const before = lastOfTask(marks, failure, TESTS)
  return episode === undefined ? undefined : Math.max(episode.from, before?.time ?? episode.from)
}

/** Who asked, by the stack of the failure; without a stack, by the `cma_alloc_start` around it. */
function triggerOf(trace: Trace, mark: Mark, isInsideCma: boolean): Trigger {
  return triggerOfStack(trace, trace.events.stack[mark.row]) ?? (isInsideCma ? 'cma' : 'contig')
}

function foldRetries(found: readonly FailedRange[]): FailedRange[] {
  const folded = new Map<string, FailedRange>()
  for (const [at, range] of found.entries()) {
    const key = range.attemptFrom === undefined ? `${at}` : attemptKey(range)
    const before = folded.get(key)
    folded.set(key, before === undefined ? range : merge(before, range))
  }
  return [...folded.values()]
}

function attemptKey({ trigger, startPfn, endPfn, attemptFrom }: FailedRange): string {
  return `${trigger}:${startPfn}-${endPfn}:${attemptFrom}`
}

/** Two failures of one attempt: the later time counts, every named page stays. */
function merge(a: FailedRange, b: FailedRange): FailedRange {
  return {
    ...a,
    ...(b.time === undefined ? {} : { time: b.time }),
    namedPfns: [...new Set([...a.namedPfns, ...b.namedPfns])],
    lines: [...a.lines, ...b.lines],
    attempts: a.attempts + b.attempts,
  }
}
