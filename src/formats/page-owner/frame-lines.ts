import { CR, LF, skipBlanks, SPACE, startsWith, TAB } from '../../base/ascii.ts'
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
