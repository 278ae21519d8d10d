import { findAtLeast } from '../../base/bisect.ts'
import { column } from '../../base/column.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { compileFilter, SLICE_ROWS, type CompiledFilter } from './compile-filter.ts'
import { type FilterNode } from './filter-node.ts'
import { printFilter } from './print-filter.ts'
import { RowSet } from './row-set.ts'
import { type Steps, TRUE, UNKNOWN } from './told.ts'

/**
 * A filter at work on all events in time order: what matches of those looked at so far. Whoever asks drives it on with
 * `step`; nobody who asks any more is all it takes to give it up.
 */
export class FilterRun {
  readonly matches: RowSet
  /** Events of which the capture does not tell whether they match. */
  readonly unknown: RowSet
  /** Events to look at: all, or those of the pages asked for. */
  readonly toLookAt: number
  readonly #compiled: CompiledFilter
  readonly #events: number
  readonly #rows = new Uint32Array(SLICE_ROWS)
  readonly #told = new Uint8Array(SLICE_ROWS)
  #lookedAt = 0
  /** The events that are being looked at; absent between two steps that each finished theirs. */
  #slice: Steps | undefined

  constructor(trace: Trace, derived: Derived | undefined, node: FilterNode) {
    this.#compiled = compileFilter(trace, derived, node)
    this.#events = trace.events.length
    this.matches = new RowSet(this.#events)
    this.unknown = new RowSet(this.#events)
    this.toLookAt = this.#compiled.candidates?.length ?? this.#events
  }

  /** Events looked at. */
  get lookedAt(): number {
    return this.#lookedAt
  }

  get isDone(): boolean {
    return this.#lookedAt >= this.toLookAt
  }

  /** Rows below this are decided. */
  get decidedTo(): number {
    if (this.isDone) return this.#events
    return this.#compiled.candidates?.[this.#lookedAt] ?? this.#lookedAt
  }

  /**
   * Goes on with the next events, some 16 thousand: about a millisecond. What must be reckoned of whole pages rests within
   * a page, too, so that a step is short however many events a page has.
   */
  step(): void {
    this.#slice ??= this.#lookAtSlice()
    if (this.#slice.next().done === true) this.#slice = undefined
  }

  *#lookAtSlice(): Steps {
    const length = Math.min(SLICE_ROWS, this.toLookAt - this.#lookedAt)
    const { candidates } = this.#compiled
    if (candidates === undefined) for (let at = 0; at < length; at++) this.#rows[at] = this.#lookedAt + at
    else this.#rows.set(candidates.subarray(this.#lookedAt, this.#lookedAt + length))
    yield* this.#compiled.judge({ rows: this.#rows, length }, this.#told)
    for (let at = 0; at < length; at++) {
      if (this.#told[at] === TRUE) this.matches.add(this.#rows[at])
      else if (this.#told[at] === UNKNOWN) this.unknown.add(this.#rows[at])
    }
    this.#lookedAt += length
  }

  /** Looks at all. */
  finish(): void {
    while (!this.isDone) this.step()
  }

  /** Of the rows `[start, end)` those that may still turn out to match. */
  leftIn(start: number, end: number): number {
    const { candidates } = this.#compiled
    const from = Math.max(start, this.decidedTo)
    if (from >= end) return 0
    if (candidates === undefined) return end - from
    const rows = column<number>(candidates)
    return findAtLeast(rows, end) - findAtLeast(rows, from)
  }
}

/** Filters kept for a capture: what is asked of at once, and what a person goes back to. Each is a quarter of a byte an event. */
const MOST_KEPT = 4

const kept = new WeakMap<object, Map<string, FilterRun>>()

/** The run of a filter over a capture: the same one as long as it is among the last few. */
export function filterRunOf(trace: Trace, derived: Derived | undefined, node: FilterNode): FilterRun {
  const runs = kept.get(derived ?? trace) ?? new Map<string, FilterRun>()
  kept.set(derived ?? trace, runs)
  const key = printFilter(node)
  const run = runs.get(key) ?? new FilterRun(trace, derived, node)
  runs.delete(key)
  runs.set(key, run) // used last
  const [oldest] = runs.keys()
  if (runs.size > MOST_KEPT) runs.delete(oldest)
  return run
}
