import { classifierOf } from '../../derive/attribution/classify.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { deltaOf } from '../../derive/operation.ts'
import { stackHashesOf } from '../../derive/stack-hash.ts'
import { type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { SLICE_ROWS } from './compile-filter.ts'

/** Events by what they say, in two sets: the first half of each table is of one, the second of the other. */
export interface SetCounts {
  readonly shape: Float64Array
  readonly context: Float64Array
  /** By group of `stackHashesOf`; the last one is events without a stack. */
  readonly stack: Float64Array
  readonly page: Float64Array
  /** By class of what changed the count. */
  readonly class: Float64Array
}

/** Which set an event is in; `OUTSIDE` for neither. */
export type SetOf = (row: number) => typeof OUTSIDE | 0 | 1
export const OUTSIDE = -1

/** Counts two sets of events, some thousands at a time. */
export class DifferenceRun {
  readonly counts: SetCounts
  /** Events in each set, so far. */
  readonly totals: [number, number] = [0, 0]
  readonly #trace: Trace
  readonly #derived: Derived
  readonly #setOf: SetOf
  #at = 0

  constructor(trace: Trace, derived: Derived, setOf: SetOf) {
    this.#trace = trace
    this.#derived = derived
    this.#setOf = setOf
    const two = (length: number): Float64Array => new Float64Array(2 * length)
    this.counts = {
      shape: two(trace.shapes.length),
      context: two(trace.contexts.length),
      stack: two(stackHashesOf(trace).hashes.length + 1),
      page: two(trace.pages.length),
      class: two(REFERENCE_CLASSES.length),
    }
  }

  get lookedAt(): number {
    return this.#at
  }

  get isDone(): boolean {
    return this.#at >= this.#trace.events.length
  }

  step(): void {
    const { events } = this.#trace
    const { groupOf, hashes } = stackHashesOf(this.#trace)
    const classifier = classifierOf(this.#trace, this.#derived.rules)
    const { shape, context, stack, page } = this.counts
    const end = Math.min(events.length, this.#at + SLICE_ROWS)
    for (let at = this.#at; at < end; at++) {
      const set = this.#setOf(at)
      if (set === OUTSIDE) continue
      const row = at as EventRow // of the table
      this.totals[set]++
      shape[2 * events.shape[row] + set]++
      context[2 * events.context[row] + set]++
      const ofStack = events.stack[row]
      stack[2 * (ofStack < 0 ? hashes.length : groupOf[ofStack]) + set]++
      if (events.page[row] >= 0) page[2 * events.page[row] + set]++
      const delta = deltaOf(this.#trace, row)
      if (delta !== 0) this.counts.class[2 * classifier.classOf(events.kind[row], delta, ofStack) + set]++
    }
    this.#at = end
  }
}
