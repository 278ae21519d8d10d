import { type Trace } from '../../model/trace.ts'
import { untoldShareOf } from '../counts/untold-share.ts'
import { knownLossIn } from '../known-loss.ts'

/**
 * True when events may have been lost in `[from, to]`: a lost-events marker whose gap overlaps, a truncated file that
 * ends inside, or a CPU whose buffer starts after `from`: the kernel says so only after an overrun
 * (kernel/trace/trace.c test_cpu_buff_start()), which took what that CPU did before. What crosses a loss is unknown,
 * not leaked. An overrun that only the header tells has no place in time.
 */
export function hasLossBetween(trace: Trace, from: number, to: number): boolean {
  return knownLossIn(trace)(from, to)
}

/** From this share of untold changes on the trace is called incomplete. */
const INCOMPLETE = 0.02

/** True when the counts show that events are missing from the trace, marker or not. */
export function isIncomplete(trace: Trace): boolean {
  return untoldShareOf(trace) >= INCOMPLETE
}
