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

/**
 * `name=value` pairs of a tracepoint's text; a trailing comma belongs to the format (`zone_end=0xffe0, mode=sync`), and
 * blanks in front of a NULL up to 5.1 (`page=          (null)`, lib/vsprintf.c).
 */
export function parseArgs(text: string): ReadonlyMap<string, string> {
  const args = new Map<string, string>()
  for (const match of text.matchAll(/([A-Za-z_]\w*)=(?:\s+(?=\((?:null|nil)\)))?(\S+?),?(?=\s|$)/g))
    args.set(match[1], match[2])
  return args
}

/** An argument as a number: `0x` hex or decimal; NaN when it is absent, no number, or more than there are pages. */
export function numberArg(mark: Mark, name: string): number {
  const text = mark.args.get(name)
  const number = text === undefined ? Number.NaN : Number(text)
  return number < PFN_LIMIT ? number : Number.NaN
}

/** Kinds to look for among marks: a constant of who asks, by which the marks are sorted once. */
export type MarkKinds = ReadonlySet<EventKindName>

/** Marks of each task, in order. */
type ByTask = ReadonlyMap<TaskId, readonly Mark[]>

/** For an array of marks, those of each set of kinds that was asked for. */
const sorted: (marks: readonly Mark[]) => Map<MarkKinds | undefined, ByTask> = oncePer(() => new Map())

function byTask(marks: readonly Mark[], kinds: MarkKinds | undefined): ByTask {
  const known = sorted(marks)
  const before = known.get(kinds)
  if (before !== undefined) return before
  const found = new Map<TaskId, Mark[]>()
  for (const mark of marks) {
    if (kinds?.has(mark.kind) === false) continue
    const own = found.get(mark.task)
    if (own === undefined) found.set(mark.task, [mark])
    else own.push(mark)
  }
  known.set(kinds, found)
  return found
}

/** The nearest earlier mark of the same task that is of some kinds. O(log marks), once for the kinds O(marks). */
export function lastOfTask(marks: readonly Mark[], mark: Mark, kinds: MarkKinds): Mark | undefined {
  const own = byTask(marks, kinds).get(mark.task) ?? []
  return own[positionOf(own, mark.row) - 1]
}

/** The nearest later mark of the same task, of some kinds or of any. O(log marks), once for the kinds O(marks). */
export function nextOfTask(marks: readonly Mark[], mark: Mark, kinds?: MarkKinds): Mark | undefined {
  const own = byTask(marks, kinds).get(mark.task) ?? []
  return own[positionOf(own, mark.row + 1)]
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
