import { type StackId } from '../../model/ids.ts'

/** What a known pair counts: as much as that many puts seen while holds of its get alone were open. */
export const PRIOR_OBSERVATIONS = 2

/** What is known of two stacks before the trace has taught anything; nothing of any when a member is absent. */
export interface PairFacts {
  /** True when one function took and dropped: the look-up of a splice, not the reference that it hands to the pipe. */
  readonly isSameFunction?: (put: StackId, get: StackId) => boolean
  /** True for a get that copies a reference which another open hold has: `tee` of a pipe's buffer. */
  readonly isCopy?: (get: StackId) => boolean
  /** True when a known pair fits the two stacks. */
  readonly isKnown?: (put: StackId, get: StackId) => boolean
  /** False for a put that no known pair fits, whatever the get. */
  readonly isKnownPut?: (put: StackId) => boolean
}

/**
 * Which put stacks answer which get stacks: learned over the whole trace, with the known pairs as a prior.
 *
 * A put `p` that comes while holds of `n` get stacks are open is one observation: it adds 1/n to what is known of the
 * put, T(p), and 1/n² to each of the pairs, W(p, g); so one seen while a single kind was open speaks with full weight. A
 * known pair is K = `PRIOR_OBSERVATIONS` such clear observations more:
 *
 *                      W(p, g) + K · known(p, g)
 *     affinity(p, g) = -------------------------      at most 1, and 0 where nothing is known
 *                         T(p) + K · met(p)
 *
 * known(p, g) is 1 when a known pair fits the two stacks. met(p) is 1 when it is for this get, or was for any that was
 * open as a put of `p` came: a prior that had no say takes nothing from what was learned. So a pair decides where the
 * trace has a single instance, and gives way when the trace says clearly, more than K times, that another get is
 * answered. It never makes a pair impossible, nor possible: which classes may answer each other is asked before.
 */
export class PairModel {
  readonly #lessons = new Map<StackId, Lesson>()
  /** The lesson that was asked for last: a put asks for each open hold. */
  #last: Lesson | undefined
  readonly isSameFunction: (put: StackId, get: StackId) => boolean
  readonly isCopy: (get: StackId) => boolean
  readonly isKnown: (put: StackId, get: StackId) => boolean
  readonly isKnownPut: (put: StackId) => boolean

  constructor({ isSameFunction = never, isCopy = never, isKnown, isKnownPut }: PairFacts = {}) {
    this.isSameFunction = isSameFunction
    this.isCopy = isCopy
    this.isKnown = isKnown ?? never
    this.isKnownPut = isKnownPut ?? (isKnown === undefined ? never : always)
  }

  /** Adds one observation: `put` came while the holds of `openGets` were open, each of them named once. */
  observe(put: StackId, openGets: readonly StackId[]): void {
    const count = openGets.length
    if (put < 0 || count === 0) return
    const lesson = this.#lessonOf(put) ?? this.#begin(put)
    for (let at = 0; at < count; at++) lesson.weights[placeOf(lesson, openGets[at])] += 1 / count ** 2
    lesson.total = lesson.total + 1 / count + this.#priorNow(lesson, openGets)
  }

  /** K when a known partner of the put is open for the first time; 0 else. */
  #priorNow(lesson: Lesson, openGets: readonly StackId[]): number {
    if (lesson.isMet || !this.isKnownPut(lesson.put)) return 0
    for (let at = 0; at < openGets.length; at++) {
      if (!this.isKnown(lesson.put, openGets[at])) continue
      lesson.isMet = true
      return PRIOR_OBSERVATIONS
    }
    return 0
  }

  /** 0 … 1: how much of what `put` answered was taken by `get`, as far as was learned and is known. */
  affinity(put: StackId, get: StackId): number {
    const lesson = this.#lessonOf(put)
    const place = lesson?.places.get(get)
    const weight = lesson === undefined || place === undefined ? 0 : lesson.weights[place]
    const total = lesson === undefined ? 0 : lesson.total
    if (!this.isKnown(put, get)) return total === 0 ? 0 : Math.min(1, weight / total)
    return Math.min(1, (weight + PRIOR_OBSERVATIONS) / (lesson?.isMet === true ? total : total + PRIOR_OBSERVATIONS))
  }

  #lessonOf(put: StackId): Lesson | undefined {
    if (this.#last?.put === put) return this.#last
    const lesson = this.#lessons.get(put)
    if (lesson !== undefined) this.#last = lesson
    return lesson
  }

  #begin(put: StackId): Lesson {
    const lesson: Lesson = { put, places: new Map(), weights: [], total: 0, isMet: false }
    this.#lessons.set(put, lesson)
    this.#last = lesson
    return lesson
  }
}

/** What the trace taught of one put. */
interface Lesson {
  readonly put: StackId
  /** Place in `weights` of each get. */
  readonly places: Map<StackId, number>
  /** W(p, g). */
  readonly weights: number[]
  /** T(p), with K where met(p). */
  total: number
  /** met(p). */
  isMet: boolean
}

/** The place of a get, made where it has none. */
function placeOf({ places, weights }: Lesson, get: StackId): number {
  const known = places.get(get)
  if (known !== undefined) return known
  const place = weights.push(0) - 1
  places.set(get, place)
  return place
}

function never(): boolean {
  return false
}

function always(): boolean {
  return true
}
