import { type Evidence } from '../derive/attribution/finding.ts'
import { namesOfHexFlags } from '../derive/page-flag-names.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { timeAnswer } from './time-answer.ts'
import { type EvidenceAnswer } from './wire.ts'

/** A fact with its places. `raw` is empty: the text of lines is not in the trace; `fillRawText` adds it. */
export function evidenceAnswer(trace: Trace, evidence: Evidence): EvidenceAnswer {
  const places = evidence.lines.map((line) => placeOf(trace, line))
  const { row, text } = evidence
  if (row === undefined) return { text, places, raw: [] }
  return { text: `${text}${flagsText(trace, row)}`, places, raw: [], time: timeAnswer(trace, trace.events.time[row]) }
}

/** Names of flags that the line prints as hex: beside the line, never instead of it. */
function flagsText(trace: Trace, row: EventRow): string {
  const flags = trace.strings.text(trace.shapes.flags[trace.events.shape[row]])
  const names = namesOfHexFlags(trace, flags)
  return names === '' ? '' : `; flags ${flags} are ${names}`
}
