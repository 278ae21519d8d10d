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
  readonly #weights = new Map<number, Map<number, number>>()
  /** T(p), with K where met(p). */
  readonly #totals = new Map<number, number>()
  readonly #met = new Set<number>()
  readonly isSameFunction: (put: StackId, get: StackId) => boolean
  readonly isCopy: (get: StackId) => boolean
  readonly isKnown: (put: StackId, get: StackId) => boolean

  constructor({ isSameFunction = never, isCopy = never, isKnown = never }: PairFacts = {}) {
    this.isSameFunction = isSameFunction
    this.isCopy = isCopy
    this.isKnown = isKnown
  }

  /** Adds one observation: `put` came while the holds of `openGets` were open. */
  observe(put: StackId, openGets: ReadonlySet<StackId>): void {
    if (put < 0 || openGets.size === 0) return
    const weights = this.#weights.get(put) ?? new Map<number, number>()
    this.#weights.set(put, weights)
    for (const get of openGets) weights.set(get, (weights.get(get) ?? 0) + 1 / openGets.size ** 2)
    this.#totals.set(put, (this.#totals.get(put) ?? 0) + 1 / openGets.size + this.#priorNow(put, openGets))
  }

  /** K when a known partner of the put is open for the first time; 0 else. */
  #priorNow(put: StackId, openGets: ReadonlySet<StackId>): number {
    if (this.#met.has(put)) return 0
    for (const get of openGets) {
      if (!this.isKnown(put, get)) continue
      this.#met.add(put)
      return PRIOR_OBSERVATIONS
    }
    return 0
  }

  /** 0 … 1: how much of what `put` answered was taken by `get`, as far as was learned and is known. */
  affinity(put: StackId, get: StackId): number {
    const weight = this.#weights.get(put)?.get(get) ?? 0
    const total = this.#totals.get(put) ?? 0
    if (!this.isKnown(put, get)) return total === 0 ? 0 : Math.min(1, weight / total)
    return Math.min(1, (weight + PRIOR_OBSERVATIONS) / (this.#met.has(put) ? total : total + PRIOR_OBSERVATIONS))
  }
}

function never(): boolean {
  return false
}
