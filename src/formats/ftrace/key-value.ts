import { SPACE, startsWith, TAB } from '../../base/ascii.ts'

const EQUALS = 61

/** First byte of the next word at or behind `at`; `end` when there is none. */
export function nextKey(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  while (next < end && isBlank(bytes[next])) next++
  return next
}

/** Position of the `=` of the word at `at`, or the end of the word when it has none. */
export function endOfKey(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  while (next < end && bytes[next] !== EQUALS && !isBlank(bytes[next])) next++
  return next
}

/** End of the value at `at`: the next blank or `end`. */
export function endOfValue(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  while (next < end && !isBlank(bytes[next])) next++
  return next
}

/** Position behind `key` (`pfn=`) where it begins a word of `[start, end)`, or -1. `start_pfn=` has no word `pfn=`. */
export function findValue(bytes: Uint8Array, start: number, end: number, key: string): number {
  const first = key.charCodeAt(0)
  for (let at = start; at < end; at++) {
    if (bytes[at] === first && (at === start || isBlank(bytes[at - 1])) && startsWith(bytes, at, end, key)) {
      return at + key.length
    }
  }
  return -1
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB
}
