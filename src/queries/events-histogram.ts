import { findAtLeast } from '../base/bisect.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { chooseEvents, type EventChoice } from './event-filter.ts'
import { failureLabel } from './failure-mark.ts'
import { timeAnswer, traceSpan } from './time-answer.ts'
import { type TimelineLoss, type TimelineMark } from './timeline.ts'
import { timelineLosses } from './timeline-marks.ts'
import { type TimeAnswer } from './wire.ts'

/** Events over the time of the whole capture: all, and those of a choice. */
export interface EventsHistogramQuestion extends EventChoice {
  /** Stretches of equal length to count in. */
  readonly columns: number
}

/** Answer to `eventsHistogram`; what a filter found so far. */
export interface EventsHistogramAnswer {
  /** First and last event; absent without events. */
  readonly from?: TimeAnswer
  readonly to?: TimeAnswer
  /** Events of each stretch; stretch `k` of `n` covers `[from + k/n, from + (k+1)/n)` of the span, the last one its end, too. */
  readonly all: readonly number[]
  readonly matching: readonly number[]
  readonly unknown: readonly number[]
  readonly losses: readonly TimelineLoss[]
  readonly failures: readonly TimelineMark[]
  /** Events before this moment are looked at; absent when all are. */
  readonly countedTo?: TimeAnswer
}

/** Counts events by stretches of time. O(columns × log events) beside what finds them. */
export function countEventsOverTime(
  trace: Trace,
  derived: Derived,
  question: EventsHistogramQuestion,
): EventsHistogramAnswer {
  const { length, time } = trace.events
  const { losses, failures } = marksOf(trace, derived)
  if (length === 0) return { all: [], matching: [], unknown: [], losses, failures }
  const { from, to } = traceSpan(trace)
  const columns = Math.max(1, Math.min(4096, Math.floor(question.columns)))
  const starts = Array.from({ length: columns }, (_, at) => findAtLeast(time, from + ((to - from) * at) / columns))
  const edges = [...starts, length]
  const chosen = chooseEvents(trace, derived, question)
  const run = chosen.kind === 'run' ? chosen.run : undefined
  const none = chosen.kind === 'wrong'
  return {
    from: timeAnswer(trace, from),
    to: timeAnswer(trace, to),
    all: between(edges, (row) => row),
    matching: between(edges, (row) => (none ? 0 : (run?.matches.countBefore(row) ?? row))),
    unknown: between(edges, (row) => run?.unknown.countBefore(row) ?? 0),
    losses,
    failures,
    ...(run === undefined || run.isDone ? {} : { countedTo: timeAnswer(trace, time[run.decidedTo]) }),
  }
}

function between(edges: readonly number[], countBefore: (row: number) => number): readonly number[] {
  const counts = edges.map(countBefore)
  return counts.slice(1).map((count, at) => count - counts[at])
}

function marksOf(trace: Trace, derived: Derived): Pick<EventsHistogramAnswer, 'losses' | 'failures'> {
  const { from, to } = traceSpan(trace)
  const losses = timelineLosses(trace, { from, to })
  const failures = derived.findings.flatMap((finding) =>
    finding.range.time === undefined
      ? []
      : [{ time: timeAnswer(trace, finding.range.time), label: failureLabel(finding), failureId: finding.range.id }],
  )
  return { losses, failures }
}
