import { LF } from '../base/ascii.ts'
import { type Column, column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { LINE_STRIDE } from '../model/source-file.ts'

const WORD_BYTES = 4
const LF_WORD = 0x0a0a0a0a
const LOW_BITS = 0x7f7f7f7f
const ONES = 0x01010101

/** Where some lines of a text begin: 0-based, ascending, none more than LINE_STRIDE behind the one before. */
export interface LineMarks {
  readonly line: Column<number>
  /** Byte offset in the text. */
  readonly offset: Column<number>
}

/** Counts the lines of a text that is told from its start to its end, and keeps where some of them begin. */
export class LineIndex {
  lineCount = 0
  /** The next line, 0-based, whose place is to be kept. */
  nextKept = 0
  #base = 0
  readonly #lines = new Growable(Float64Array, 64)
  readonly #offsets = new Growable(Float64Array, 64)

  /** The next lines begin at `bytes[start]`, where `base` is the offset in the text of `bytes[0]`. */
  begin(start: number, base: number): void {
    this.#base = base
    if (this.lineCount === this.nextKept) this.#pass(start, start + 1)
  }

  /** Counts the lines `[start, end)`, all with their LF, which have begun. */
  count(bytes: Uint8Array, start: number, end: number): void {
    const firstWord = start + (-(bytes.byteOffset + start) & (WORD_BYTES - 1))
    this.#countBytes(bytes, start, Math.min(firstWord, end), end)
    if (firstWord < end) this.#countBytes(bytes, this.#countWords(bytes, firstWord, end), end, end)
  }

  /** Counts one line, which may be of any length and lack its LF; it begins at `offset` of the text. */
  addLine(offset: number): void {
    this.begin(0, offset)
    this.lineCount++
  }

  /** For a reader that counts as it goes and is at `line` now, past `nextKept`: line `from` began at `at`. */
  keep(bytes: Uint8Array, at: number, from: number, line: number, end: number): void {
    let next = at
    for (let passed = from + 1; passed <= line; passed++) {
      next = bytes.indexOf(LF, next) + 1
      if (passed === this.nextKept) this.#pass(next, end)
    }
  }

  /** The reader has counted all lines that have begun. */
  endCounted(lineCount: number): void {
    this.lineCount = lineCount
  }

  /** The next lines were counted by another index: `count` of them, with `marks` as told from `base` of this text on. */
  take(marks: LineMarks, count: number, base: number): void {
    for (let at = 0; at < marks.line.length; at++) {
      this.#lines.push(this.lineCount + marks.line[at])
      this.#offsets.push(base + marks.offset[at])
    }
    this.lineCount += count
    this.nextKept = this.lineCount
  }

  /** What was kept so far. */
  marks(): LineMarks {
    return { line: column(this.#lines.trimmed()), offset: column(this.#offsets.trimmed()) }
  }

  /** Line `nextKept` begins at `at`, or in the bytes that come next when these end there. */
  #pass(at: number, end: number): void {
    if (at >= end) return
    this.#lines.push(this.nextKept)
    this.#offsets.push(this.#base + at)
    this.nextKept += LINE_STRIDE
  }

  /**
   * Counts from the aligned `start` on, four bytes at a time; position behind the last whole word. Hot: in a word that
   * was xored with LFs the zero bytes are found with no carry from byte to byte, and summed by one multiplication.
   */
  #countWords(bytes: Uint8Array, start: number, end: number): number {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (end - start) >> 2)
    let count = this.lineCount
    let next = this.nextKept
    for (let k = 0; k < words.length; k++) {
      const word = words[k] ^ LF_WORD
      const zeros = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
      if (zeros === 0) continue
      count += Math.imul(zeros >>> 7, ONES) >>> 24
      if (count < next) continue
      this.#pass(behindLf(bytes, start + k * WORD_BYTES, count - next), end)
      next = this.nextKept
    }
    this.lineCount = count
    return start + words.length * WORD_BYTES
  }

  #countBytes(bytes: Uint8Array, start: number, end: number, textEnd: number): void {
    for (let at = start; at < end; at++) {
      if (bytes[at] === LF && ++this.lineCount === this.nextKept) this.#pass(at + 1, textEnd)
    }
  }
}

/** Position behind the LF in the word at `at` that `later` more LFs follow in it. */
function behindLf(bytes: Uint8Array, at: number, later: number): number {
  let left = later
  for (let lf = at + WORD_BYTES - 1; ; lf--) if (bytes[lf] === LF && left-- === 0) return lf + 1
}
