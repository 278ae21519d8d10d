import { type Classifier, classifierOf } from '../derive/attribution/classify.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { DEFAULT_RULES } from '../derive/attribution/rule-set.ts'
import { type CountPoint } from '../derive/counts/count-point.ts'
import { migratetypeName } from '../derive/migratetype-names.ts'
import { namesOfHexFlags } from '../derive/page-flag-names.ts'
import { type Derived } from '../derive/derived.ts'
import { deltaOf } from '../derive/operation.ts'
import { isRefKind } from '../model/event-kind.ts'
import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_SOME } from '../model/shape-table.ts'
import { operationWords } from '../derive/attribution/refused-freeze.ts'
import { IN_HARDIRQ, IN_NMI, IN_SOFTIRQ, IN_TASK } from '../model/context-table.ts'
import { type EventRow, NONE } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { pointsOfRows } from './event-points.ts'
import { type EventRows, eventRowsOf, findEventOffset } from './event-rows.ts'
import { chooseEvents, type EventChoice, isByPageAlone } from './event-filter.ts'
import { type FilterError } from './filter/filter-node.ts'
import { placeOf } from './place.ts'
import { stackAnswer } from './stack-answer.ts'
import { taskAnswer } from './task-answer.ts'
import { timeAnswer } from './time-answer.ts'
import { type PlaceAnswer, type StackAnswer, type TaskAnswer, type TimeAnswer } from './wire.ts'

/** A window of rows of the event table. */
export interface EventsQuestion extends EventChoice {
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
  /** `val=` and `ret=` as printed, and references added or dropped; absent where the event has none. */
  readonly val?: number
  readonly ret?: number
  readonly delta?: number
  /** What the reference that was taken or dropped is for; absent where no reference was. */
  readonly class?: ReferenceClassId
  /** What `mapping=` says; empty where the event does not. */
  readonly mapping: string
  /** Order of an allocation or a free; absent for other events. */
  readonly order?: number
  readonly count: number
  readonly isExact: boolean
  /** Mappings, 0 for unmapped; absent where the field is no count. */
  readonly mapcount?: number
  /** `mapcount=` as printed; absent where the event has none. */
  readonly mapcountPrinted?: number
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

/** Answer to `events`: what is known by now where a filter is still looking. */
export interface EventsAnswer {
  /** Events that match; of those looked at. */
  readonly total: number
  /** Events of which the capture does not tell whether they match. */
  readonly unknown: number
  /** Events looked at, and to look at: `total` is exact when they are equal. */
  readonly lookedAt: number
  readonly toLookAt: number
  /** What is wrong with the filter: it was not applied, and nothing is answered. */
  readonly errors: readonly FilterError[]
  /** Position of the first row among all that pass. */
  readonly offset: number
  readonly rows: readonly EventAnswer[]
}

/** A window of the event table in time order. O(events) when a filter is first asked for, then O(window). */
export function findEvents(trace: Trace, question: EventsQuestion, derived?: Derived): EventsAnswer {
  if (!isByPageAlone(question)) {
    const chosen = chooseEvents(trace, derived, question)
    if (chosen.kind === 'run') chosen.run.finish()
  }
  return findEventsSoFar(trace, question, derived)
}

/** The same by what a filter has found so far: whoever asks drives it on. */
export function findEventsSoFar(trace: Trace, question: EventsQuestion, derived?: Derived): EventsAnswer {
  const found = eventRowsOf(trace, derived, question)
  const { total, unknown, lookedAt, toLookAt, errors } = found
  const offset = findEventOffset(trace, question, found)
  const rows = windowRows(found, offset, question.limit)
  const points = pointsOfRows(trace, rows)
  const classifier = classifierOf(trace, derived?.rules ?? DEFAULT_RULES)
  return {
    total,
    unknown,
    lookedAt,
    toLookAt,
    errors,
    offset,
    rows: rows.map((row) => ({
      ...eventAnswer(trace, row, points.get(row)),
      ...referenceAnswer(trace, classifier, row),
    })),
  }
}

function windowRows(found: EventRows, offset: number, limit: number): readonly EventRow[] {
  const rows: EventRow[] = []
  for (let position = offset; position < Math.min(found.total, offset + limit); position++)
    rows.push(found.rowAt(position))
  return rows
}

const MAPPING_WORDS: ReadonlyMap<number, string> = new Map([
  [MAPPING_NONE, 'none'],
  [MAPPING_SOME, 'some'],
  [MAPPING_ANON, 'anon'],
  [MAPPING_FILE, 'file'],
])

/** What an event says of a reference, beside the count. */
function referenceAnswer(
  trace: Trace,
  classifier: Classifier,
  row: EventRow,
): Pick<EventAnswer, 'mapcountPrinted' | 'val' | 'ret' | 'delta' | 'class' | 'order' | 'mapping'> {
  const { events, shapes } = trace
  const shape = events.shape[row]
  const kind = events.kind[row]
  const ret = shapes.ret[shape] === NONE ? {} : { ret: shapes.ret[shape] }
  const order = shapes.order[shape] === NONE ? {} : { order: shapes.order[shape] }
  const rest = { ...ret, ...order, mapping: MAPPING_WORDS.get(shapes.mapping[shape]) ?? '' }
  if (!isRefKind(kind)) return rest
  const delta = deltaOf(trace, row)
  const ref = { ...rest, mapcountPrinted: shapes.mapcount[shape], val: shapes.val[shape], delta }
  if (delta === 0) return ref
  const { id } = REFERENCE_CLASSES[classifier.classOf(kind, delta, events.stack[row])]
  return { ...ref, class: id }
}

function eventAnswer(
  trace: Trace,
  row: EventRow,
  point: CountPoint | undefined,
): Omit<EventAnswer, 'val' | 'ret' | 'delta' | 'class' | 'order' | 'mapping'> {
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
