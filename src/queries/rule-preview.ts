import { type ClassRule } from '../derive/attribution/class-rules.ts'
import { type Classifier, classifierOf, frameFinderOf } from '../derive/attribution/classify.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type FieldProblem, parseRule } from '../derive/attribution/rule-file.ts'
import { chooseRules, originOf, type RuleSet } from '../derive/attribution/rule-set.ts'
import { type Derived } from '../derive/derived.ts'
import { stackHashesOf } from '../derive/stack-hash.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { ruleThatWouldDecide } from './rule-of-hold.ts'
import { holderText } from './stack-answer.ts'
import { stackOperationsOf } from './stack-operations.ts'

/** What a rule would do that is being written: nothing is changed by asking. */
export interface RulePreviewQuestion {
  /** The rule as it would stand in a rule file; plain JSON, right or wrong. */
  readonly rule: unknown
}

/** One stack that fits the rule. */
export interface PreviewedStack {
  readonly hash: string
  /** The frame that names its holder, and the one that fits. */
  readonly holder: string
  readonly frame: string
  readonly events: number
  /** Rule and class that decide now, and that would. The id is empty when none does. */
  readonly rule: string
  readonly class: ReferenceClassId
  readonly ruleThen: string
  readonly classThen: ReferenceClassId
}

/** Answer to `rulePreview`: what is wrong and in which field, or what the rule would do. */
export type RulePreviewAnswer =
  | { readonly isRight: false; readonly problem: FieldProblem }
  | {
      readonly isRight: true
      /** Stacks with a frame that fits, and their events; those that the rule would decide. */
      readonly fits: { readonly stacks: number; readonly events: number }
      readonly decides: { readonly stacks: number; readonly events: number; readonly holds: number }
      /** Holds that would be expected and hidden, and those that would be no more, before they are paired anew. */
      readonly hides: number
      readonly reveals: number
      /** The first stacks that fit, most events first; those that it would decide before the others. */
      readonly stacks: readonly PreviewedStack[]
    }

const STACKS_SHOWN = 50

/** Tries a rule on every stack of the capture. O(distinct stacks × rules + holds). */
export function previewRule(trace: Trace, derived: Derived, question: RulePreviewQuestion): RulePreviewAnswer {
  const parsed = parseRule(question.rule)
  if (!parsed.ok) return { isRight: false, problem: parsed.error }
  const rule = parsed.value
  const then = classifierOf(trace, withRule(derived.rules, rule))
  const now = classifierOf(trace, derived.rules)
  const stacks = fittingStacks(trace, rule, now, then)
  const decided = stacks.filter(({ ruleThen }) => ruleThen === rule.id)
  return {
    isRight: true,
    fits: { stacks: stacks.length, events: eventsOf(stacks) },
    decides: { stacks: decided.length, events: eventsOf(decided), ...holdsDecided(trace, derived, rule.id, then) },
    ...holdsMoved(trace, derived, now, then),
    stacks: [...decided, ...stacks.filter(({ ruleThen }) => ruleThen !== rule.id)].slice(0, STACKS_SHOWN),
  }
}

function withRule(set: RuleSet, rule: ClassRule): RuleSet {
  const own = [...set.rules, ...set.disabled].filter((known) => originOf(known) !== 'pinscope')
  return chooseRules({
    extraRules: [...own, rule],
    disabledRuleIds: set.disabled.map(({ id }) => id).filter((id) => id !== rule.id),
  })
}

/** Stacks with the same function names are one; most events first. */
function fittingStacks(trace: Trace, rule: ClassRule, now: Classifier, then: Classifier): readonly PreviewedStack[] {
  const { groupOf, hashes } = stackHashesOf(trace)
  const findFrame = frameFinderOf(rule)
  const found = new Map<string, PreviewedStack>()
  for (const { stack, kind, delta, events } of stackOperationsOf(trace)) {
    const isAskedFor = rule.on === 'both' || (rule.on === 'get') === delta > 0
    const frame = isAskedFor ? findFrame(trace, stack) : undefined
    if (frame === undefined) continue
    const hash = hashes[groupOf[stack]]
    const ruleThen = then.ruleOf(kind, delta, stack)
    // One stack can get and put; what a rule decides of either is told apart.
    const key = `${hash}:${ruleThen}`
    const known = found.get(key)
    found.set(key, {
      hash,
      holder: holderText(trace, stack satisfies StackId),
      frame,
      events: (known?.events ?? 0) + events,
      rule: now.ruleOf(kind, delta, stack),
      class: REFERENCE_CLASSES[now.classOf(kind, delta, stack)].id,
      ruleThen,
      classThen: REFERENCE_CLASSES[then.classOf(kind, delta, stack)].id,
    })
  }
  return [...found.values()].toSorted((a, b) => b.events - a.events)
}

function eventsOf(stacks: readonly PreviewedStack[]): number {
  return stacks.reduce((sum, { events }) => sum + events, 0)
}

function holdsDecided(trace: Trace, derived: Derived, id: string, then: Classifier): { readonly holds: number } {
  let holds = 0
  for (let hold = 0; hold < derived.holds.length; hold++)
    if (ruleThatWouldDecide(trace, derived, then, hold) === id) holds++
  return { holds }
}

function holdsMoved(
  trace: Trace,
  { holds }: Derived,
  now: Classifier,
  then: Classifier,
): { readonly hides: number; readonly reveals: number } {
  let hides = 0
  let reveals = 0
  for (let hold = 0; hold < holds.length; hold++) {
    const isGet = holds.getRow[hold] >= 0
    const row = isGet ? holds.getRow[hold] : holds.putRow[hold]
    const delta = isGet ? holds.units[hold] : -holds.units[hold]
    const { kind, stack } = trace.events
    const before = REFERENCE_CLASSES[now.classOf(kind[row], delta, stack[row])].isExpected
    const after = REFERENCE_CLASSES[then.classOf(kind[row], delta, stack[row])].isExpected
    if (!before && after) hides++
    if (before && !after) reveals++
  }
  return { hides, reveals }
}
