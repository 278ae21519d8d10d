import { formatTime } from '../../base/clock.ts'
import { type Derived } from '../derived.ts'
import { HOLD_CLOSED, type HoldRow } from '../holds/hold-table.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { isUnexpected } from './candidate.ts'
import { declarationOf } from './declared.ts'
import { inFrame, taskText } from './evidence.ts'
import { type Evidence } from './finding.ts'
import { type Attempt, isScannedWithin, type PageState } from './page-state.ts'

/** Holds told of one kind; a page that is looked at again and again has many. */
const HOLDS_SHOWN = 3

/**
 * Says when the isolating scan and the failure met different holds of a page: the scan skips a page that is held, and
 * what it was held by may be gone when test_pages_isolated() reports it, while another has come. Each alone would have
 * blocked. Nothing when one hold spans both, or when there is none at one of the two.
 */
export function scanHoldsEvidence(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
): readonly Evidence[] {
  const { holds } = derived
  const isOpenAt = (hold: HoldRow, time: number): boolean => holds.from[hold] <= time && holds.to[hold] >= time
  const unexpected = state.holds.filter(
    (hold) =>
      holds.getRow[hold] !== NONE &&
      isUnexpected(holds.class[hold]) &&
      declarationOf(trace, derived, hold) === undefined,
  )
  const atFailure = unexpected.filter((hold) => isOpenAt(hold, attempt.at))
  if (atFailure.length === 0) return []
  if (atFailure.some((hold) => isScannedWithin(trace, state, holds.from[hold], holds.to[hold]))) return []
  const scan = state.scans.findLast((row) => unexpected.some((hold) => isOpenAt(hold, trace.events.time[row])))
  if (scan === undefined) return []
  const gone = unexpected.filter((hold) => isOpenAt(hold, trace.events.time[scan]) && holds.kind[hold] === HOLD_CLOSED)
  if (gone.length === 0) return []
  return [twoHolds(trace, derived, scan, gone.slice(0, HOLDS_SHOWN), atFailure.slice(0, HOLDS_SHOWN))]
}

function twoHolds(
  trace: Trace,
  { holds }: Derived,
  scan: EventRow,
  gone: readonly HoldRow[],
  met: readonly HoldRow[],
): Evidence {
  const { events, clock } = trace
  const who = (hold: HoldRow): string =>
    `${taskText(trace, holds.getRow[hold])}${inFrame(trace, holds.stack[hold])} from ${formatTime(holds.from[hold], clock)}`
  const before = gone.map((hold) => `${who(hold)}, put at ${formatTime(holds.to[hold], clock)}`).join('; ')
  const after = met.map(who).join('; ')
  return {
    text: `the scan at ${formatTime(events.time[scan], clock)} and the failure met different holds, each of which blocks: the scan that of ${before}; the failure that of ${after}`,
    lines: [
      events.line[scan],
      ...gone.flatMap((hold) => [events.line[holds.getRow[hold]], events.line[holds.putRow[hold]]]),
      ...met.map((hold) => events.line[holds.getRow[hold]]),
    ],
    row: scan,
  }
}
