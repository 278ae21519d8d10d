import { LF, SPACE } from '../../base/ascii.ts'

const QUOTE = 62

/** True when a line of a quoted mail begins at `at`: no line of a trace begins with `>`. */
export function isQuoted(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === QUOTE
}

/** End of the run of quoted lines at `at`, at most `end`. Lines end with LF. */
export function endOfQuoted(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  while (next < end && isQuoted(bytes, next)) {
    while (bytes[next] !== LF) next++
    next++
  }
  return next
}

/** The quoted lines of `[start, end)` without their `> ` marks, line for line. */
export function unquote(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const text = new Uint8Array(end - start)
  let size = 0
  let at = start
  while (at < end) {
    at = skipMarks(bytes, at)
    while (bytes[at] !== LF) text[size++] = bytes[at++]
    text[size++] = LF
    at++
  }
  return text.subarray(0, size)
}

/** `> `, `>> `, `> > `: each mark takes one blank with it, so that ` => ` keeps its own. */
function skipMarks(bytes: Uint8Array, start: number): number {
  let at = start
  while (bytes[at] === QUOTE) {
    at++
    if (bytes[at] === SPACE) at++
  }
  return at
}
