import { stackHashesOf } from '../derive/stack-hash.ts'
import { type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { taskAnswer } from './task-answer.ts'

/** What a filter text picks: stacks by symbol, tasks by comm or pid. A hold passes when either does. */
export interface PinnerFilter {
  /** 1 for each stack group with a matching symbol. */
  readonly groups: Uint8Array
  /** 1 for each matching task. */
  readonly tasks: Uint8Array
}

/** Looks a filter text up once, in all symbols, comms and pids. Case matters as little as in grep -i. Undefined for no text. */
export function pinnerFilter(trace: Trace, text: string): PinnerFilter | undefined {
  const wanted = text.trim().toLowerCase()
  return wanted === '' ? undefined : { groups: matchingGroups(trace, wanted), tasks: matchingTasks(trace, wanted) }
}

function matchingGroups(trace: Trace, wanted: string): Uint8Array {
  const { groupOf, hashes } = stackHashesOf(trace)
  const frames = new Uint8Array(trace.frames.length)
  for (let frame = 0; frame < frames.length; frame++) {
    if (trace.strings.text(trace.frames.text[frame]).toLowerCase().includes(wanted)) frames[frame] = 1
  }
  const groups = new Uint8Array(hashes.length)
  const { offsets } = trace.stacks
  for (let stack = 0; stack < groupOf.length; stack++) {
    for (let at = offsets[stack]; at < offsets[stack + 1]; at++) {
      if (frames[trace.stacks.frames[at]] === 1) groups[groupOf[stack]] = 1
    }
  }
  return groups
}

function matchingTasks(trace: Trace, wanted: string): Uint8Array {
  const tasks = new Uint8Array(trace.tasks.length)
  for (let task = 0; task < tasks.length; task++) {
    const { comm, pid } = taskAnswer(trace, task as TaskId)
    if (comm.toLowerCase().includes(wanted) || String(pid) === wanted || `${comm}-${pid}`.toLowerCase() === wanted) {
      tasks[task] = 1
    }
  }
  return tasks
}
