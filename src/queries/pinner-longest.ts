import { rowsOf } from '../base/group-index.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_BEGAN_BEFORE } from '../derive/holds/hold-table.ts'
import { type Trace } from '../model/trace.ts'
import { holdDurationNs } from './hold-answer.ts'
import { type PinnerTotals } from './pinner-totals.ts'
import { placeOf } from './place.ts'
import { type PlaceAnswer } from './wire.ts'

/**
 * The line to read first of a group: the get of its longest hold, the put of one that began before the trace; the first of
 * equally long ones, as they are listed. Of a group without holds that count the longest of those that are too short.
 */
export function longestPlace(
  trace: Trace,
  { holds }: Derived,
  totals: PinnerTotals,
  group: number,
): PlaceAnswer | undefined {
  const counted = rowsOf(totals.members, group)
  const members = counted.length > 0 ? counted : rowsOf(totals.shorts(), group)
  let [longest, longestNs] = [-1, -1]
  for (let at = 0; at < members.length; at++) {
    const durationNs = holdDurationNs(holds, members[at])
    if (durationNs > longestNs) [longest, longestNs] = [members[at], durationNs]
  }
  if (longest < 0) return undefined
  const row = holds.kind[longest] === HOLD_BEGAN_BEFORE ? holds.putRow[longest] : holds.getRow[longest]
  return placeOf(trace, trace.events.line[row])
}
