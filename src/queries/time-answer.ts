import { formatTime } from '../base/clock.ts'
import { type Trace } from '../model/trace.ts'
import { type TimeAnswer } from './wire.ts'

/** A time with its text exactly as the file prints it. */
export function timeAnswer(trace: Trace, ns: number): TimeAnswer {
  return { ns, text: formatTime(ns, trace.clock) }
}

/** First and last moment of the trace: 0 and 0 when there are no events. O(1): events are in time order. */
export function traceSpan(trace: Trace): { readonly from: number; readonly to: number } {
  const { time, length } = trace.events
  return length === 0 ? { from: 0, to: 0 } : { from: time[0], to: time[length - 1] }
}
