import { counted } from '../base/counted.ts'
import { formatTime } from '../base/clock.ts'
import { oncePer } from '../base/once-per.ts'
import { formatPfnRange } from '../base/pfn.ts'
import { isFinish } from '../derive/failures/cma-failures.ts'
import { REQUESTS, wasAskedFor } from '../derive/failures/compaction-failures.ts'
import { type Trigger } from '../derive/failures/failed-range.ts'
import { ALLOCATION_EDGES } from '../derive/failures/isolation-failures.ts'
import { findMarks, lastOfTask, type Mark, nextOfTask, numberArg } from '../derive/failures/marks.ts'
import { triggerOfStack } from '../derive/failures/trigger-of-stack.ts'
import { type LineId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { type PlaceAnswer } from './wire.ts'

/** Attempts of one kind that the files say went well: how many did, of how many, and the last of these with its line. */
export interface SuccessAnswer {
  readonly kind: 'cma' | 'isolation' | 'compaction' | 'offline'
  readonly succeeded: number
  /** Ends of attempts of the kind, whichever way. */
  readonly total: number
  /** `The allocation of 256 pages from CMA area reserved at 1.990786 succeeded`, no more than the line says. */
  readonly text: string
  readonly place: PlaceAnswer
}

/** What went well, those kinds of which a file tells a success. O(events) once. */
export const findSuccesses: (trace: Trace) => readonly SuccessAnswer[] = oncePer((trace: Trace) => {
  const marks = findMarks(trace)
  return [cmaOf(trace, marks), isolationOf(trace, marks), compactionOf(trace, marks), offlineOf(trace)].filter(
    (success) => success !== undefined,
  )
})

/** `cma_alloc_finish … errorno=0`; before 5.12 `cma_alloc` with a page (mm/cma.c). */
function cmaOf(trace: Trace, marks: readonly Mark[]): SuccessAnswer | undefined {
  const words = (mark: Mark): string => {
    const count = numberArg(mark, 'count')
    const name = mark.args.get('name')
    const pages = Number.isNaN(count) ? 'pages' : counted(count, 'page')
    return `of ${pages} from ${name === undefined ? 'CMA' : `CMA area ${name}`} at ${timeOf(trace, mark)}`
  }
  return successOf(trace, 'cma', marks.filter(isFinish), gotPages, (good, total) => {
    const last = words(good[good.length - 1])
    if (total === 1) return `The allocation ${last} succeeded`
    return `${good.length} of ${counted(total, 'CMA allocation')} succeeded, the last ${last}`
  })
}

/** What is missing from a line is no success. */
function gotPages({ args }: Mark): boolean {
  const errorno = args.get('errorno')
  if (errorno !== undefined) return Number(errorno) === 0
  const page = args.get('page')
  return page !== undefined && !/^(?:\(?null\)?|\(nil\)|0+|0x0+)$/.test(page)
}

/** Words for who wanted a range isolated. A CMA allocation is told by its own end. */
const WANTED_FOR: Readonly<Partial<Record<Trigger, string>>> = {
  cma: ' for a CMA allocation',
  hugetlb: ' for a huge page',
  offline: ' for offlining',
}

/** `test_pages_isolated … ret=success` outside of CMA allocations whose end is told: all pages of the range are free or isolated (mm/page_isolation.c). */
function isolationOf(trace: Trace, marks: readonly Mark[]): SuccessAnswer | undefined {
  const tests = marks.filter((mark) => mark.kind === 'test_pages_isolated' && !endsInCma(marks, mark))
  return successOf(trace, 'isolation', tests, isIsolated, (good, total) => {
    const last = good[good.length - 1]
    const range = formatPfnRange(numberArg(last, 'start_pfn'), numberArg(last, 'end_pfn'))
    const trigger = triggerOfStack(trace, trace.events.stack[last.row])
    const why = trigger === undefined ? '' : (WANTED_FOR[trigger] ?? '')
    const what = `pages of ${range} were isolated${why} at ${timeOf(trace, last)}`
    return total === 1
      ? `All ${what}`
      : `${good.length} of ${counted(total, 'isolation test')} passed; the last: all ${what}`
  })
}

function isIsolated(mark: Mark): boolean {
  if (!(numberArg(mark, 'start_pfn') < numberArg(mark, 'end_pfn'))) return false // garbled numbers are no range
  const ret = mark.args.get('ret')
  return ret === undefined ? numberArg(mark, 'fin_pfn') >= numberArg(mark, 'end_pfn') : ret === 'success'
}

function endsInCma(marks: readonly Mark[], mark: Mark): boolean {
  const next = nextOfTask(marks, mark, ALLOCATION_EDGES)
  return next !== undefined && isFinish(next)
}

/** `mm_compaction_end … status=success` of a run for an allocation (mm/compaction.c): the zone has a block as wanted. */
function compactionOf(trace: Trace, marks: readonly Mark[]): SuccessAnswer | undefined {
  const runs = marks.filter((mark) => mark.kind === 'mm_compaction_end' && wasAskedFor(trace, marks, mark))
  const isSuccess = ({ args }: Mark): boolean => args.get('status') === 'success'
  return successOf(trace, 'compaction', runs, isSuccess, (good, total) => {
    const last = good[good.length - 1]
    const asked = lastOfTask(marks, last, REQUESTS)
    const order = asked?.args.get('order')
    const what = `${order === undefined ? '' : ` for order ${order}`} at ${timeOf(trace, last)}`
    if (total === 1) return `The compaction run${what} ended with status=success`
    return `${good.length} of ${counted(total, 'compaction run')} for allocations ended with status=success, the last${what}`
  })
}

/** `Offlined Pages` of the kernel log, which names no range (mm/memory_hotplug.c). */
function offlineOf(trace: Trace): SuccessAnswer | undefined {
  const notes = trace.notes.filter((note) => note.kind === 'offlined')
  const last = notes.at(-1)
  if (last === undefined) return undefined
  const total = notes.length + trace.notes.filter((note) => note.kind === 'offline_failed').length
  const what = `${counted(last.pages, 'page')} went offline, as the kernel log says`
  const text = total === 1 ? what : `${notes.length} of ${total} offlinings succeeded; the last: ${what}`
  return { kind: 'offline', succeeded: notes.length, total, text, place: placeOf(trace, last.line) }
}

function successOf(
  trace: Trace,
  kind: SuccessAnswer['kind'],
  ends: readonly Mark[],
  isGood: (mark: Mark) => boolean,
  say: (good: readonly Mark[], total: number) => string,
): SuccessAnswer | undefined {
  const good = ends.filter(isGood)
  if (good.length === 0) return undefined
  const line: LineId = trace.events.line[good[good.length - 1].row]
  return {
    kind,
    succeeded: good.length,
    total: ends.length,
    text: say(good, ends.length),
    place: placeOf(trace, line),
  }
}

function timeOf(trace: Trace, mark: Mark): string {
  return formatTime(trace.events.time[mark.row], trace.clock)
}
