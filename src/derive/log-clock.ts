import { type TimeNs } from '../base/clock.ts'
import { clockWords, matchLocalClock } from '../base/clock-match.ts'
import { type Trace } from '../model/trace.ts'

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
 * False when a message of the kernel log, absolute ns of local_clock, was printed outside of `[from, to]` on the clock of
 * the trace; true where it has no time, or the two may not be compared.
 */
export function mayBePrintedWithin(trace: Trace, timeNs: number | undefined, from: number, to: number): boolean {
  if (timeNs === undefined || trace.events.length === 0 || matchLocalClock(trace.clock) === 'different') return true
  const time = timeNs - Number(trace.clock.originNs)
  return from <= time && time <= to
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
      return `${what} local_clock, the trace prints ${clockWords(trace.clock)}: the two do not compare`
  }
}
