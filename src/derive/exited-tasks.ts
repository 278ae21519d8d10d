import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { eventFactsOf } from './event-facts.ts'
import { type TaskExit } from './exit-finder.ts'

/** The exit that the task of a pid met after an event of its; undefined when the trace does not prove one. */
export type ExitAfter = (pid: number, row: EventRow) => TaskExit | undefined

/** Tells the exits of tasks: see `ExitFinder` for what proves one. O(events) at the first call, then O(exits of the pid). */
export function exitsOf(trace: Trace): ExitAfter {
  const { exits } = eventFactsOf(trace)
  return (pid, row) => {
    const next = exits.get(pid)?.find(({ last }) => last > row)
    return next === undefined || next.first <= row ? undefined : next
  }
}
