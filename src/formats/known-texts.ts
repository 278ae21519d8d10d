import { isSameText } from '../base/same-text.ts'
import { NONE } from '../model/ids.ts'

/** Room for one text; longer ones are not kept. */
const ROOM = 256
/** Slots that a text may be in. */
const WAYS = 4
/** Texts that there is room for at first: most files have few, and of small files there may be thousands. */
const FIRST_TEXTS = 16

/**
 * Texts that were read before, each in a slot, to be known again by their bytes. Takes no more room for more texts: a new
 * one may take the slot of an old one. Who keeps it writes what a text meant beside its slot.
 */
export class KnownTexts {
  readonly #bits: number
  #bytes = new Uint8Array(ROOM * FIRST_TEXTS)
  #view = new DataView(this.#bytes.buffer)
  readonly #sizes: Uint16Array
  /** Which of the texts in `#bytes` is that of a slot. */
  readonly #places: Uint16Array
  #texts = 0
  /** Whose turn it is to go where all of them are taken. */
  #next = 0

  /** Keeps up to `2 ** bits` texts, 2 ** 16 at most. */
  constructor(bits: number) {
    this.#bits = bits
    this.#sizes = new Uint16Array(1 << bits)
    this.#places = new Uint16Array(1 << bits)
  }

  get slots(): number {
    return this.#sizes.length
  }

  sizeOf(slot: number): number {
    return this.#sizes[slot]
  }

  /** True when the text of a slot stands at `start` and ends before `limit`. Hot. */
  isAt(slot: number, view: DataView, start: number, limit: number): boolean {
    const size = this.#sizes[slot]
    if (size === 0 || start + size > limit) return false
    return isSameText(this.#view, this.#places[slot] * ROOM, view, start, size)
  }

  /** The slot of the text `[start, end)`; NONE when it is not kept. */
  find(view: DataView, start: number, end: number): number {
    const first = this.#slotOf(view, start, end)
    for (let way = 0; way < WAYS; way++) if (this.#isIn(first ^ way, view, start, end)) return first ^ way
    return NONE
  }

  /** Keeps the text `[start, end)`; its slot. NONE when it cannot be kept. */
  keep(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const known = this.find(view, start, end)
    if (known >= 0 || end - start > ROOM || end <= start) return known
    for (let at = start; at < end; at++) if (bytes[at] === 0) return NONE
    const first = this.#slotOf(view, start, end)
    let slot = first
    for (let way = 1; way < WAYS && this.#sizes[slot] > 0; way++) slot = first ^ way
    if (this.#sizes[slot] > 0) slot = first ^ (this.#next++ & (WAYS - 1))
    if (this.#sizes[slot] === 0) this.#places[slot] = this.#newPlace()
    this.#bytes.set(bytes.subarray(start, end), this.#places[slot] * ROOM)
    this.#sizes[slot] = end - start
    return slot
  }

  #newPlace(): number {
    if (this.#texts * ROOM === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2)
      grown.set(this.#bytes)
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    return this.#texts++
  }

  #isIn(slot: number, view: DataView, start: number, end: number): boolean {
    return this.#sizes[slot] === end - start && this.isAt(slot, view, start, end)
  }

  #slotOf(view: DataView, start: number, end: number): number {
    let hash = end - start
    let at = start
    for (; at + 4 <= end; at += 4) hash = Math.imul(hash ^ view.getInt32(at, true), 0x85ebca6b) ^ (hash >>> 15)
    for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
    return Math.imul(hash ^ (hash >>> 13), 0x9e3779b1) >>> (32 - this.#bits)
  }
}
