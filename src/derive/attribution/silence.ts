import { oncePer } from '../../base/once-per.ts'
import { type EventRow } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'

/** A stretch without any event, between two rows that follow each other. Times are ns since the trace's zero. */
export interface Silence {
  /** The last event before it. */
  readonly row: EventRow
  readonly from: number
  readonly to: number
}

/** A running kernel touches pages all the time; a filtered trace is silent for less than this unless it was paused. */
const SHORTEST_NS = 1_000_000_000

/**
 * The longest silence after an event: what a trace looks like that was paused (`tracing_on`) while state was dumped.
 * Undefined when no silence lasts a second, or when the clock counts and has no seconds. O(events) once a trace.
 */
export function longestSilenceAfter(trace: Trace, row: EventRow): Silence | undefined {
  return silencesOf(trace)
    .filter((silence) => silence.row >= row)
    .reduce<Silence | undefined>(
      (longest, one) => (longest && lengthOf(longest) >= lengthOf(one) ? longest : one),
      undefined,
    )
}

/** The first such silence after an event. */
export function firstSilenceAfter(trace: Trace, row: EventRow): Silence | undefined {
  return silencesOf(trace).find((silence) => silence.row >= row)
}

function lengthOf({ from, to }: Silence): number {
  return to - from
}

/** All such silences, ascending in time. */
export const silencesOf = oncePer((trace: Trace): readonly Silence[] => {
  if (trace.clock.style.unit === 'counts') return []
  const { time, length } = trace.events
  const silences: Silence[] = []
  for (let row = 1; row < length; row++) {
    if (time[row] - time[row - 1] >= SHORTEST_NS && isAllThere(trace, row))
      silences.push({ row: (row - 1) as EventRow, from: time[row - 1], to: time[row] })
  }
  return silences
})

/** False where lines between two events were left out: in a slice, nothing is known of what happened between them. */
function isAllThere({ events: { line }, files }: Trace, row: number): boolean {
  const [before, after] = [fileLineOf({ files }, line[row - 1]), fileLineOf({ files }, line[row])]
  const { excerpt, firstLine } = files[before.file]
  if (excerpt === undefined) return files[after.file].excerpt === undefined
  if (before.file !== after.file || line[row] < line[row - 1]) return false
  for (let at = line[row - 1] - firstLine; at < line[row] - firstLine; at++)
    if (excerpt.lines[at + 1] > excerpt.lines[at] + 1) return false
  return true
}
