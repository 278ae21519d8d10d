import { LF } from '../../base/ascii.ts'
import { countLines } from '../../base/count-lines.ts'
import { type NeedleSearch } from '../../base/needle-search.ts'
import { isSequel, isStackHead, nextLineIn } from './sequel-lines.ts'

/** Lines of a text that hold what was looked for, with the stacks behind them; in no order. */
export interface Extract {
  /** Lines that begin in the part. */
  readonly lineCount: number
  readonly pieces: readonly ExtractPiece[]
}

/** Whole lines that stand together; each ends with LF. */
export interface ExtractPiece {
  /** 0-based line of the part that the first of them is. */
  readonly line: number
  readonly text: Uint8Array
}

/** Lines of a stack, and bytes of text in which the stack of an event may come after events of other CPUs. */
const MOST_SEQUELS = 200
const STACK_WITHIN_BYTES = 8192
/** `]` ends the CPU's column. */
const CLOSE = 93

/**
 * The lines that begin in `[from, to)` and hold a needle. `bytes` go on behind `to`, so that lines and stacks are whole,
 * and begin with the byte before `from`, which tells whether a line begins there; unless `from` is 0, where one does.
 */
export function extractLines(bytes: Uint8Array, from: number, to: number, needles: NeedleSearch): Extract {
  const pieces: ExtractPiece[] = []
  let counted = from
  let line = 0
  /** Line of the part that begins at a position; ascending. */
  const lineAt = (position: number): number => {
    line += countLines(bytes, counted, position)
    counted = position
    return line
  }
  for (let at = needles.find(bytes, from, bytes.length); at >= 0; at = needles.find(bytes, at, bytes.length)) {
    const start = bytes.lastIndexOf(LF, at - 1) + 1
    const end = nextLineIn(bytes, at)
    if (start >= to) break
    at = end
    if (start < from) continue
    const stackEnd = sequelEnd(bytes, end)
    const own = lineAt(start)
    pieces.push({ line: own, text: linesIn(bytes, start, stackEnd) })
    const head = stackEnd > end ? -1 : laterStack(bytes, start, end)
    if (head < 0) continue
    const between = countLines(bytes, start, head)
    pieces.push({ line: own + between, text: linesIn(bytes, head, sequelEnd(bytes, head)) })
  }
  return { lineCount: lineAt(to), pieces }
}

/** Where the lines end that belong to the one before. */
function sequelEnd(bytes: Uint8Array, from: number): number {
  let at = from
  for (let lines = 0; lines < MOST_SEQUELS && at < bytes.length; lines++) {
    const next = nextLineIn(bytes, at)
    if (!isSequel(bytes, at, next)) break
    at = next
  }
  return at
}

/**
 * Where the stack of an event begins when events of other CPUs stand between: the next line with the same task and CPU,
 * if that is the head of a stack; else -1.
 */
function laterStack(bytes: Uint8Array, start: number, end: number): number {
  const column = bytes.subarray(start, end).indexOf(CLOSE) + 1
  if (column <= 0) return -1
  const last = Math.min(bytes.length, end + STACK_WITHIN_BYTES)
  for (let at = end; at < last; at = nextLineIn(bytes, at)) {
    if (!isSameStart(bytes, start, at, column)) continue
    const next = nextLineIn(bytes, at)
    return isStackHead(bytes, at, next) ? at : -1
  }
  return -1
}

function isSameStart(bytes: Uint8Array, one: number, other: number, size: number): boolean {
  for (let at = 0; at < size; at++) if (bytes[one + at] !== bytes[other + at]) return false
  return true
}

/** A copy, with the LF that the last line of a file may lack. */
function linesIn(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const isWhole = end > start && bytes[end - 1] === LF
  const text = new Uint8Array(end - start + (isWhole ? 0 : 1)).fill(LF)
  text.set(bytes.subarray(start, end))
  return text
}
