import { boundsOf, narrowest, type Numbers } from './column.ts'
import { letGo } from './let-go.ts'

/**
 * A column that is laid down in blocks, each as narrow as its values allow, and is moved out as one array: nothing is
 * copied to grow, and at no time lie two columns of it in memory.
 */
export class BlockedColumn {
  readonly #isFloat: boolean
  #blocks: Numbers[] = []
  #low = 0
  #high = 0
  #length = 0

  /** `isFloat`: values are no integers, or too wide to be worth a look; they stay doubles. */
  constructor(isFloat = false) {
    this.#isFloat = isFloat
  }

  get length(): number {
    return this.#length
  }

  /** Appends a copy of the first `length` values. */
  layDown(values: Numbers, length: number): void {
    if (length === 0) return
    const filled = values.subarray(0, length)
    this.#blocks.push(this.#isFloat ? Float64Array.from(filled) : this.#narrowed(filled))
    this.#length += length
  }

  /** All values in one array, the narrowest that holds them; the column is empty after. */
  moveOut(): Numbers {
    const length = this.#length
    const whole = this.#isFloat ? new Float64Array(length) : narrowest(this.#low, this.#high, length)
    let at = 0
    for (const block of this.#blocks) {
      whole.set(block, at)
      at += block.length
      letGo(block)
    }
    this.#blocks = []
    this.#length = this.#low = this.#high = 0
    return whole
  }

  #narrowed(values: Numbers): Numbers {
    const { low, high } = boundsOf(values)
    const block = narrowest(low, high, values.length)
    block.set(values)
    this.#low = Math.min(this.#low, low)
    this.#high = Math.max(this.#high, high)
    return block
  }
}
