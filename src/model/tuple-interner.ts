import { Growable } from '../base/growable.ts'
import { mixInt } from '../base/hash.ts'
import { HASH_SEED } from '../base/hash-seed.ts'

const INITIAL_SLOTS = 1 << 10

/**
 * Gives a dense id to each distinct row of `width` 32-bit integers, in order of first sight.
 * The hash table behind shapes, contexts and stacks; the caller fills `probe` and calls `intern()`.
 */
export class TupleInterner {
  /** Fill these `width` values, then call `intern()`. */
  readonly probe: Int32Array
  readonly width: number
  readonly #rows: Growable<Int32Array>
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1)
  #length = 0

  constructor(width: number) {
    this.width = width
    this.probe = new Int32Array(width)
    this.#rows = new Growable(Int32Array, width * 256)
  }

  get length(): number {
    return this.#length
  }

  /** Bytes held: rows and hash table. */
  get sizeBytes(): number {
    return this.#rows.length * 4 + this.#slots.byteLength
  }

  /** Value `field` of row `id`. */
  at(id: number, field: number): number {
    return this.#rows.values[id * this.width + field]
  }

  /** Id of the probe, given now when it was never seen. */
  intern(): number {
    const slot = this.#slotOfProbe()
    const known = this.#slots[slot]
    if (known >= 0) return known
    const id = this.#length++
    for (let field = 0; field < this.width; field++) this.#rows.push(this.probe[field])
    this.#slots[slot] = id
    if (this.#length * 2 > this.#slots.length) this.#rehash()
    return id
  }

  /** All rows so far, `width` values each. */
  rows(): Int32Array {
    return this.#rows.trimmed()
  }

  /** One field of every row, as a fresh array. */
  columnOf(field: number): Int32Array {
    const values = new Int32Array(this.#length)
    for (let id = 0; id < this.#length; id++) values[id] = this.at(id, field)
    return values
  }

  #slotOfProbe(): number {
    const mask = this.#slots.length - 1
    let slot = hashRow(this.probe, 0, this.width) & mask
    for (;;) {
      const id = this.#slots[slot]
      if (id < 0 || this.#isProbe(id)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isProbe(id: number): boolean {
    const start = id * this.width
    for (let field = 0; field < this.width; field++) {
      if (this.#rows.values[start + field] !== this.probe[field]) return false
    }
    return true
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let id = 0; id < this.#length; id++) {
      let slot = hashRow(this.#rows.values, id * this.width, this.width) & mask
      while (slots[slot] >= 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    this.#slots = slots
  }
}

function hashRow(values: Int32Array, start: number, width: number): number {
  let hash = 0x9e3779b9 ^ HASH_SEED
  for (let field = 0; field < width; field++) hash = mixInt(hash, values[start + field])
  return hash
}
