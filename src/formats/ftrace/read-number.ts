import { hexValue, isDigit } from '../../base/ascii.ts'

const DASH = 45
const ZERO = 48
const LETTER_X = 120
const MOST_INT = 0x7fff_ffff

/** How a number without `0x` is meant. */
export type BareNumber = 'decimal' | 'hex'

/**
 * Reads numbers as event arguments print them: `0x17ac9`, `97001`, `-1024`; `end` is the position behind the number.
 * The byte behind the last digit must exist (lines end with LF).
 */
export class NumberReader {
  /** Position behind the number that was read last. */
  end = 0
  /** False when no digit stood there. */
  isNumber = false
  #isHex = false

  /** The number at `at`; 0 with `isNumber` false when there is none. How a bare one is meant, only its source tells. */
  read(bytes: Uint8Array, at: number, bare: BareNumber): number {
    const isNegative = bytes[at] === DASH
    const start = isNegative ? at + 1 : at
    const isPrefixed = bytes[start] === ZERO && bytes[start + 1] === LETTER_X
    this.#isHex = isPrefixed || bare === 'hex'
    const value = this.#isHex ? this.#hex(bytes, isPrefixed ? start + 2 : start) : this.#decimal(bytes, start)
    return isNegative ? -value : value
  }

  /**
   * The C int at `at`, or NaN when `[at, end)` is none, or one that does not fit. Unsigned hex is what the trace option
   * `fields` prints: `0xffffffff` is -1.
   */
  readInt(bytes: Uint8Array, at: number, end: number): number {
    const value = this.read(bytes, at, 'decimal')
    if (!this.isNumber || this.end !== end) return Number.NaN
    const most = this.#isHex ? 0xffff_ffff : MOST_INT
    return value > most || value < -MOST_INT - 1 ? Number.NaN : value | 0
  }

  #decimal(bytes: Uint8Array, start: number): number {
    let at = start
    let value = 0
    while (isDigit(bytes[at])) value = value * 10 + bytes[at++] - ZERO
    this.end = at
    this.isNumber = at > start
    return value
  }

  #hex(bytes: Uint8Array, start: number): number {
    let at = start
    let value = 0
    for (let digit = hexValue(bytes[at]); digit >= 0; digit = hexValue(bytes[at])) {
      value = value * 16 + digit
      at++
    }
    this.end = at
    this.isNumber = at > start
    return value
  }
}
