import { type Derived } from '../derive/derived.ts'
import { type HoldRow, type HoldTable } from '../derive/holds/hold-table.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { holdAnswer, holdDurationNs } from './hold-answer.ts'
import { countHidden, COUNTED, type HiddenHolds, type HoldChoice, judgeHolds } from './pinner-choice.ts'
import { holdKeysOf, type PinnerGrouping } from './pinner-keys.ts'
import { type HoldAnswer } from './wire.ts'

/** The holds of one stack, those of one group alone if given. */
export interface PinnerHoldsQuestion extends HoldChoice {
  /** Empty for the holds whose stack was not recorded. */
  readonly stackHash: string
  readonly within?: { readonly grouping: PinnerGrouping; readonly group: string }
  readonly offset: number
  readonly limit: number
}

/** Answer to `pinnerHolds`, longest first. */
export interface PinnerHoldsAnswer {
  readonly total: number
  readonly offset: number
  readonly rows: readonly HoldAnswer[]
  /** Holds of the stack that are left out, by why. */
  readonly hidden: HiddenHolds
}

/** The holds of one stack that count, longest first. O(holds). */
export function findPinnerHolds(trace: Trace, derived: Derived, question: PinnerHoldsQuestion): PinnerHoldsAnswer {
  const { holds } = derived
  const isWithin = membership(trace, derived, question)
  const verdicts = judgeHolds(trace, derived, question)
  const found: HoldRow[] = []
  for (let hold = 0; hold < holds.length; hold++) if (verdicts[hold] === COUNTED && isWithin(hold)) found.push(hold)
  const window = longestFirst(holds, found, question.offset, question.limit)
  return {
    total: found.length,
    offset: question.offset,
    rows: window.map((hold) => holdAnswer(trace, derived, hold)),
    hidden: countHidden(verdicts, isWithin),
  }
}

function membership(
  trace: Trace,
  derived: Derived,
  { stackHash, within }: PinnerHoldsQuestion,
): (hold: HoldRow) => boolean {
  const { groupOf, byHash } = stackHashesOf(trace)
  const { stack } = derived.holds
  const wanted = stackHash === '' ? -1 : (byHash.get(stackHash) ?? -2)
  const isOfStack = (hold: HoldRow): boolean => (stack[hold] < 0 ? -1 : groupOf[stack[hold]]) === wanted
  if (within === undefined) return isOfStack
  const { keyOf, find } = holdKeysOf(trace, derived, within.grouping)
  const group = find(within.group)
  return (hold) => keyOf[hold] === group && isOfStack(hold)
}

/**
 * Rows `offset … offset + limit` of the holds by falling duration, equal ones as they come. Only durations are sorted,
 * as numbers: a stack may have a million holds, of which a window is shown.
 */
export function longestFirst(
  holds: HoldTable,
  found: readonly HoldRow[],
  offset: number,
  limit: number,
): readonly HoldRow[] {
  if (offset >= found.length || limit <= 0) return []
  const durations = Float64Array.from(found, (hold) => holdDurationNs(holds, hold)).sort()
  const shortest = durations[Math.max(0, found.length - offset - limit)]
  const longest = durations[found.length - 1 - offset]
  const isNear = (hold: HoldRow): boolean => {
    const duration = holdDurationNs(holds, hold)
    return duration >= shortest && duration <= longest
  }
  const longer = found.reduce((count, hold) => (holdDurationNs(holds, hold) > longest ? count + 1 : count), 0)
  return found
    .filter(isNear)
    .sort((a, b) => holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b)
    .slice(offset - longer, offset - longer + limit)
}
