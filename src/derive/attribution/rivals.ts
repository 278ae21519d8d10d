import { rowsOf } from '../../base/group-index.ts'
import { type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { HOLD_CLOSED, type HoldRow } from '../holds/hold-table.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { PIN_BIAS } from './classify.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'

const GUP_PIN = classIndexOf('gup_pin')

/**
 * Holds that were answered before the failure by a put which might as well have answered `hold`: put by a task that got
 * neither, for the same amount, with nothing in the stacks to tell the gets apart. One of them stayed, and which is not
 * known: two captures queued by two programs are given back by one worker.
 */
export function rivalsOf(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
  hold: HoldRow,
): readonly HoldRow[] {
  const { holds, lifetimes } = derived
  const rivals: HoldRow[] = []
  const rows = rowsOf(holds.byPage, state.page)
  for (let at = 0; at < rows.length; at++) {
    const other = rows[at]
    const isOfLife = holds.from[other] >= lifetimes.from[state.life] && holds.from[other] <= attempt.at
    const isAnsweredMeanwhile =
      holds.kind[other] === HOLD_CLOSED && holds.to[other] > holds.from[hold] && holds.to[other] <= attempt.at
    if (isOfLife && isAnsweredMeanwhile && areAlike(trace, derived, hold, other)) rivals.push(other)
  }
  return rivals
}

function areAlike(trace: Trace, derived: Derived, hold: HoldRow, other: HoldRow): boolean {
  const { holds } = derived
  const put = holds.putRow[other]
  const isPutByOwner = trace.contexts.task[trace.events.context[put]] === holds.task[other]
  const isSameOwner = holds.task[hold] === holds.task[other] && holds.stack[hold] === holds.stack[other]
  const isExpected = REFERENCE_CLASSES[holds.class[other]].isExpected
  if (isExpected || isPutByOwner || isSameOwner || !isSameAmount(derived, hold, other)) return false
  const stacks = [getStack(trace, derived, hold), getStack(trace, derived, other)]
  const [name, otherName] = stacks.map((stack) => holderFrameOf(trace, stack).symbol)
  return name === otherName || stacks.some((stack) => stack < 0) || trace.events.stack[put] < 0
}

/** A pin of which one of its two events was lost may be given back as a whole. */
function isSameAmount(derived: Derived, hold: HoldRow, other: HoldRow): boolean {
  const { holds } = derived
  const isHalf = (row: HoldRow): boolean => holds.class[row] === GUP_PIN && holds.units[row] % PIN_BIAS !== 0
  const arePins = holds.class[hold] === GUP_PIN && holds.class[other] === GUP_PIN
  return holds.units[hold] === holds.units[other] || (arePins && isHalf(hold) !== isHalf(other))
}

function getStack(trace: Trace, derived: Derived, hold: HoldRow): StackId {
  const get = derived.holds.getRow[hold]
  return get < 0 ? derived.holds.stack[hold] : trace.events.stack[get]
}
