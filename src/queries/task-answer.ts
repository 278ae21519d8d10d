import { type EventRow, type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type TaskAnswer } from './wire.ts'

/** The task of a `TaskId`; an empty comm and pid -1 for NONE. */
export function taskAnswer(trace: Trace, task: TaskId): TaskAnswer {
  if (task < 0) return { comm: '', pid: -1 }
  return { comm: trace.strings.text(trace.tasks.comm[task]), pid: trace.tasks.pid[task] }
}

/** The task that an event ran in. */
export function taskOfRow(trace: Trace, row: EventRow): TaskId {
  return trace.contexts.task[trace.events.context[row]]
}

/** `ts-mux-64`, as ftrace prints a task; `an unrecorded task` when nothing tells. */
export function taskText(task: TaskAnswer): string {
  if (task.comm === '' && task.pid < 0) return 'an unrecorded task'
  return task.pid < 0 ? task.comm : `${task.comm}-${task.pid}`
}
