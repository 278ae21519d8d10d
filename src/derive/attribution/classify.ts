import { SET, UNFREEZE, type EventKind } from '../../model/event-kind.ts'
import { type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol, isGenericFrame, isInstrumentationFrame } from '../holder-frame.ts'
import { ENTRY_FRAMES, INTERRUPT_FRAMES } from '../frame-rules.ts'
import { CLASS_RULES, type ClassRule, OPERATION_RULES } from './class-rules.ts'
import { classIndexOf } from './reference-class.ts'
import { framesOfRule, type RuleSet } from './rule-set.ts'

/** References of one FOLL_PIN pin on a small folio (GUP_PIN_COUNTING_BIAS, include/linux/mm.h). */
export const PIN_BIAS = 1024

const [BY_SET, BY_UNFREEZE, BY_AMOUNT] = OPERATION_RULES.map((rule): Ruling => rulingFor(rule))

/** Gives the reference class of an operation from its stack; each distinct stack is judged once. */
export interface Classifier {
  /** Index into `REFERENCE_CLASSES` of an operation that adds (`delta` > 0) or drops references. */
  classOf(kind: EventKind, delta: number, stack: StackId): number
  /** Id of the rule that decides, of `OPERATION_RULES` or of the rule set; empty when none does. */
  ruleOf(kind: EventKind, delta: number, stack: StackId): string
}

const classifiers = new WeakMap<Trace, WeakMap<RuleSet, Classifier>>()

/** The classifier of a trace by a set of rules, made at the first call. O(distinct stacks) over its life. */
export function classifierOf(trace: Trace, rules: RuleSet): Classifier {
  const ofTrace = classifiers.get(trace) ?? new WeakMap<RuleSet, Classifier>()
  classifiers.set(trace, ofTrace)
  const classifier = ofTrace.get(rules) ?? createClassifier(trace, rules)
  ofTrace.set(rules, classifier)
  return classifier
}

function createClassifier(trace: Trace, rules: RuleSet): Classifier {
  const judgments = judgmentsOf(trace, rules)
  const gets = new Int16Array(trace.stacks.length).fill(-1)
  const puts = new Int16Array(trace.stacks.length).fill(-1)
  const rulingOf = (kind: EventKind, delta: number, stack: StackId): Ruling => {
    if (kind === SET) return BY_SET
    if (kind === UNFREEZE) return BY_UNFREEZE
    if (isPinSized(delta)) return BY_AMOUNT
    if (stack < 0) return NO_RULING
    const known = delta < 0 ? puts : gets
    if (known[stack] < 0) known[stack] = judgments.judge(stack, delta < 0 ? 'put' : 'get')
    return judgments.rulings[known[stack]]
  }
  return {
    classOf: (kind, delta, stack) => rulingOf(kind, delta, stack).class,
    ruleOf: (kind, delta, stack) => rulingOf(kind, delta, stack).id,
  }
}

function isPinSized(delta: number): boolean {
  return delta !== 0 && (delta % PIN_BIAS === 0 || delta % (PIN_BIAS - 1) === 0) && Math.abs(delta) >= PIN_BIAS - 1
}

/** What a rule says, compiled. */
interface Ruling {
  readonly id: string
  readonly class: number
  readonly givesWayTo: readonly string[]
  readonly on: ClassRule['on']
  readonly frames: RegExp
  readonly matchesModules: boolean
}

function rulingFor(rule: Pick<ClassRule, 'id' | 'class'> & Partial<ClassRule>): Ruling {
  return {
    id: rule.id,
    class: classIndexOf(rule.class),
    givesWayTo: rule.givesWayTo ?? [],
    on: rule.on ?? 'both',
    frames: framesOfRule({ frames: rule.frames ?? [] }),
    matchesModules: rule.matchesModules ?? false,
  }
}

const NO_RULING: Ruling = rulingFor({ id: '', class: 'unknown' })

interface Judgments {
  /** The last one is `NO_RULING`. */
  readonly rulings: readonly Ruling[]
  /** Position in `rulings`. */
  judge(stack: StackId, on: 'get' | 'put'): number
}

function judgmentsOf(trace: Trace, rules: RuleSet): Judgments {
  const rulings = [...rules.rules.map(rulingFor), NO_RULING]
  const judge = (stack: StackId, on: 'get' | 'put'): number => {
    let decided: Ruling = NO_RULING
    for (const frame of judgedFrames(trace, stack)) {
      const ruling = rulings.find((rule) => isAnsweredBy(rule, frame, on))
      if (ruling === undefined || ruling === decided) continue
      if (decided !== NO_RULING && !givesWay(decided, ruling)) break
      decided = ruling
    }
    return rulings.indexOf(decided)
  }
  return { rulings, judge }
}

const BUILT_IN = new Set(CLASS_RULES.map((rule) => rule.id))

/** A helper that works for its caller works for a caller, too, that only an added rule knows. */
function givesWay(decided: Ruling, further: Ruling): boolean {
  if (decided.givesWayTo.includes(further.id)) return true
  return decided.givesWayTo.length > 0 && further !== NO_RULING && !BUILT_IN.has(further.id)
}

function isAnsweredBy(rule: Ruling, frame: JudgedFrame, on: 'get' | 'put'): boolean {
  if (rule.on !== 'both' && rule.on !== on) return false
  return rule.frames.test(frame.symbol) || (rule.matchesModules && frame.isOfModule)
}

/** One frame as the rules see it. */
interface JudgedFrame {
  readonly symbol: string
  readonly isOfModule: boolean
}

/** Frames from the leaf to where an interrupt or a fault began: what lies beyond was interrupted, and did not ask. */
function judgedFrames(trace: Trace, stack: StackId): readonly JudgedFrame[] {
  const frames = framesOf(trace.stacks, stack)
  const judged: JudgedFrame[] = []
  for (let at = 0; at < frames.length; at++) {
    const text = trace.strings.text(trace.frames.symbol[frames[at]])
    if (isInstrumentationFrame(text)) continue
    const symbol = bareSymbol(text)
    if (INTERRUPT_FRAMES.test(symbol)) break
    judged.push({ symbol, isOfModule: trace.frames.module[frames[at]] >= 0 })
  }
  return judged
}

/** True when nothing but helpers and entry code stands in the stack: it names no holder. */
export function namesNobody(trace: Trace, stack: StackId): boolean {
  return judgedFrames(trace, stack).every(({ symbol }) => isGenericFrame(symbol) || ENTRY_FRAMES.test(symbol))
}
