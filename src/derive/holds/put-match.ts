import { classIndexOf, REFERENCE_CLASSES, type ReferenceClassId } from '../attribution/reference-class.ts'
import { type StackId, type TaskId } from '../../model/ids.ts'
import { type OpenHold } from './open-hold.ts'
import { type OpenHolds } from './open-holds.ts'
import { type PairModel } from './pair-model.ts'

/** What is known of a put when its get is sought. */
export interface Put {
  readonly class: number
  readonly stack: StackId
  readonly task: TaskId
  /** References dropped, > 0. */
  readonly units: number
  /** What cannot be given back, by bit: see `KEPT_MAPPING` and those after it. Reckoned when it is asked for. */
  readonly kept: number
}

/** No open reference of a mapping (or of the fault that made the page) is due: its mapping still stands. */
export const KEPT_MAPPING = 1
/** The page is in its cache and has its private data as before: neither reference of theirs is given back. */
export const KEPT_CACHE = 2
/** The page is not on the LRU: a batch that is drained puts it there before it lets go of it. */
export const KEPT_BATCH = 4

/**
 * Which classes of gets a class of puts may answer, likeliest first. A put of a class that migration expects never
 * answers a get of a driver or of GUP, and the other way round: that is what keeps a real holder from being closed by
 * the exit path's own puts.
 */
const ANSWERS: Readonly<Record<ReferenceClassId, readonly ReferenceClassId[]>> = {
  allocation: ['allocation', 'mapping'],
  mapping: ['mapping', 'allocation'],
  page_cache: ['page_cache', 'allocation'],
  lru: ['lru'],
  migration: ['migration', 'allocation'],
  gup_get: ['gup_get', 'driver', 'io', 'gup_pin', 'unknown'],
  gup_pin: ['gup_pin', 'driver', 'io', 'gup_get', 'unknown'],
  driver: ['driver', 'io', 'gup_get', 'gup_pin', 'unknown', 'allocation'],
  io: ['io', 'driver', 'gup_get', 'gup_pin', 'unknown', 'allocation'],
  unknown: ['unknown', 'driver', 'io', 'gup_get', 'gup_pin', 'lru', 'mapping', 'migration', 'page_cache', 'allocation'],
}

const ANSWERED_CLASSES: readonly (readonly number[])[] = REFERENCE_CLASSES.map(({ id }) =>
  ANSWERS[id].map(classIndexOf),
)

/** What a put without a stack answers: how often references of a class come and go decides, for nothing else does. */
const ANSWERED_WITHOUT_STACK = (
  ['unknown', 'lru', 'mapping', 'migration', 'page_cache', 'io', 'gup_get', 'driver', 'gup_pin', 'allocation'] as const
).map(classIndexOf)

const UNKNOWN = classIndexOf('unknown')
const ALLOCATION = classIndexOf('allocation')
const MAPPING = classIndexOf('mapping')
const MIGRATION = classIndexOf('migration')
const LRU = classIndexOf('lru')

const PAGE_CACHE = classIndexOf('page_cache')

/** What cannot be given back while each of these stands, by bit of `Put.kept`. */
const KEPT: readonly (readonly number[])[] = [[MAPPING, ALLOCATION], [PAGE_CACHE], [LRU]]

/** Classes answered by each class of puts, and last by a put without a stack, for each set of what stands when it comes. */
const ANSWERED_WHILE: readonly (readonly (readonly number[])[])[] = Array.from(
  { length: 1 << KEPT.length },
  (_, set) => {
    const kept = KEPT.flatMap((classes, bit) => ((set >> bit) & 1 ? classes : []))
    return [...ANSWERED_CLASSES, ANSWERED_WITHOUT_STACK].map((classes) =>
      classes.filter((index) => !kept.includes(index)),
    )
  },
)

function answeredClasses(put: Put): readonly number[] {
  const isNameless = put.class === UNKNOWN && put.stack < 0
  return ANSWERED_WHILE[put.kept & ASKED_OF[put.class]][isNameless ? ANSWERED_CLASSES.length : put.class]
}

/** Bits of `Put.kept` that count for puts of a class: what a put's own stack says comes before what the page shows. */
const ASKED_OF: readonly number[] = REFERENCE_CLASSES.map((_, index) => {
  if (index === MAPPING || index === ALLOCATION) return KEPT_CACHE | KEPT_BATCH
  if (index === PAGE_CACHE) return KEPT_MAPPING | KEPT_BATCH
  return index === LRU ? KEPT_MAPPING | KEPT_CACHE : KEPT_MAPPING | KEPT_CACHE | KEPT_BATCH
})

/** True when a put of its class may give a hold back, as far as the classes tell. */
export function mayAnswer(put: Pick<Put, 'class'>, hold: OpenHold): boolean {
  return isStackless(hold) || put.class === UNKNOWN || ANSWERED_CLASSES[put.class].includes(hold.class)
}

/** A get without a stack may be anything, so any put may answer it, and tells what it was. */
export function isStackless(hold: OpenHold): boolean {
  return hold.class === UNKNOWN && hold.stack < 0
}

const AFFINITY_WEIGHT = 6
const CLASS_WEIGHT = 1
const TASK_WEIGHT = 2
/** Breaks ties of gets that are always open together. */
const FUNCTION_WEIGHT = 1
const UNITS_WEIGHT = 1.5
const RECENCY_WEIGHT = 0.5
/** Holds looked at in one class, newest first: a library page may have tens of thousands of mappings. */
const LOOK_BACK = 64

const IS_WORTH_LEARNING: readonly boolean[] = REFERENCE_CLASSES.map(({ isExpected }) => !isExpected)

/** True for classes of puts whose partner is worth learning: the others are many, short, and answered by class and task alone. */
export function isWorthLearning(classIndex: number): boolean {
  return IS_WORTH_LEARNING[classIndex]
}

/** The hold that a put answers best, or undefined when none may be answered by it. O(classes × LOOK_BACK). */
export function findAnswered(open: OpenHolds, put: Put, units: number, model: PairModel): OpenHold | undefined {
  if (isWorthLearning(put.class)) return findByScore(open, put, units, model) ?? findStackless(open, put)
  return findOfOwnClass(open, put, model) ?? findByTask(open, put) ?? findStackless(open, put)
}

/** The hold of the put's own class; for isolation, one of its task without a stack next: it puts back what it took. */
function findOfOwnClass(open: OpenHolds, put: Put, model: PairModel): OpenHold | undefined {
  const own = findKnown(open.ofClass(put.class), put, model)
  if (own !== undefined) return own
  // The batch that a page is put back through was filled by the isolating task, whose get may have no stack.
  if (put.class === LRU) return newestWithoutStack(open.ofClass(MIGRATION), put)
  return put.class === MIGRATION ? newestWithoutStack(open.ofClass(UNKNOWN), put) : undefined
}

/** The newest hold of the put's task that has no stack. */
function newestWithoutStack(holds: readonly OpenHold[], put: Put): OpenHold | undefined {
  for (let at = holds.length - 1; at >= 0; at--)
    if (holds[at].task === put.task && holds[at].stack < 0) return holds[at]
  return undefined
}

/**
 * The newest of one class that a known pair fits, of the put's task if there is such a one; where no pair fits, the newest
 * of the task, else of all. The prior is as in `scoreOf`, and alone: of puts that migration expects nothing is learned.
 */
function findKnown(holds: readonly OpenHold[], put: Put, model: PairModel): OpenHold | undefined {
  const last = holds.length - 1
  if (last < 0) return undefined
  const mayBeKnown = model.isKnownPut(put.stack)
  const most = TASK_WEIGHT + (mayBeKnown ? AFFINITY_WEIGHT : 0)
  let best = holds[last]
  let bestScore = 0
  for (let at = last; at >= 0 && at > last - LOOK_BACK; at--) {
    const hold = holds[at]
    const isKnown = mayBeKnown && model.isKnown(put.stack, hold.stack)
    const score = (isKnown ? AFFINITY_WEIGHT : 0) + (hold.task === put.task ? TASK_WEIGHT : 0)
    if (score <= bestScore) continue
    best = hold
    bestScore = score
    if (score === most) break
  }
  return best
}

/** The newest get without a stack, of the put's task if there is one. */
function findStackless(open: OpenHolds, put: Put): OpenHold | undefined {
  const holds = open.ofClass(UNKNOWN)
  let newest: OpenHold | undefined
  for (let at = holds.length - 1; at >= 0; at--) {
    const hold = holds[at]
    if (!isStackless(hold)) continue
    if (hold.task === put.task) return hold
    newest ??= hold
  }
  return newest
}

/** The newest open hold of the same task in the first class that has any; the newest of all when no task fits. */
function findByTask(open: OpenHolds, put: Put): OpenHold | undefined {
  for (const index of answeredClasses(put)) {
    const holds = open.ofClass(index)
    const last = holds.length - 1
    if (last < 0) continue
    for (let at = last; at >= 0 && at > last - LOOK_BACK; at--) if (holds[at].task === put.task) return holds[at]
    return holds[last]
  }
  return undefined
}

function findByScore(open: OpenHolds, put: Put, units: number, model: PairModel): OpenHold | undefined {
  let best: OpenHold | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  const classes = answeredClasses(put)
  for (let rank = 0; rank < classes.length; rank++) {
    const holds = open.ofClass(classes[rank])
    const last = holds.length - 1
    for (let at = last; at >= 0 && at > last - LOOK_BACK; at--) {
      const score =
        scoreOf(holds[at], put, units, model) - CLASS_WEIGHT * rank - (RECENCY_WEIGHT * (last - at)) / LOOK_BACK
      if (score > bestScore) {
        bestScore = score
        best = holds[at]
      }
    }
  }
  return best !== undefined && model.isCopy(best.stack) ? (originalOf(open, best, put, model) ?? best) : best
}

/**
 * The oldest reference that a copy may have been made of: its buffer is consumed before the copy's. Undefined when the
 * put is by the function that copied, or nothing older is open.
 */
function originalOf(open: OpenHolds, copy: OpenHold, put: Put, model: PairModel): OpenHold | undefined {
  if (model.isSameFunction(put.stack, copy.stack)) return undefined
  let oldest: OpenHold | undefined
  for (const index of answeredClasses(put)) {
    if (!isWorthLearning(index)) continue
    for (const hold of open.ofClass(index))
      if (isOriginal(hold, copy) && (oldest === undefined || hold.getRow <= oldest.getRow)) oldest = hold
  }
  return oldest
}

function isOriginal(hold: OpenHold, copy: OpenHold): boolean {
  return hold.getRow < copy.getRow && hold.left === copy.left && !isStackless(hold)
}

function scoreOf(hold: OpenHold, put: Put, units: number, model: PairModel): number {
  return (
    AFFINITY_WEIGHT * model.affinity(put.stack, hold.stack) +
    (model.isSameFunction(put.stack, hold.stack) ? FUNCTION_WEIGHT : 0) +
    (hold.task === put.task ? TASK_WEIGHT : 0) +
    (hold.left === units ? UNITS_WEIGHT : 0)
  )
}

/** Stacks of the open holds that a put may answer, each once, into an array that is emptied first. */
export function collectAnswerable(open: OpenHolds, put: Put, into: StackId[]): void {
  into.length = 0
  for (const index of answeredClasses(put)) {
    const holds = open.ofClass(index)
    for (let at = holds.length - 1; at >= 0 && at > holds.length - 1 - LOOK_BACK; at--)
      if (!into.includes(holds[at].stack)) into.push(holds[at].stack)
  }
}
