import { type TimeNs } from '../base/clock.ts'
import { type Trace } from '../model/trace.ts'

/** International atomic time: seconds since 1970 (kernel/trace/trace.c trace_clocks). */
const WALL_CLOCK = 'tai'

/**
 * A page_pinner time (CLOCK_BOOTTIME us) in the clock of the trace, as far as the two may be compared: both count
 * seconds since boot, and differ by what the machine slept. Undefined when the trace counts, tells the time of day or prints microseconds since
 * its buffer was reset (latency-format), has no events, or the time is not told. Whoever uses it says `ASSUMED_CLOCK`, unless the trace's clock is boot.
 */
export function traceTimeOfPinner(trace: Trace, tsUs: number): TimeNs | undefined {
  const { name, style } = trace.clock
  if (tsUs < 0 || trace.events.length === 0 || style.unit !== 'seconds' || name === WALL_CLOCK) return undefined
  return (tsUs * 1000 - Number(trace.clock.originNs)) as TimeNs
}

/** The assumption behind `traceTimeOfPinner`. */
export const ASSUMED_CLOCK =
  'page_pinner prints CLOCK_BOOTTIME, taken to run with the clock of the trace: true as long as the machine did not suspend'

/** `3.230417`: seconds as the other page_pinner files print them. */
export function pinnerTimeText(tsUs: number): string {
  return `${Math.floor(tsUs / 1_000_000)}.${String(tsUs % 1_000_000).padStart(6, '0')}`
}
