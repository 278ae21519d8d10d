import { CR, LF, SPACE, TAB } from '../../base/ascii.ts'
import { type FrameTableBuilder } from '../../model/frame-table.ts'
import { type FrameId } from '../../model/ids.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type StringInterner } from '../../model/string-table.ts'

const EQUALS = 61
const ARROW_HEAD = 62

/**
 * Length of the arrow that begins a stack line, or 0: ` => ` in kernel text (kernel/trace/trace_output.c
 * trace_stack_print()), `=> ` in trace-cmd report, a tab before it without plugins (-N). Messages contain arrows too, so
 * it counts only at the line's start.
 */
export function arrowSize(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === SPACE || bytes[at] === TAB ? at + 1 : at
  return bytes[start] === EQUALS && bytes[start + 1] === ARROW_HEAD && bytes[start + 2] === SPACE ? start + 3 - at : 0
}

/** End of the run of stack lines at `at`, at most `end`. Lines end with LF. */
export function endOfFrames(bytes: Uint8Array, at: number, end: number): number {
  let next = at
  while (next < end && arrowSize(bytes, next) > 0) {
    while (bytes[next] !== LF) next++
    next++
  }
  return next
}

/** Number of lines in `[start, end)`. */
export function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0
  for (let at = start; at < end; at++) if (bytes[at] === LF) lines++
  return lines
}

/** Cuts a run of stack lines into frames, leaf first as printed. */
export function frameCutter(strings: StringInterner, frames: FrameTableBuilder): BlockCutter {
  return (bytes, start, end, into) => {
    let at = start
    while (at < end) {
      let lineEnd = at
      while (lineEnd < end && bytes[lineEnd] !== LF) lineEnd++
      const frame = cutFrame(strings, frames, bytes, at, lineEnd)
      if (frame !== undefined) into.push(frame)
      at = lineEnd + 1
    }
  }
}

function cutFrame(
  strings: StringInterner,
  frames: FrameTableBuilder,
  bytes: Uint8Array,
  start: number,
  lineEnd: number,
): FrameId | undefined {
  let end = lineEnd
  while (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === CR)) end--
  let from = start + arrowSize(bytes, start)
  while (from < end && bytes[from] === SPACE) from++
  return from < end ? frames.intern(strings.internBytes(bytes, from, end)) : undefined
}
