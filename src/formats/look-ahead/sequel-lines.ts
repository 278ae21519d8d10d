import { hexValue, indexOfText, LF, skipBlanks, startsWith } from '../../base/ascii.ts'

/** Lines that head a stack: of the kernel's own text, and of trace-cmd report. */
const STACK_HEADS = ['<stack trace', '<user stack trace', ': kernel_stack:', ': user_stack:']
/** perf prints no shorter address. */
const LEAST_DIGITS = 4

/** Position behind the LF of the line around `at`, or the end of the bytes. */
export function nextLineIn(bytes: Uint8Array, at: number): number {
  const lf = bytes.indexOf(LF, at)
  return lf < 0 ? bytes.length : lf + 1
}

/** True for a line that belongs to the event before it: the head of a stack or a frame, of ftrace or perf script. */
export function isSequel(bytes: Uint8Array, start: number, end: number): boolean {
  const at = skipBlanks(bytes, start, end)
  if (startsWith(bytes, at, end, '=>')) return true
  return isStackHead(bytes, start, end) || (at > start && isAddress(bytes, at, end))
}

/** True for the line that a stack begins with. */
export function isStackHead(bytes: Uint8Array, start: number, end: number): boolean {
  return STACK_HEADS.some((head) => indexOfText(bytes, start, end, head) >= 0)
}

/** `ffffffff81234567 func+0x1 ([kernel.kallsyms])`. */
function isAddress(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end && hexValue(bytes[at]) >= 0) at++
  return at - start >= LEAST_DIGITS && (at >= end || bytes[at] <= 32)
}
