import { type Numbers } from './column.ts'

/** Makes a typed array of a given length. */
export type NumbersMaker<T extends Numbers> = new (length: number) => T

/**
 * A typed array that grows by half as it is filled. `values` may be longer than `length`: rows past `length` are
 * not there. Read `values` anew after a `push`, which may have replaced it.
 */
export class Growable<T extends Numbers> {
  values: T
  length = 0
  readonly #make: NumbersMaker<T>

  constructor(make: NumbersMaker<T>, capacity = 1024) {
    this.#make = make
    this.values = new make(capacity)
  }

  /** Appends and returns the row. */
  push(value: number): number {
    if (this.length === this.values.length) this.reserve(this.length + 1)
    this.values[this.length] = value
    return this.length++
  }

  /** Appends `count` values: `valueAt(k)` for each k below it. */
  append(count: number, valueAt: (k: number) => number): void {
    this.reserve(this.length + count)
    for (let k = 0; k < count; k++) this.values[this.length + k] = valueAt(k)
    this.length += count
  }

  /** Makes room for `capacity` rows in all. */
  reserve(capacity: number): void {
    if (capacity <= this.values.length) return
    const next = new this.#make(Math.max(capacity, Math.ceil(this.values.length * 1.5)))
    next.set(this.values)
    this.values = next
  }

  /** A copy of the filled rows, no longer than needed. */
  trimmed(): T {
    const exact = new this.#make(this.length)
    exact.set(this.values.subarray(0, this.length))
    return exact
  }
}
