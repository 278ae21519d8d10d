import { IN_TASK, IN_UNKNOWN } from '../../model/context-table.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { exitsOf } from '../exited-tasks.ts'
import { type TaskExit } from '../exit-finder.ts'
import { HOLD_OPEN, type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { firstSilenceAfter } from './silence.ts'

/**
 * A task on its way out closes its files after it has given its memory back, and both free pages in batches
 * (kernel/exit.c do_exit(), mm/mmu_gather.c): what is not put this long after its last event is not put by it, ns.
 */
const LONGEST_WAY_OUT_NS = 100_000_000

/** The exit of a task that took a reference which nobody put. */
export interface OutlivedExit extends TaskExit {
  /** The process is gone, and the trace goes on for long enough to say that its way out did not put the reference. */
  readonly isGone: boolean
}

/**
 * How the task of open holds exited after it had taken them; undefined when the trace does not prove it, or does not tell
 * who took them: a get in an interrupt is not of the task that it met. `group` is of one task. What loses events in between
 * may have lost the put as well: ask for what is known to be open.
 */
export function exitOutlivedBy(trace: Trace, holds: HoldTable, group: readonly HoldRow[]): OutlivedExit | undefined {
  const gets = group.map((hold) => holds.getRow[hold])
  const areOpen = group.every((hold) => holds.kind[hold] === HOLD_OPEN)
  if (!areOpen || !gets.every((get) => isOfTask(trace, get))) return undefined
  const last = gets.reduce((latest, get) => (get > latest ? get : latest), gets[0])
  const exit = exitsOf(trace)(trace.tasks.pid[holds.task[group[0]]], last)
  return exit === undefined ? undefined : { ...exit, isGone: exit.isProcess && isOver(trace, exit) }
}

function isOfTask({ events, contexts }: Trace, get: EventRow): boolean {
  if (get === NONE) return false
  const irq = contexts.irq[events.context[get]]
  return irq === IN_TASK || irq === IN_UNKNOWN
}

/** True when the trace shows what followed the last event for long enough. A clock that counts tells no length: that events follow has to do. */
function isOver(trace: Trace, { last }: TaskExit): boolean {
  const { events, clock } = trace
  const end = events.length - 1
  if (clock.style.unit === 'counts') return last < end
  const seenUntil = firstSilenceAfter(trace, last)?.from ?? events.time[end]
  return seenUntil - events.time[last] >= LONGEST_WAY_OUT_NS
}
