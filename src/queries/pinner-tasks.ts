import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type PinnerAnswer } from './pinners.ts'
import { taskAnswer } from './task-answer.ts'

const TASKS_SHOWN = 3

/** Distinct tasks of one stack group's counted holds, and the three with most holds. */
export interface PinnerTasks {
  readonly count: number
  readonly top: PinnerAnswer['topTasks']
}

/** Who took the counted holds of a group. O(holds of the group), or of all holds for the group without a stack. */
export function pinnerTasks(trace: Trace, { holds }: Derived, group: number, isCounted: Uint8Array): PinnerTasks {
  const byTask = new Map<TaskId, number>()
  const add = (hold: number): void => {
    if (isCounted[hold] === 1) byTask.set(holds.task[hold], (byTask.get(holds.task[hold]) ?? 0) + 1)
  }
  const { stacks } = stackHashesOf(trace)
  if (group < stacks.length) {
    for (const stack of stacks[group]) {
      const rows = rowsOf(holds.byStack, stack)
      for (let at = 0; at < rows.length; at++) add(rows[at])
    }
  } else {
    for (let hold = 0; hold < holds.length; hold++) if (holds.stack[hold] < 0) add(hold)
  }
  const ranked = [...byTask].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, TASKS_SHOWN)
  return { count: byTask.size, top: ranked.map(([task, count]) => ({ ...taskAnswer(trace, task), holds: count })) }
}
