import { formatTime } from '../../src/base/clock.ts'
import { formatPfn } from '../../src/base/pfn.ts'
import { NONE } from '../../src/model/ids.ts'
import { framesOf } from '../../src/model/stack-depot.ts'
import { type Trace } from '../../src/model/trace.ts'

const IRQ_NAMES = ['task', 'softirq', 'hardirq', 'nmi', 'no flags']
const MAPPING_NAMES = ['none', 'some', 'anon', 'file', undefined]

/** One event with everything that was read of it; what is absent was not in the line. */
interface ToldEvent {
  readonly event: string
  readonly by: string
  readonly args?: string
  readonly stack?: readonly string[]
}

/** A trace as plain JSON that a person can compare with the file it came from. */
export interface ToldTrace {
  readonly ledger: Trace['files'][number]['ledger']
  readonly skipped: Readonly<Record<string, number>>
  readonly rejected: readonly string[]
  readonly notices: readonly string[]
  readonly clock: Trace['clock']
  readonly losses: readonly string[]
  readonly events: readonly ToldEvent[]
}

/** Tells a trace of one file. */
export function toldTrace(trace: Trace): ToldTrace {
  const [file] = trace.files
  return {
    ledger: file.ledger,
    skipped: Object.fromEntries([...file.skippedBy].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    rejected: file.problems.flatMap((problem) =>
      problem.samples.map((sample) => `${sample.line}: ${problem.reason}: ${sample.text}`),
    ),
    notices: file.notices,
    clock: trace.clock,
    losses: trace.losses.map((loss) => {
      const [from, to] = [loss.from, loss.to].map((time) => (time === undefined ? '?' : formatTime(time, trace.clock)))
      return `${loss.line + 1}: ${loss.kind} cpu=${loss.cpu} count=${loss.count} ${from} .. ${to}`
    }),
    events: Array.from({ length: trace.events.length }, (_, row) => toldEvent(trace, row)),
  }
}

function toldEvent(trace: Trace, row: number): ToldEvent {
  const { events, shapes, strings, contexts, tasks } = trace
  const shape = events.shape[row]
  const context = events.context[row]
  const task = contexts.task[context]
  const page = events.page[row]
  const fields = {
    pfn: page < 0 ? undefined : formatPfn(trace.pages.pfn[page]),
    count: shapes.flags[shape] < 0 ? undefined : events.count[row],
    val: shapes.flags[shape] < 0 ? undefined : shapes.val[shape],
    ret: recorded(shapes.ret[shape]),
    flags: shapes.flags[shape] < 0 ? undefined : strings.text(shapes.flags[shape]),
    mt: recorded(shapes.mt[shape]),
    mapcount: shapes.flags[shape] < 0 ? undefined : shapes.mapcount[shape],
    mapping: MAPPING_NAMES[shapes.mapping[shape]],
    order: recorded(shapes.order[shape]),
  }
  const told = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
  const stack = framesOf(trace.stacks, events.stack[row])
  const frames = Array.from({ length: stack.length }, (_, at) => strings.text(trace.frames.text[stack[at]]))
  const name = strings.text(shapes.name[shape])
  return {
    event: [
      `${events.line[row] + 1}:`,
      formatTime(events.time[row], trace.clock),
      `${name}/${events.kind[row]}`,
      ...told,
    ].join(' '),
    by: `${strings.text(tasks.comm[task])} pid=${tasks.pid[task]} cpu=${contexts.cpu[context]} ${IRQ_NAMES[contexts.irq[context]]}`,
    ...(shapes.args[shape] === NONE ? {} : { args: strings.text(shapes.args[shape]) }),
    ...(frames.length === 0 ? {} : { stack: frames }),
  }
}

function recorded(value: number): number | undefined {
  return value === NONE ? undefined : value
}
