import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { NO_NOISE, type NoiseRules, noiseRulesOf } from './noise-rules.ts'
import { pinnerFilter } from './pinner-filter.ts'
import { unseparatedHolds } from './unseparated.ts'

/** Which holds count. */
export interface HoldChoice {
  /** Holds shorter than this are left out (their number is in the answer), where the clock tells time. ns. */
  readonly thresholdNs: number
  /** True to list holds of classes that migration expects as well. */
  readonly includeExpected: boolean
  /** Noise rules, by id or by class, whose holds are listed though they are expected. None when absent. */
  readonly shownRules?: readonly string[]
  /** Substring of any symbol of the stack, a comm, or a pid; empty = all. */
  readonly filter: string
}

/** Holds left out, by why. */
export interface HiddenHolds {
  readonly expected: number
  readonly short: number
}

/** The filter leaves the hold out: it was not asked for, and is not counted as hidden. */
export const NOT_ASKED = 0
/** The hold counts. */
export const COUNTED = 1
/** Hidden: shorter than the threshold. */
export const HIDDEN_SHORT = 2
/** Hidden: migration expects such references. */
export const HIDDEN_EXPECTED = 3

/** Decides for every hold whether it counts: one of the constants above each. O(holds), no object a hold. */
export function judgeHolds(trace: Trace, derived: Derived, choice: HoldChoice): Uint8Array {
  const { holds } = derived
  const { groupOf } = stackHashesOf(trace)
  const filter = pinnerFilter(trace, choice.filter)
  const noise = noiseRulesOf(trace, derived)
  const hides = hidingFlags(noise, choice)
  const unseparated = unseparatedHolds(derived)
  const isLimited = hasDurations(trace)
  const verdicts = new Uint8Array(holds.length)
  for (let hold = 0; hold < holds.length; hold++) {
    if (filter !== undefined) {
      const stack = holds.stack[hold]
      const task = holds.task[hold]
      const isAsked = (stack >= 0 && filter.groups[groupOf[stack]] === 1) || (task >= 0 && filter.tasks[task] === 1)
      if (!isAsked) continue
    }
    const rule = noise.ruleOf[hold]
    if (rule !== NO_NOISE && hides[rule] === 1) verdicts[hold] = HIDDEN_EXPECTED
    else if (isLimited && isShort(holds, hold, choice) && unseparated.get(hold)?.isPutOpenToDoubt !== true)
      verdicts[hold] = HIDDEN_SHORT
    else verdicts[hold] = COUNTED
  }
  return verdicts
}

/** False when the trace clock counts: a number of counts is no time, and no hold is short or long by it. */
export function hasDurations({ clock }: Pick<Trace, 'clock'>): boolean {
  return clock.style.unit !== 'counts'
}

function isShort(holds: HoldTable, hold: number, { thresholdNs }: HoldChoice): boolean {
  return holds.to[hold] - holds.from[hold] < thresholdNs
}

/** One flag for each noise rule: 1 when its holds are hidden. */
export function hidingFlags({ rules }: NoiseRules, { includeExpected, shownRules = [] }: HoldChoice): Uint8Array {
  const shown = new Set(shownRules)
  return Uint8Array.from(rules, (rule) => (includeExpected || shown.has(rule.id) || shown.has(rule.class) ? 0 : 1))
}

/** How many holds are hidden, by why. `isWithin` tells which to look at; all when absent. O(holds). */
export function countHidden(verdicts: Uint8Array, isWithin?: (hold: number) => boolean): HiddenHolds {
  let expected = 0
  let short = 0
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] <= COUNTED || isWithin?.(hold) === false) continue
    if (verdicts[hold] === HIDDEN_EXPECTED) expected++
    else short++
  }
  return { expected, short }
}
