import { CR, hexValue, LF, skipBlanks, SPACE, startsWith, TAB } from '../../base/ascii.ts'
import { type FrameTableBuilder } from '../../model/frame-table.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type StringInterner } from '../../model/string-table.ts'

const GREATER = 62

/** What 4.x prints below the outermost frame: ULONG_MAX, no frame. */
const TERMINATOR = /^(\[<f{8,16}>\]\s+)?0xf{8,16}$/

/** Cuts ` sym+0x1de/0xb00 [mod]` and ` [<ffffffff8116147e>] sym+0x1de/0xb00` lines into frames, leaf first. */
export function frameCutter(strings: StringInterner, frames: FrameTableBuilder): BlockCutter {
  return (bytes, start, end, into) => {
    for (let at = start; at < end;) {
      const lf = bytes.subarray(0, end).indexOf(LF, at)
      const next = lf < 0 ? end : lf + 1
      const textStart = skipBlanks(bytes, afterQuote(bytes, at, next), next)
      const textEnd = withoutEnd(bytes, textStart, lf < 0 ? end : lf)
      if (textStart < textEnd && !isTerminator(bytes, textStart, textEnd, strings)) {
        into.push(frames.intern(strings.internBytes(bytes, textStart, textEnd)))
      }
      at = next
    }
  }
}

const BRACKET = 91
const BRACKET_END = 93
const SLASH = 47
const PLUS = 43

/**
 * True when a line of a stack is one frame: ` sym+0x1/0x2`, ` sym+0x1/0x2 [mod 0123abcd]`, ` 0xffffffffc0a1b2c3`, or one
 * bare word, as `%ps` prints. Text of another writer that got between the lines is none, nor is a frame that was cut.
 */
export function isFrame(bytes: Uint8Array, start: number, next: number): boolean {
  const begin = skipBlanks(bytes, start, next)
  const end = withoutModule(bytes, begin, withoutEnd(bytes, begin, bytes[next - 1] === LF ? next - 1 : next))
  let digits = end
  while (digits > begin && hexValue(bytes[digits - 1]) >= 0) digits--
  const hasNumber = digits < end && digits - 2 >= begin && startsWith(bytes, digits - 2, end, '0x')
  if (hasNumber && digits - 3 >= begin && bytes[digits - 3] === SLASH) return true
  const isAddress = hasNumber && (digits - 2 === begin || bytes[digits - 3] === SPACE)
  return isAddress || isWord(bytes, begin, end)
}

/** The end of a frame without the module in brackets behind it. */
function withoutModule(bytes: Uint8Array, start: number, end: number): number {
  if (end === start || bytes[end - 1] !== BRACKET_END) return end
  const open = bytes.lastIndexOf(BRACKET, end - 1)
  return open > start ? withoutEnd(bytes, start, open) : end
}

function isWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === PLUS) return false
  }
  return start < end
}

/** Position behind the `> ` of a quoted line; `start` itself when there is none. */
export function afterQuote(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || bytes[start] !== GREATER) return start
  return start + 1 < end && bytes[start + 1] === SPACE ? start + 2 : start + 1
}

function withoutEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && (bytes[at - 1] === CR || bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--
  return at
}

function isTerminator(bytes: Uint8Array, start: number, end: number, strings: StringInterner): boolean {
  const isLikely = startsWith(bytes, start, end, '[<ffffffff') || startsWith(bytes, start, end, '0xffffffff')
  return isLikely && TERMINATOR.test(strings.text(strings.internBytes(bytes, start, end)))
}
