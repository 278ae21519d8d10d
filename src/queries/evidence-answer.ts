import { type Evidence } from '../derive/attribution/finding.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { timeAnswer } from './time-answer.ts'
import { type EvidenceAnswer } from './wire.ts'

/** A fact with its places. `raw` is empty: the text of lines is not in the trace; `fillRawText` adds it. */
export function evidenceAnswer(trace: Trace, evidence: Evidence): EvidenceAnswer {
  const places = evidence.lines.map((line) => placeOf(trace, line))
  if (evidence.row === undefined) return { text: evidence.text, places, raw: [] }
  return { text: evidence.text, places, raw: [], time: timeAnswer(trace, trace.events.time[evidence.row]) }
}
