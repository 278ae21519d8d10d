import { narrow, type Numbers } from '../base/column.ts'

const INITIAL_ROWS = 1 << 13

/**
 * Integers by row that take little room while they grow: none as long as all are the same (what a kernel does not print),
 * then four bytes a row, eight once there is one that needs them. Rows are only added; `build` ends it.
 */
export class OwnerColumn {
  length = 0
  /** The value of every row, while `#isOne`. */
  #one = 0
  #isOne = true
  #isWide = false
  #values: Int32Array | Float64Array = new Int32Array(0)

  /** Hot. */
  push(value: number): void {
    if (this.#isOne && this.#isSame(value)) return
    if (!this.#isWide && (value | 0) !== value) this.#widen()
    if (this.length === this.#values.length) this.#reserve(this.length + 1)
    this.#values[this.length++] = value
  }

  /** Adds many rows at once. */
  append(values: Numbers): void {
    const fits = values instanceof Float64Array || values instanceof Uint32Array ? this.#isWide : !this.#isOne
    if (!fits) for (let row = 0; row < values.length; row++) this.push(values[row])
    else {
      this.#reserve(this.length + values.length)
      this.#values.set(values, this.length)
      this.length += values.length
    }
  }

  /** A copy of the rows, in the narrowest array that holds them. */
  rows(): Numbers {
    if (!this.#isOne) return narrow(this.#values, this.length)
    const fits = narrow(Float64Array.of(this.#one))
    if (fits.BYTES_PER_ELEMENT > 1) return new Float64Array(this.length).fill(this.#one)
    return this.#one < 0 ? new Int8Array(this.length).fill(this.#one) : new Uint8Array(this.length).fill(this.#one)
  }

  /** The rows, for good: lets go of what was held while it grew. */
  build(): Numbers {
    const rows = this.rows()
    this.#values = new Int32Array(0)
    return rows
  }

  #isSame(value: number): boolean {
    if (this.length === 0) this.#one = value
    if (value === this.#one) {
      this.length++
      return true
    }
    this.#isOne = false
    this.#values = new Int32Array(Math.max(INITIAL_ROWS, this.length * 2))
    if ((this.#one | 0) !== this.#one) this.#widen()
    this.#values.fill(this.#one, 0, this.length)
    return false
  }

  #widen(): void {
    this.#isWide = true
    const wide = new Float64Array(this.#values.length)
    wide.set(this.#values.subarray(0, this.length))
    this.#values = wide
  }

  #reserve(rows: number): void {
    if (rows <= this.#values.length) return
    const size = Math.max(rows, Math.ceil(this.#values.length * 1.5))
    const grown = this.#isWide ? new Float64Array(size) : new Int32Array(size)
    grown.set(this.#values)
    this.#values = grown
  }
}
