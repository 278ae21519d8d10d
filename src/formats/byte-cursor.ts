import { isDigit, hexValue, SPACE, startsWith, TAB } from '../base/ascii.ts'

/**
 * A place in the bytes of one line, moved forward by what is taken. Reused for all lines: `aim` it first. The `take`
 * functions move only when they succeed.
 */
export class ByteCursor {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  end = 0

  aim(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.at = start
    this.end = end
  }

  /** Takes exactly `text` (ASCII). */
  take(text: string): boolean {
    if (!startsWith(this.bytes, this.at, this.end, text)) return false
    this.at += text.length
    return true
  }

  /** Takes a decimal integer, `-` allowed; NaN when there is none. */
  takeInteger(): number {
    const isNegative = this.at < this.end && this.bytes[this.at] === 45
    const start = isNegative ? this.at + 1 : this.at
    let at = start
    let value = 0
    while (at < this.end && isDigit(this.bytes[at])) value = value * 10 + this.bytes[at++] - 48
    if (at === start) return Number.NaN
    this.at = at
    return isNegative ? -value : value
  }

  /** Takes a number that is hex with `0x`, decimal without; NaN when there is none. */
  takeNumber(): number {
    if (!startsWith(this.bytes, this.at, this.end, '0x')) return this.takeInteger()
    let at = this.at + 2
    let value = 0
    for (let digit = 0; at < this.end && (digit = hexValue(this.bytes[at])) >= 0; at++) value = value * 16 + digit
    if (at === this.at + 2) return Number.NaN
    this.at = at
    return value
  }

  /** Moves over blanks. */
  skipBlanks(): void {
    while (this.at < this.end && (this.bytes[this.at] === SPACE || this.bytes[this.at] === TAB)) this.at++
  }

  /** First position of `text` (ASCII) at or after the cursor, or -1. */
  find(text: string): number {
    const first = text.charCodeAt(0)
    for (let at = this.at; at <= this.end - text.length; at++) {
      if (this.bytes[at] === first && startsWith(this.bytes, at, this.end, text)) return at
    }
    return -1
  }

  /** Last position of `text` (ASCII) at or after the cursor, or -1. */
  findLast(text: string): number {
    const first = text.charCodeAt(0)
    for (let at = this.end - text.length; at >= this.at; at--) {
      if (this.bytes[at] === first && startsWith(this.bytes, at, this.end, text)) return at
    }
    return -1
  }
}
