import { stacksOfHash } from '../derive/stack-hash.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type EventsQuestion } from './events.ts'
import { taskAnswer } from './task-answer.ts'

/** Tells whether an event passes. Each filter is looked up once per shape, stack or context, then read by id. */
export type EventFilter = (row: EventRow) => boolean

/** The filters of a question that are not page and time, joined by "and"; undefined when there are none. */
export function eventFilter(trace: Trace, question: EventsQuestion): EventFilter | undefined {
  const { events } = trace
  const shapes = question.name === undefined ? undefined : shapesNamed(trace, question.name)
  const stacks = question.stackHash === undefined ? undefined : stacksHashed(trace, question.stackHash)
  const contexts = contextsOf(trace, question)
  if (shapes === undefined && stacks === undefined && contexts === undefined) return undefined
  return (row) => {
    if (shapes !== undefined && shapes[events.shape[row]] === 0) return false
    if (contexts !== undefined && contexts[events.context[row]] === 0) return false
    if (stacks === undefined) return true
    const stack = events.stack[row]
    return stack >= 0 && stacks[stack] === 1
  }
}

function shapesNamed(trace: Trace, name: string): Uint8Array {
  const wanted = trace.strings.find(name)
  return Uint8Array.from({ length: trace.shapes.length }, (_, shape) => (trace.shapes.name[shape] === wanted ? 1 : 0))
}

function stacksHashed(trace: Trace, hash: string): Uint8Array {
  const mask = new Uint8Array(trace.stacks.length)
  for (const stack of stacksOfHash(trace, hash)) mask[stack] = 1
  return mask
}

function contextsOf(trace: Trace, { pid, comm }: EventsQuestion): Uint8Array | undefined {
  if (pid === undefined && comm === undefined) return undefined
  const mask = new Uint8Array(trace.contexts.length)
  const wanted = comm?.toLowerCase()
  for (let context = 0; context < mask.length; context++) {
    const task = taskAnswer(trace, trace.contexts.task[context])
    if ((pid === undefined || task.pid === pid) && (wanted === undefined || task.comm.toLowerCase().includes(wanted)))
      mask[context] = 1
  }
  return mask
}
