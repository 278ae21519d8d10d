import { classifierOf } from '../derive/attribution/classify.ts'
import { type Derived } from '../derive/derived.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { COUNTED, type HoldChoice, judgeHolds, NOT_ASKED } from './pinner-choice.ts'
import { ruleOfHold } from './rule-of-hold.ts'
import { stackOperationsOf } from './stack-operations.ts'

/** What one rule decides in a capture. */
export interface RuleCounts {
  /** Different stacks, and the operations on counts that they did. */
  readonly stacks: number
  readonly events: number
  /** Holds that it put into their class: see `ruleOfHold`. */
  readonly holds: number
  /** Of these not listed among the pinners. */
  readonly hidden: number
}

/** Nothing at all. */
export const NO_COUNTS: RuleCounts = { stacks: 0, events: 0, holds: 0, hidden: 0 }

/** What every rule decides, by id; `page-told-…` for what a page told itself, the empty id
 * for what nothing decides. O(distinct stacks + holds). */
export function countByRule(trace: Trace, derived: Derived, choice: HoldChoice): ReadonlyMap<string, RuleCounts> {
  const classifier = classifierOf(trace, derived.rules)
  const counts = new Map<string, { stacks: Set<number>; events: number; holds: number; hidden: number }>()
  const of = (id: string): { stacks: Set<number>; events: number; holds: number; hidden: number } => {
    const known = counts.get(id) ?? { stacks: new Set<number>(), events: 0, holds: 0, hidden: 0 }
    counts.set(id, known)
    return known
  }
  const { groupOf } = stackHashesOf(trace)
  for (const { kind, delta, stack, events } of stackOperationsOf(trace)) {
    const entry = of(classifier.ruleOf(kind, delta, stack))
    entry.events += events
    entry.stacks.add(groupOf[stack])
  }
  const verdicts = judgeHolds(trace, derived, choice)
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] === NOT_ASKED) continue
    const entry = of(ruleOfHold(trace, derived, classifier, hold))
    entry.holds++
    if (verdicts[hold] !== COUNTED) entry.hidden++
  }
  return new Map([...counts].map(([id, entry]) => [id, { ...entry, stacks: entry.stacks.size }]))
}
