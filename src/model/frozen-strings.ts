import { textOf } from '../base/ascii.ts'
import { hashBytes } from '../base/hash.ts'
import { NONE, type StringId } from './ids.ts'
import { type StringTable, type TextRows } from './string-table.ts'

const encoder = new TextEncoder()

/**
 * A `StringTable` over texts that were interned before: nothing is done per text until it is asked for. The first `find`
 * builds its hash table, O(bytes).
 */
export class FrozenStrings implements StringTable {
  readonly #rows: TextRows
  readonly #texts: string[] = []
  #slots: Int32Array | undefined

  constructor(rows: TextRows) {
    this.#rows = rows
  }

  get length(): number {
    return this.#rows.ends.length
  }

  text(id: StringId): string {
    if (id < 0) return ''
    const known = this.#texts[id]
    if (known !== undefined) return known
    const text = textOf(this.#rows.bytes, this.#startOf(id), this.#rows.ends[id])
    this.#texts[id] = text
    return text
  }

  find(text: string): StringId {
    this.#slots ??= this.#hashed()
    const slots = this.#slots
    const bytes = encoder.encode(text)
    const mask = slots.length - 1
    for (let slot = hashBytes(bytes, 0, bytes.length) & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]
      if (id < 0 || this.#equals(id, bytes)) return id as StringId
    }
  }

  rows(): TextRows {
    return this.#rows
  }

  #startOf(id: number): number {
    return id === 0 ? 0 : this.#rows.ends[id - 1]
  }

  #equals(id: number, text: Uint8Array): boolean {
    const { bytes, ends } = this.#rows
    const start = this.#startOf(id)
    if (ends[id] - start !== text.length) return false
    for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text[at]) return false
    return true
  }

  #hashed(): Int32Array {
    const { bytes, ends } = this.#rows
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, ends.length * 2)))).fill(NONE)
    const mask = slots.length - 1
    for (let id = 0; id < ends.length; id++) {
      let slot = hashBytes(bytes, this.#startOf(id), ends[id]) & mask
      while (slots[slot] >= 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    return slots
  }
}
