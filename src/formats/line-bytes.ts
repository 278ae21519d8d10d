import { CR, LF } from '../base/ascii.ts'

/** Position behind the LF of the line at or around `at`; the bytes must have one. Hot. */
export function nextLine(bytes: Uint8Array, at: number): number {
  let next = at
  while (bytes[next] !== LF) next++
  return next + 1
}

/** End of the text of a line that ends before `next`: LF and CR cut. */
export function textEnd(bytes: Uint8Array, start: number, next: number): number {
  let end = next - 1
  while (end > start && bytes[end - 1] === CR) end--
  return end
}

/** A copy of `text` that ends with LF. */
export function withLf(text: Uint8Array): Uint8Array {
  const line = new Uint8Array(text.length + 1)
  line.set(text)
  line[text.length] = LF
  return line
}
