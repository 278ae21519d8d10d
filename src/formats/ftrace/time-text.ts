import { isDigit, SPACE } from '../../base/ascii.ts'

const PLUS = 43
const DASH = 45
const ROUND_OPEN = 40
const ROUND_CLOSE = 41

/** True when each of four bytes is a digit. */
export function areDigits(four: number): boolean {
  return (((four & 0xf0f0f0f0) ^ 0x30303030) | (((four + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030)) === 0
}

/** Value of four digits, the first of which is the lowest byte. */
export function valueOf(four: number): number {
  const nibbles = four & 0x0f0f0f0f
  const pairs = (Math.imul(nibbles, 10) + (nibbles >>> 8)) & 0x00ff00ff
  return (pairs & 0xff) * 100 + (pairs >>> 16)
}

/** `(+287)   ` or blanks: the time since the line before, which trace-cmd report --ts-diff puts before the event. */
export function skipDifference(bytes: Uint8Array, start: number): number {
  let at = skipSpaces(bytes, start)
  if (bytes[at] !== ROUND_OPEN || (bytes[at + 1] !== PLUS && bytes[at + 1] !== DASH)) return at
  at += 2
  while (isDigit(bytes[at])) at++
  return bytes[at] === ROUND_CLOSE ? skipSpaces(bytes, at + 1) : start
}

/** Position of the first byte from `start` on that is no blank. Lines end with LF. */
export function skipSpaces(bytes: Uint8Array, start: number): number {
  let at = start
  while (bytes[at] === SPACE) at++
  return at
}
