import { type Derived } from '../../derive/derived.ts'
import { stackHashOf, stackOfHash } from '../../derive/stack-hash.ts'
import { type Trace } from '../../model/trace.ts'
import { holdAnswer, holdDurationNs } from '../hold-answer.ts'
import { likeliest } from '../holders-across.ts'
import { COUNTED, judgeHolds } from '../pinner-choice.ts'
import { NO_STACK, stackAnswer } from '../stack-answer.ts'
import { type HoldAnswer, type StackAnswer } from '../wire.ts'
import { type CompareKeys, compareKeysOf } from './compare-keys.ts'
import { type CompareRowQuestion } from './compare-question.ts'

/** Answer to `compareRow`: what a group is made of in one capture. */
export interface CompareRowAnswer {
  /** Stack of the first example; without frames where none was recorded. */
  readonly stack: StackAnswer
  /** Different stacks of the group's holds. */
  readonly stacks: number
  /** Holds of the group. */
  readonly holds: number
  /** Those that blocked a range first, then the longest. */
  readonly examples: readonly HoldAnswer[]
  /** Ids of the failed ranges that the group is the likeliest holder of a page in, in time order. */
  readonly failures: readonly string[]
}

/** One group of one capture: a few of its holds with their lines, and the ranges that it blocked. O(holds). */
export function findCompareRow(trace: Trace, derived: Derived, question: CompareRowQuestion): CompareRowAnswer {
  const { choice, name, limit } = question
  const keys = compareKeysOf(trace, derived, choice.grouping)
  const key = keys.names.indexOf(name)
  if (key < 0) return { stack: NO_STACK, stacks: 0, holds: 0, examples: [], failures: [] }
  const blocked = blockedBy(derived, keys, key)
  const own = holdsOf(trace, derived, choice, keys, key)
  const longest = own.toSorted((a, b) => holdDurationNs(derived.holds, b) - holdDurationNs(derived.holds, a) || a - b)
  const examples = [...new Set([...blocked.holds, ...longest])].slice(0, limit)
  const answers = examples.map((hold) => holdAnswer(trace, derived, hold))
  return {
    stack: answers.at(0)?.stack ?? namedStack(trace, keys, key),
    stacks: new Set(own.map((hold) => stackHashOf(trace, derived.holds.stack[hold]))).size,
    holds: own.length,
    examples: answers,
    failures: blocked.ranges,
  }
}

function holdsOf(
  trace: Trace,
  derived: Derived,
  choice: CompareRowQuestion['choice'],
  { keyOf }: CompareKeys,
  key: number,
): readonly number[] {
  const verdicts = judgeHolds(trace, derived, { ...choice, thresholdNs: 0 })
  const found: number[] = []
  for (let hold = 0; hold < verdicts.length; hold++)
    if (keyOf[hold] === key && verdicts[hold] === COUNTED) found.push(hold)
  return found
}

function blockedBy(
  derived: Derived,
  { keyOf, keyOfCulprit }: CompareKeys,
  key: number,
): { readonly holds: readonly number[]; readonly ranges: readonly string[] } {
  const holds: number[] = []
  const ranges = new Set<string>()
  for (const { range, pages } of derived.findings) {
    for (const culprit of pages.flatMap(likeliest)) {
      if ((culprit.hold === undefined ? keyOfCulprit(culprit) : keyOf[culprit.hold]) !== key) continue
      ranges.add(range.id)
      if (culprit.hold !== undefined) holds.push(culprit.hold)
    }
  }
  return { holds, ranges: [...ranges] }
}

/** Of a stack that no hold that counts has: page_pinner alone tells of it. */
function namedStack(trace: Trace, { stacks }: CompareKeys, key: number): StackAnswer {
  const stack = stacks[key] === '' ? undefined : stackOfHash(trace, stacks[key])
  return stack === undefined ? NO_STACK : stackAnswer(trace, stack)
}
