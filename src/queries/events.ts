import { type CountPoint } from '../derive/counts/count-point.ts'
import { migratetypeName } from '../derive/migratetype-names.ts'
import { namesOfHexFlags } from '../derive/page-flag-names.ts'
import { operationWords } from '../derive/attribution/refused-freeze.ts'
import { IN_HARDIRQ, IN_NMI, IN_SOFTIRQ, IN_TASK } from '../model/context-table.ts'
import { type EventRow, NONE } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { pointsOfRows } from './event-points.ts'
import { findEventOffset, findEventRows } from './event-rows.ts'
import { placeOf } from './place.ts'
import { stackAnswer } from './stack-answer.ts'
import { taskAnswer } from './task-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type PlaceAnswer, type StackAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** A window of rows of the event table. All filters are "and". */
export interface EventsQuestion {
  /** Only events of this page (its head). */
  readonly pfn?: number
  /** Only events with this name. */
  readonly name?: string
  /** Only events whose stack has this hash. */
  readonly stackHash?: string
  readonly pid?: number
  /** Only events of tasks whose comm contains this, in any case. */
  readonly comm?: string
  /** Window in `TimeNs`, both ends included. */
  readonly from?: number
  readonly to?: number
  readonly offset: number
  readonly limit: number
  /** The window is to hold the event of this line in its middle, instead of beginning at `offset`; ignored when no row has it. */
  readonly around?: { readonly fileName: string; readonly line: number }
}

/** One event as a table row. */
export interface EventAnswer {
  readonly place: PlaceAnswer
  readonly time: TimeAnswer
  readonly name: string
  /** -1 when the event names no page. */
  readonly pfn: number
  readonly task: TaskAnswer
  readonly cpu: number
  readonly irq: 'task' | 'softirq' | 'hardirq' | 'nmi' | 'unknown'
  /** `+1`, `-1`, `set 1`, `freeze 2 refused`; empty for other events. */
  readonly operation: string
  readonly count: number
  readonly isExact: boolean
  readonly mapcount?: number
  readonly flags: string
  /** Names of flags that are printed as hex, when the release is known; empty else. */
  readonly flagNames: string
  readonly mt: number
  /** Name of the migratetype on this kernel, `CMA`; several with `or` where no file tells which; empty when it has none. */
  readonly mtName: string
  /** Other arguments as printed. */
  readonly args: string
  readonly gap: number
  readonly stack: StackAnswer
}

/** Answer to `events`. */
export interface EventsAnswer {
  readonly total: number
  /** Position of the first row among all that pass. */
  readonly offset: number
  readonly rows: readonly EventAnswer[]
}

/** A window of the event table in time order. */
export function findEvents(trace: Trace, question: EventsQuestion): EventsAnswer {
  const offset = findEventOffset(trace, question)
  const { total, rows } = findEventRows(trace, { ...question, offset })
  const points = pointsOfRows(trace, rows)
  return { total, offset, rows: rows.map((row) => eventAnswer(trace, row, points.get(row))) }
}

function eventAnswer(trace: Trace, row: EventRow, point: CountPoint | undefined): EventAnswer {
  const { events, shapes, contexts, strings } = trace
  const shape = events.shape[row]
  const context = events.context[row]
  const page = events.page[row]
  return {
    place: placeOf(trace, events.line[row]),
    time: timeAnswer(trace, events.time[row]),
    name: strings.text(shapes.name[shape]),
    pfn: page < 0 ? NONE : trace.pages.pfn[page],
    task: taskAnswer(trace, contexts.task[context]),
    cpu: contexts.cpu[context],
    irq: irqName(contexts.irq[context]),
    operation: operationWords(trace, row),
    count: point?.count ?? events.count[row],
    isExact: point?.isExact ?? false,
    ...(point?.mapcount === undefined ? {} : { mapcount: point.mapcount }),
    flags: strings.text(shapes.flags[shape]),
    flagNames: namesOfHexFlags(trace, strings.text(shapes.flags[shape])),
    mt: shapes.mt[shape],
    mtName: migratetypeName(trace, shapes.mt[shape]),
    args: strings.text(shapes.args[shape]),
    gap: point?.gap ?? 0,
    stack: stackAnswer(trace, events.stack[row]),
  }
}

function irqName(irq: number): EventAnswer['irq'] {
  if (irq === IN_TASK) return 'task'
  if (irq === IN_SOFTIRQ) return 'softirq'
  if (irq === IN_HARDIRQ) return 'hardirq'
  return irq === IN_NMI ? 'nmi' : 'unknown'
}
