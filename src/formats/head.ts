import { CR, LF, textOf } from '../base/ascii.ts'
import { type Head } from './format.ts'

/** Bytes of text that formats are told apart by. */
export const HEAD_BYTES = 1 << 16
const HEAD_LINES = 400

/** Makes a `Head` of the first bytes of a text; a UTF-8 byte order mark is left out. */
export function headOf(text: Uint8Array, isWhole: boolean): Head {
  const bytes = text.subarray(markSize(text), HEAD_BYTES)
  const isAll = isWhole && text.length <= HEAD_BYTES
  const lines: string[] = []
  for (let start = 0; start < bytes.length && lines.length < HEAD_LINES;) {
    const lf = bytes.indexOf(LF, start)
    if (lf < 0 && !isAll) break
    const end = lf < 0 ? bytes.length : lf
    lines.push(textOf(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end))
    start = end + 1
  }
  return { bytes, lines, isWhole: isAll }
}

/** Size of the UTF-8 byte order mark that a text begins with: 3 or 0. */
export function markSize(text: Uint8Array): number {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0
}
