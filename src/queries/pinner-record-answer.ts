import { formatDuration } from '../base/clock.ts'
import { pinnerRowsOfPage } from '../derive/folio-facts.ts'
import { pinnerClockNote, pinnerTimeText } from '../derive/pinner-clock.ts'
import { pinnerCountText } from '../derive/pinner-count.ts'
import { pinnerRingNote } from '../derive/pinner-rings.ts'
import { notRecorded } from '../derive/special-stacks.ts'
import { PINNER_FAILED, PINNER_FREED, PINNER_GET, PINNER_PUT } from '../model/pinner-table.ts'
import { type Trace } from '../model/trace.ts'
import { type PinnerRecordAnswer } from './page-facts.ts'
import { placeOf } from './place.ts'
import { holderText, stackAnswer } from './stack-answer.ts'
import { depthNote } from './stack-depth.ts'

const KINDS = { [PINNER_GET]: 'get', [PINNER_PUT]: 'put', [PINNER_FREED]: 'freed', [PINNER_FAILED]: 'failed' } as const

/** What page_pinner recorded of a page and its folio, in the order of the files: newest first within each. */
export function pinnerRecordAnswers(trace: Trace, pfn: number): readonly PinnerRecordAnswer[] {
  return pinnerRowsOfPage(trace, pfn).map((row) => pinnerRecordAnswer(trace, row))
}

/** What goes for all records of a page: their clock, when one has a time, and a ring that may have wrapped. */
export function pinnerNotes(trace: Trace, records: readonly PinnerRecordAnswer[]): readonly string[] {
  const hasTime = records.some(({ timeText }) => timeText !== '')
  return [hasTime ? pinnerClockNote(trace) : '', pinnerRingNote(trace)].filter((note) => note !== '')
}

/** `put at 3.230417 of CLOCK_BOOTTIME, after at least 2.099 s`: when a record alone knows a holder. */
export function recordText(trace: Trace, row: number): string {
  const { kind, timeText, durationText } = pinnerRecordAnswer(trace, row)
  const at = timeText === '' ? '' : ` at ${timeText} of CLOCK_BOOTTIME`
  const long = durationText === '' ? '' : `, held ${durationText}`
  return `${kind}${at}${long}`
}

/** `at least 2.099 s`; empty when the record has no duration. */
function atLeastText(elapsedUs: number): string {
  return elapsedUs < 0 ? '' : `at least ${formatDuration(elapsedUs * 1000)}`
}

/** One record. */
export function pinnerRecordAnswer(trace: Trace, row: number): PinnerRecordAnswer {
  const { pinners, strings } = trace
  const standIn = notRecorded(trace, pinners.stack[row])
  return {
    pfn: pinners.pfn[row],
    kind: KINDS[pinners.kind[row]],
    timeText: pinners.tsUs[row] < 0 ? '' : pinnerTimeText(pinners.tsUs[row]),
    durationText: atLeastText(pinners.elapsedUs[row]),
    count: pinners.count[row],
    countText: pinnerCountText(trace, row),
    mapcount: pinners.mapcount[row],
    flags: strings.text(pinners.flags[row]),
    holder: standIn === '' ? holderText(trace, pinners.stack[row]) : '',
    notRecorded: standIn,
    depthNote: depthNote(trace, pinners.stack[row]),
    stack: stackAnswer(trace, pinners.stack[row]),
    place: placeOf(trace, pinners.line[row]),
  }
}
