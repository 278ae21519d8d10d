import { type StackId } from '../../model/ids.ts'

/**
 * Which put stacks answer which get stacks, learned over the whole trace without a list of names: a put seen while
 * exactly one kind of hold was open speaks with full weight, one seen while n kinds were open with 1/n.
 */
export class PairModel {
  readonly #weights = new Map<number, Map<number, number>>()
  readonly #totals = new Map<number, number>()
  /** True when one function took and dropped: the look-up of a splice, not the reference that it hands to the pipe. */
  readonly isSameFunction: (put: StackId, get: StackId) => boolean

  /** True for a get that copies a reference which another open hold has: `tee` of a pipe's buffer. */
  readonly isCopy: (get: StackId) => boolean

  constructor(
    isSameFunction: (put: StackId, get: StackId) => boolean = () => false,
    isCopy: (get: StackId) => boolean = () => false,
  ) {
    this.isSameFunction = isSameFunction
    this.isCopy = isCopy
  }

  /** Adds one observation: `put` came while the holds of `openGets` were open. */
  observe(put: StackId, openGets: ReadonlySet<StackId>): void {
    if (put < 0 || openGets.size === 0) return
    const weights = this.#weights.get(put) ?? new Map<number, number>()
    this.#weights.set(put, weights)
    for (const get of openGets) weights.set(get, (weights.get(get) ?? 0) + 1 / openGets.size ** 2)
    this.#totals.set(put, (this.#totals.get(put) ?? 0) + 1 / openGets.size)
  }

  /** 0 … 1: how much of what `put` answered was taken by `get`. 0 when either was never seen. */
  affinity(put: StackId, get: StackId): number {
    const total = this.#totals.get(put)
    return total === undefined ? 0 : Math.min(1, (this.#weights.get(put)?.get(get) ?? 0) / total)
  }
}
