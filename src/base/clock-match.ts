import { type Clock } from './clock.ts'

/**
 * Whether times of local_clock (printk and page_owner print it) and of a trace may be compared: `same` when the trace's
 * clock runs on it, `assumed` when no file names the trace's clock (the default is `local`), `different` else
 * (Documentation/trace/ftrace.rst, trace_clock).
 */
export type ClockMatch = 'same' | 'assumed' | 'different'

/** Trace clocks that run on sched_clock() as local_clock() does; perf stamps its samples with local_clock() itself. */
const ON_SCHED_CLOCK = new Set(['local', 'global', 'perf'])

/** How a trace's clock goes with local_clock. Counts, and microseconds since the last reset of a buffer, are no times since boot. */
export function matchLocalClock({ name, style }: Pick<Clock, 'name' | 'style'>): ClockMatch {
  if (style.unit !== 'seconds') return 'different'
  if (ON_SCHED_CLOCK.has(name)) return 'same'
  return name === 'unknown' || name === '' ? 'assumed' : 'different'
}

/** What a trace prints as its times, in words: `mono`, `counts of x86-tsc`, `microseconds since its buffer was reset`. */
export function clockWords({ name, style }: Pick<Clock, 'name' | 'style'>): string {
  if (style.unit === 'counts') return name === 'unknown' ? 'counts' : `counts of ${name}`
  return style.unit === 'microseconds' ? 'microseconds since its buffer was reset' : name
}
