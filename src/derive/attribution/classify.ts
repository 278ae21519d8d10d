import { SET, UNFREEZE, type EventKind } from '../../model/event-kind.ts'
import { type StackId, type StringId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol, isGenericFrame, isInstrumentationFrame } from '../holder-frame.ts'
import { ENTRY_FRAMES, FILE_SYSTEM_MODULES, INTERRUPT_FRAMES } from '../frame-rules.ts'
import { CLASS_RULES, type ClassRule, OPERATION_RULES } from './class-rules.ts'
import { classIndexOf } from './reference-class.ts'
import { type FramePatterns, framesOfRule, type RuleSet } from './rule-set.ts'

/** References of one FOLL_PIN pin on a small folio (GUP_PIN_COUNTING_BIAS, include/linux/mm.h). */
export const PIN_BIAS = 1024

const MAPPING = classIndexOf('mapping')
const PAGE_CACHE = classIndexOf('page_cache')

const KNOWN = new Set([...CLASS_RULES, ...OPERATION_RULES].map((rule) => rule.id))

const [BY_SET, BY_UNFREEZE, BY_AMOUNT] = OPERATION_RULES.map((rule): Ruling => rulingFor(rule))

/** Gives the reference class of an operation from its stack; each distinct stack is judged once. */
export interface Classifier {
  /** Index into `REFERENCE_CLASSES` of an operation that adds (`delta` > 0) or drops references. */
  classOf(kind: EventKind, delta: number, stack: StackId): number
  /** Id of the rule that decides, of `OPERATION_RULES` or of the rule set; empty when none does. */
  ruleOf(kind: EventKind, delta: number, stack: StackId): string
  /** True when a rule decides that a person added: it comes before what the amount tells. */
  isAdded(kind: EventKind, delta: number, stack: StackId): boolean
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
    const isPin = isPinSized(delta)
    if (stack < 0) return isPin ? BY_AMOUNT : NO_RULING
    const known = delta < 0 ? puts : gets
    if (known[stack] < 0) known[stack] = judgments.judge(stack, delta < 0 ? 'put' : 'get')
    const ruling = judgments.rulings[known[stack]]
    return isPin && !ruling.isAdded && !movesPages(ruling) ? BY_AMOUNT : ruling
  }
  return {
    classOf: (kind, delta, stack) => rulingOf(kind, delta, stack).class,
    ruleOf: (kind, delta, stack) => rulingOf(kind, delta, stack).id,
    isAdded: (kind, delta, stack) => rulingOf(kind, delta, stack).isAdded,
  }
}

/** True for a change of the count that FOLL_PIN alone makes: a multiple of 1024, or of 1023 (the second half of one). */
export function isPinSized(delta: number): boolean {
  if (delta < PIN_BIAS - 1 && delta > 1 - PIN_BIAS) return false
  return delta % PIN_BIAS === 0 || delta % (PIN_BIAS - 1) === 0
}

/**
 * True for classes that take a reference for each page of a folio: one of 1024 pages and more, which arm64 has with
 * pages of 16 and 64 KiB, is given that many at once (mm/filemap.c __filemap_add_folio(), filemap_map_folio_range()).
 */
function movesPages({ class: given }: Ruling): boolean {
  return given === MAPPING || given === PAGE_CACHE
}

/** What a rule says, compiled. */
interface Ruling {
  readonly id: string
  readonly class: number
  /** Undefined for a rule that is no helper. */
  readonly givesWayTo: readonly string[] | undefined
  /** A person added it. */
  readonly isAdded: boolean
  readonly on: ClassRule['on']
  readonly frames: FramePatterns
  readonly matchesModules: boolean
}

function rulingFor(rule: Pick<ClassRule, 'id' | 'class'> & Partial<ClassRule>): Ruling {
  return {
    id: rule.id,
    class: classIndexOf(rule.class),
    givesWayTo: rule.givesWayTo,
    isAdded: rule.id !== '' && !KNOWN.has(rule.id),
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
  const known = { get: new Map<string, Ruling | undefined>(), put: new Map<string, Ruling | undefined>() }
  const rulingOn = (frame: JudgedFrame, on: 'get' | 'put'): Ruling | undefined => {
    const key = frame.isOfModule ? `${frame.symbol} [` : frame.symbol
    if (!known[on].has(key))
      known[on].set(
        key,
        rulings.find((rule) => isAnsweredBy(rule, frame, on)),
      )
    return known[on].get(key)
  }
  const judge = (stack: StackId, on: 'get' | 'put'): number => {
    let decided: Ruling = NO_RULING
    for (const frame of judgedFrames(trace, stack)) {
      const ruling = rulingOn(frame, on)
      if (ruling === undefined || ruling === decided) continue
      if (decided !== NO_RULING && !givesWay(decided, ruling)) break
      decided = ruling
    }
    return rulings.indexOf(decided)
  }
  return { rulings, judge }
}

/** A helper that works for its caller works for a caller, too, that only an added rule knows. */
function givesWay({ givesWayTo }: Ruling, further: Ruling): boolean {
  return givesWayTo !== undefined && (further.isAdded || givesWayTo.includes(further.id))
}

function isAnsweredBy(rule: Ruling, frame: JudgedFrame, on: 'get' | 'put'): boolean {
  if (rule.on !== 'both' && rule.on !== on) return false
  return rule.frames.test(frame.symbol) || (rule.matchesModules && frame.isOfModule)
}

/** One frame as the rules and the known pairs see it. */
export interface JudgedFrame {
  /** Function name without what the compiler adds. */
  readonly symbol: string
  /** Its module; NONE when it is of none, or none is printed. */
  readonly module: StringId
  /** The frame is of a module that keeps pages on its own account: not of a file system. */
  readonly isOfModule: boolean
}

/** Frames from the leaf to where an interrupt or a fault began: what lies beyond was interrupted, and did not ask. */
export function judgedFrames(trace: Trace, stack: StackId): readonly JudgedFrame[] {
  const frames = framesOf(trace.stacks, stack)
  const judged: JudgedFrame[] = []
  for (let at = 0; at < frames.length; at++) {
    const text = trace.strings.text(trace.frames.symbol[frames[at]])
    if (isInstrumentationFrame(text)) continue
    const symbol = bareSymbol(text)
    if (INTERRUPT_FRAMES.test(symbol)) break
    const module = trace.frames.module[frames[at]]
    judged.push({ symbol, module, isOfModule: module >= 0 && !FILE_SYSTEM_MODULES.test(trace.strings.text(module)) })
  }
  return judged
}

/** Finds the frame of a stack, nearest to the tracepoint, that a rule knows, whatever decides in the end; undefined for none. */
export function frameFinderOf(rule: ClassRule): (trace: Trace, stack: StackId) => string | undefined {
  const ruling = rulingFor({ ...rule, on: 'both' })
  return (trace, stack) => judgedFrames(trace, stack).find((frame) => isAnsweredBy(ruling, frame, 'get'))?.symbol
}

/** True when nothing but helpers and entry code stands in the stack: it names no holder. */
export function namesNobody(trace: Trace, stack: StackId): boolean {
  return judgedFrames(trace, stack).every(({ symbol }) => isGenericFrame(symbol) || ENTRY_FRAMES.test(symbol))
}
