import { hexValue, isDigit } from '../../base/ascii.ts'

const DASH = 45
const ZERO = 48
const LETTER_X = 120

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

  /** The number at `at`; 0 with `isNumber` false when there is none. Digits that are hex make a bare number hex. */
  read(bytes: Uint8Array, at: number, bare: BareNumber): number {
    const isNegative = bytes[at] === DASH
    const start = isNegative ? at + 1 : at
    const isPrefixed = bytes[start] === ZERO && bytes[start + 1] === LETTER_X
    const value =
      isPrefixed || bare === 'hex' ? this.#hex(bytes, isPrefixed ? start + 2 : start) : this.#any(bytes, start)
    return isNegative ? -value : value
  }

  #any(bytes: Uint8Array, start: number): number {
    let at = start
    let value = 0
    while (isDigit(bytes[at])) value = value * 10 + bytes[at++] - ZERO
    if (hexValue(bytes[at]) >= 0) return this.#hex(bytes, start)
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

/** A C int: what a field printed as unsigned hex (`0xffffffff`, the trace option `fields`) means. */
export function toInt(value: number): number {
  return value > 0x7fff_ffff ? value | 0 : value
}
