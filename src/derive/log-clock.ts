import { type Clock, type TimeNs } from '../base/clock.ts'
import { type Trace } from '../model/trace.ts'

/**
 * Whether times of local_clock (printk and page_owner print it) and of a trace may be compared: `same` when the trace's
 * clock runs on it, `assumed` when no file names the trace's clock (the default is `local`), `different` else
 * (Documentation/trace/ftrace.rst, trace_clock).
 */
export type ClockMatch = 'same' | 'assumed' | 'different'

/** Trace clocks that run on sched_clock() as local_clock() does; perf stamps its samples with local_clock() itself. */
const ON_SCHED_CLOCK = new Set(['local', 'global', 'perf'])

/** How a trace's clock goes with local_clock. Counts, and microseconds since the last reset of a buffer, are no times since boot. */
export function matchLocalClock({ name, style }: Clock): ClockMatch {
  if (style.unit !== 'seconds') return 'different'
  if (ON_SCHED_CLOCK.has(name)) return 'same'
  return name === 'unknown' || name === '' ? 'assumed' : 'different'
}

/**
 * A time of the kernel log, absolute ns of local_clock, in the clock of the trace. Undefined when the two may not be
 * compared (`matchLocalClock`), and outside of what was traced.
 */
export function traceTimeOf(trace: Trace, timeNs: number | undefined): TimeNs | undefined {
  if (timeNs === undefined || trace.events.length === 0 || matchLocalClock(trace.clock) === 'different')
    return undefined
  const time = timeNs - Number(trace.clock.originNs)
  const last = trace.events.time[trace.events.length - 1]
  return time >= trace.events.time[0] && time <= last ? (time as TimeNs) : undefined
}

/**
 * What a reader must know before a time of local_clock is compared with the trace's, in words; `what` tells whose time
 * it is and ends in a verb or a colon. Empty when the clocks are one, or nothing was traced.
 */
export function logClockNote(trace: Trace, what: string): string {
  if (trace.events.length === 0) return ''
  switch (matchLocalClock(trace.clock)) {
    case 'same':
      return ''
    case 'assumed':
      return `${what} local_clock, taken to run with the clock of the trace, which no file names (the default is local_clock)`
    default:
      return `${what} local_clock, the trace prints ${traceClockWords(trace.clock)}: the two do not compare`
  }
}

function traceClockWords({ name, style }: Clock): string {
  if (style.unit === 'counts') return name === 'unknown' ? 'counts' : `counts of ${name}`
  if (style.unit === 'microseconds') return 'microseconds since its buffer was reset'
  return name
}
