const ZERO = 48
const LETTER_A = 97
const LETTER_X = 120
/** Digits whose value a double holds exactly. */
const MOST_DECIMAL = 15
const MOST_HEX = 13

/** Reads numbers from bytes that end with no digit; `value` is the one read last. */
export class Digits {
  value = 0

  /** Decimal digits; position behind them, `start` when there are none or more than can be held. Hot. */
  decimal(bytes: Uint8Array, start: number): number {
    let at = start
    let value = 0
    for (let digit = bytes[at] - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) value = value * 10 + digit
    this.value = value
    return at - start > MOST_DECIMAL ? start : at
  }

  /** The same, or hex behind `0x` in small letters, as the kernel prints it. */
  any(bytes: Uint8Array, start: number): number {
    if (bytes[start] !== ZERO || bytes[start + 1] !== LETTER_X) return this.decimal(bytes, start)
    const first = start + 2
    let at = first
    let value = 0
    for (let digit = hexDigit(bytes[at]); digit >= 0; digit = hexDigit(bytes[++at])) value = value * 16 + digit
    this.value = value
    return at === first || at - first > MOST_HEX ? start : at
  }
}

function hexDigit(byte: number): number {
  const digit = byte - ZERO
  if (digit >= 0 && digit <= 9) return digit
  return byte >= LETTER_A && byte < LETTER_A + 6 ? byte - LETTER_A + 10 : -1
}
