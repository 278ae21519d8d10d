import { type Derived } from '../derive/derived.ts'
import { isRefKind } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'
import { COUNTED, HIDDEN_SHORT, type HoldChoice, judgeHolds } from './pinner-choice.ts'

/** The events of a trace that change a reference count, each in one part. */
export interface EventNoise {
  readonly events: number
  /** Left to read: gets and puts of holds that count, and of every holder that a failed range names. */
  readonly shown: number
  /** Of the rest, gets and puts of a hold that migration expects. */
  readonly expected: number
  /** Of the rest, gets and puts of holds shorter than the threshold. */
  readonly short: number
  /** Part of no hold: the kernel refused the operation, or it changed nothing. */
  readonly unpaired: number
}

const SHORT = 1
const EXPECTED = 2
const SHOWN = 3

/** Counts the reference events that somebody who looks for a holder need not read. O(holds + events). */
export function countEventNoise(trace: Trace, derived: Derived, choice: HoldChoice): EventNoise {
  const { holds } = derived
  const verdicts = judgeHolds(trace, derived, choice)
  for (const hold of namedHolds(derived)) verdicts[hold] = COUNTED
  const parts = new Uint8Array(trace.events.length)
  for (let hold = 0; hold < holds.length; hold++) {
    const part = partOf(verdicts[hold])
    raise(parts, holds.getRow[hold], part)
    raise(parts, holds.putRow[hold], part)
  }
  const counts = new Float64Array(SHOWN + 1)
  for (let row = 0; row < parts.length; row++) if (isRefKind(trace.events.kind[row])) counts[parts[row]]++
  const [unpaired, short, expected, shown] = counts
  return { events: unpaired + short + expected + shown, shown, expected, short, unpaired }
}

/** Holds of the holders of all blocking pages: a report shows them however short they were. */
function namedHolds({ findings }: Derived): readonly number[] {
  const culprits = findings.flatMap(({ pages }) => pages.flatMap((page) => page.culprits))
  return culprits.flatMap(({ hold }) => hold ?? [])
}

function partOf(verdict: number): number {
  if (verdict === COUNTED) return SHOWN
  return verdict === HIDDEN_SHORT ? SHORT : EXPECTED
}

/** One event may end a hold and begin another: it counts where it matters most. */
function raise(parts: Uint8Array, row: number, part: number): void {
  if (row >= 0 && parts[row] < part) parts[row] = part
}
