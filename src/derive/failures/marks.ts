import { oncePer } from '../../base/once-per.ts'
import { EVENT_KINDS, type EventKindName } from '../../model/event-kind.ts'
import { type EventRow, type TaskId } from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { type Trace } from '../../model/trace.ts'

/** An event that says how an attempt went, with its arguments by name. */
export interface Mark {
  readonly row: EventRow
  readonly kind: EventKindName
  readonly time: number
  readonly task: TaskId
  readonly args: ReadonlyMap<string, string>
}

/** The events that failed ranges are recognised by. */
export const MARK_NAMES: readonly EventKindName[] = [
  'test_pages_isolated',
  'cma_alloc_start',
  'cma_alloc_finish',
  'cma_alloc_busy_retry',
  'cma_alloc',
  'mm_migrate_pages',
  'mm_compaction_begin',
  'mm_compaction_end',
  'mm_compaction_try_to_compact_pages',
  'mm_compaction_deferred',
  'mm_compaction_defer_compaction',
  'page_pinner_failure',
]

/** All attempt marks of a trace in time order. O(events). */
export function findMarks(trace: Trace): readonly Mark[] {
  const names: (EventKindName | undefined)[] = EVENT_KINDS.map((name) => (MARK_NAMES.includes(name) ? name : undefined))
  const marks: Mark[] = []
  for (let at = 0; at < trace.events.length; at++) {
    const row = at as EventRow
    const kind = names[trace.events.kind[row]]
    if (kind === undefined) continue
    const args = parseArgs(trace.strings.text(trace.shapes.args[trace.events.shape[row]]))
    marks.push({ row, kind, time: trace.events.time[row], task: trace.contexts.task[trace.events.context[row]], args })
  }
  return marks
}

/** `name=value` pairs of a tracepoint's text; a trailing comma belongs to the format (`zone_end=0xffe0, mode=sync`). */
export function parseArgs(text: string): ReadonlyMap<string, string> {
  const args = new Map<string, string>()
  for (const match of text.matchAll(/([A-Za-z_]\w*)=(\S+?),?(?=\s|$)/g)) args.set(match[1], match[2])
  return args
}

/** An argument as a number: `0x` hex or decimal; NaN when it is absent, no number, or more than there are pages. */
export function numberArg(mark: Mark, name: string): number {
  const text = mark.args.get(name)
  const number = text === undefined ? Number.NaN : Number(text)
  return number < PFN_LIMIT ? number : Number.NaN
}

/** Marks of each task, in order; made once for an array of marks. */
const byTask = oncePer((marks: readonly Mark[]): ReadonlyMap<TaskId, readonly Mark[]> => {
  const found = new Map<TaskId, Mark[]>()
  for (const mark of marks) {
    const own = found.get(mark.task)
    if (own === undefined) found.set(mark.task, [mark])
    else own.push(mark)
  }
  return found
})

/** The nearest earlier mark of the same task that is wanted. O(log marks + marks of the task that are passed). */
export function lastOfTask(marks: readonly Mark[], mark: Mark, isWanted: (other: Mark) => boolean): Mark | undefined {
  const own = byTask(marks).get(mark.task) ?? []
  for (let at = positionOf(own, mark.row) - 1; at >= 0; at--) if (isWanted(own[at])) return own[at]
  return undefined
}

/** The nearest later mark of the same task that is wanted. O(log marks + marks of the task that are passed). */
export function nextOfTask(
  marks: readonly Mark[],
  mark: Mark,
  isWanted: (other: Mark) => boolean = () => true,
): Mark | undefined {
  const own = byTask(marks).get(mark.task) ?? []
  for (let at = positionOf(own, mark.row + 1); at < own.length; at++) if (isWanted(own[at])) return own[at]
  return undefined
}

/** Position of the first mark at or after a row. */
function positionOf(own: readonly Mark[], row: number): number {
  let low = 0
  let high = own.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (own[middle].row < row) low = middle + 1
    else high = middle
  }
  return low
}
