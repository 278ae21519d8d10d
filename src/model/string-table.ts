import { hashBytes } from '../base/hash.ts'
import { textOf } from '../base/ascii.ts'
import { type StringId } from './ids.ts'

/** Every distinct text once, in order of first sight. */
export interface StringTable {
  readonly length: number
  /** Text of an id; the empty string for NONE. */
  text(id: StringId): string
  /** Id of a text, or NONE when it was never seen. O(1). */
  find(text: string): StringId
  /** All texts, in the order of their ids. */
  rows(): TextRows
}

/** Texts one behind the other: `ends[id]` is where the bytes of a text end. */
export interface TextRows {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
}

const encoder = new TextEncoder()
const INITIAL_SLOTS = 1 << 10

/**
 * Interns byte ranges without making a string for what was seen before: open addressing over a hash of the bytes,
 * the bytes themselves kept in one growing pool.
 */
export class StringInterner implements StringTable {
  #pool = new Uint8Array(1 << 16)
  #poolEnd = 0
  readonly #starts: number[] = [0]
  readonly #hashes: number[] = []
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1)
  readonly #texts: string[] = []

  get length(): number {
    return this.#hashes.length
  }

  /** Bytes held: the texts and the hash table. */
  get sizeBytes(): number {
    return this.#poolEnd + this.#slots.byteLength + this.#hashes.length * 16
  }

  text(id: StringId): string {
    if (id < 0) return ''
    const known = this.#texts[id]
    if (known !== undefined) return known
    const text = textOf(this.#pool, this.#starts[id], this.#starts[id + 1])
    this.#texts[id] = text
    return text
  }

  find(text: string): StringId {
    const bytes = encoder.encode(text)
    const slot = this.#slotOf(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))
    return this.#slots[slot] as StringId
  }

  /** Interns a text. */
  intern(text: string): StringId {
    const bytes = encoder.encode(text)
    return this.internBytes(bytes, 0, bytes.length)
  }

  /** Interns `bytes[start, end)`; `hash` must be `hashBytes` of that range when given. */
  internBytes(bytes: Uint8Array, start: number, end: number, hash: number = hashBytes(bytes, start, end)): StringId {
    const slot = this.#slotOf(bytes, start, end, hash)
    const known = this.#slots[slot]
    if (known >= 0) return known as StringId
    return this.#add(bytes, start, end, hash, slot)
  }

  /** All texts so far, in the order of their ids. */
  rows(): TextRows {
    return { bytes: this.#pool.slice(0, this.#poolEnd), ends: Uint32Array.from(this.#starts.slice(1)) }
  }

  /** Interns texts that another interner gave; the ids they have here. */
  takeRows({ bytes, ends }: TextRows): Int32Array {
    const ids = new Int32Array(ends.length)
    let start = 0
    for (let id = 0; id < ids.length; id++) {
      ids[id] = this.internBytes(bytes, start, ends[id])
      start = ends[id]
    }
    return ids
  }

  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const id = this.#slots[slot]
      if (id < 0) return slot
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return slot
      slot = (slot + 1) & mask
    }
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const poolStart = this.#starts[id]
    const size = this.#starts[id + 1] - poolStart
    if (size !== end - start) return false
    for (let at = 0; at < size; at++) if (this.#pool[poolStart + at] !== bytes[start + at]) return false
    return true
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): StringId {
    const size = end - start
    if (this.#poolEnd + size > this.#pool.length) {
      const grown = new Uint8Array(Math.max(this.#pool.length * 2, this.#poolEnd + size))
      grown.set(this.#pool.subarray(0, this.#poolEnd))
      this.#pool = grown
    }
    this.#pool.set(bytes.subarray(start, end), this.#poolEnd)
    this.#poolEnd += size
    const id = this.#hashes.length
    this.#hashes.push(hash)
    this.#starts.push(this.#poolEnd)
    this.#slots[slot] = id
    if (this.#hashes.length * 2 > this.#slots.length) this.#rehash()
    return id as StringId
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let id = 0; id < this.#hashes.length; id++) {
      let slot = this.#hashes[id] & mask
      while (slots[slot] >= 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    this.#slots = slots
  }
}
