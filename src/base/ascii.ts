/** ASCII codes and small byte scanners shared by the readers. */
export const LF = 10
export const CR = 13
export const TAB = 9
export const SPACE = 32

/** True for `0`–`9`. */
export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

/** Value of a hex digit, or -1. */
export function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  if (byte >= 97 && byte <= 102) return byte - 87
  if (byte >= 65 && byte <= 70) return byte - 55
  return -1
}

/** True when `text` (ASCII) stands at `at` and ends before `end`. */
export function startsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false
  for (let k = 0; k < text.length; k++) if (bytes[at + k] !== text.charCodeAt(k)) return false
  return true
}

/** Position of `text` (ASCII) in `[start, end)`, or -1. For short lines, not for whole files. */
export function indexOfText(bytes: Uint8Array, start: number, end: number, text: string): number {
  const first = text.charCodeAt(0)
  const last = end - text.length
  for (let at = start; at <= last; at++) if (bytes[at] === first && startsWith(bytes, at, end, text)) return at
  return -1
}

/** First position in `[start, end)` that is neither blank nor tab; `end` when there is none. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++
  return at
}

const decoder = new TextDecoder('utf-8')

/** Text of `[start, end)`; bytes that are no UTF-8 show as U+FFFD. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end))
}
