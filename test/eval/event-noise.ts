import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { HOLD_CLOSED, type HoldRow } from '../../src/derive/holds/hold-table.ts'
import { isRefKind } from '../../src/model/event-kind.ts'
import { type Trace } from '../../src/model/trace.ts'

/** How many reference events are noise: what nobody who looks for a holder has to read. */
export interface EventNoise {
  readonly events: number
  /** Events of holds that were given back within the threshold, and refused or empty operations. */
  readonly balanced: number
  /** Of the rest, events of references that migration expects or takes itself. */
  readonly known: number
  /** What is left: gets and puts of unexpected holds that lasted or were not given back, and of every named culprit. */
  readonly shown: number
}

/** Counts the reference events that stay hidden as balanced or known. O(events + holds). */
export function countEventNoise(trace: Trace, derived: Derived): EventNoise {
  const { holds } = derived
  const isShown = shownHolds(derived)
  const state = new Uint8Array(trace.events.length)
  const mark = (row: number, value: number): void => {
    if (row >= 0 && state[row] < value) state[row] = value
  }
  for (let hold = 0; hold < holds.length; hold++) {
    const value = isShown[hold] === 1 ? SHOWN : isBalanced(derived, hold) ? 0 : KNOWN
    mark(holds.getRow[hold], value)
    mark(holds.putRow[hold], value)
  }
  let events = 0
  let known = 0
  let shown = 0
  for (let row = 0; row < state.length; row++) {
    if (!isRefKind(trace.events.kind[row])) continue
    events++
    if (state[row] === SHOWN) shown++
    else if (state[row] === KNOWN) known++
  }
  return { events, balanced: events - known - shown, known, shown }
}

const KNOWN = 1
const SHOWN = 2

/** One flag per hold: 1 when it is no noise. */
export function shownHolds(derived: Derived): Uint8Array {
  const { holds, findings } = derived
  const shown = new Uint8Array(holds.length)
  for (let hold = 0; hold < holds.length; hold++) {
    if (!REFERENCE_CLASSES[holds.class[hold]].isExpected && !isBalanced(derived, hold)) shown[hold] = 1
  }
  for (const { pages } of findings) {
    for (const { culprits } of pages) for (const { hold } of culprits) if (hold !== undefined) shown[hold] = 1
  }
  return shown
}

function isBalanced({ holds, thresholdNs }: Derived, hold: HoldRow): boolean {
  return holds.kind[hold] === HOLD_CLOSED && holds.to[hold] - holds.from[hold] < thresholdNs
}
