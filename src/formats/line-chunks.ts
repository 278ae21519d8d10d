import { LF } from '../base/ascii.ts'
import { type Chunk } from './format.ts'
import { LineIndex, type LineMarks } from './line-index.ts'

/** Longest line that is read, without its LF. A longer one is refused, counted, and never held. */
export const LINE_LIMIT = 1 << 20
const FIRST_HELD_BYTES = 1 << 12

/** Receives what the cutter finds. The bytes are only valid during the call. */
export interface LineSink {
  chunk(chunk: Chunk): void
  /** The same for one who counts the lines of a chunk as it goes: they need not be counted before. */
  counting?(chunk: Chunk, lines: LineIndex): void
  /** A line over the limit: its 0-based number, and the first bytes of it. */
  longLine(line: number, bytes: Uint8Array, start: number, end: number): void
}

/**
 * Cuts a byte stream into chunks of whole lines. They are handed on where they lie; only a line that is cut by the end
 * of a piece is copied. Keeps the sparse line index. Which lines are too long does not depend on how the bytes came.
 */
export class LineCutter {
  /** Bytes of text seen so far. */
  byteCount: number
  readonly #sink: LineSink
  readonly #index = new LineIndex()
  /** Beginning of a line whose end has not come yet, and its offset in the text. */
  #held = new Uint8Array(FIRST_HELD_BYTES)
  #heldSize = 0
  #heldOffset = 0
  /** In the middle of a line over the limit: bytes are dropped up to its LF. */
  #isDropping = false

  /** `offset` is where the text begins in the file: 3 behind a UTF-8 byte order mark, which must not be pushed. */
  constructor(sink: LineSink, offset = 0) {
    this.#sink = sink
    this.byteCount = offset
  }

  /** Lines that were handed on so far, or refused; after `end()` all of the file. */
  get lineCount(): number {
    return this.#index.lineCount
  }

  /** Takes the next bytes of the text. */
  push(piece: Uint8Array): void {
    const base = this.byteCount
    this.byteCount += piece.length
    const at = this.#endHeld(piece)
    const end = piece.lastIndexOf(LF) + 1
    if (end > at) this.#handOn(piece, at, end, base)
    const rest = Math.max(at, end)
    if (rest < piece.length) this.#hold(piece, rest, base)
  }

  /** The text is over: hands on what is left, also a last line without LF. */
  end(): void {
    if (this.#heldSize > 0) this.#handOnHeld()
  }

  /**
   * The next `byteCount` bytes were cut elsewhere, into `lineCount` lines; `marks` as told from their start. Only where a
   * line begins, and only whole lines.
   */
  take(marks: LineMarks, lineCount: number, byteCount: number): void {
    this.#index.take(marks, lineCount, this.byteCount)
    this.byteCount += byteCount
  }

  /** Where every LINE_STRIDE-th line or so begins in the text. */
  marks(): LineMarks {
    return this.#index.marks()
  }

  /** Finishes the line that the piece before ended in; position of the next line, or the size of the piece. */
  #endHeld(piece: Uint8Array): number {
    if (this.#heldSize === 0 && !this.#isDropping) return 0
    const lf = piece.indexOf(LF)
    const next = lf < 0 ? piece.length : lf + 1
    if (!this.#isDropping) {
      this.#append(piece, 0, next, lf >= 0)
      if (lf >= 0 && !this.#isDropping) this.#handOnHeld()
    }
    if (lf >= 0) this.#isDropping = false
    return next
  }

  #hold(piece: Uint8Array, start: number, base: number): void {
    this.#heldOffset = base + start
    this.#append(piece, start, piece.length, false)
  }

  /** Adds bytes to the held line, whose LF is the last one when it is `whole`; a line over the limit is told and dropped. */
  #append(piece: Uint8Array, start: number, end: number, isWhole: boolean): void {
    const textSize = this.#heldSize + end - start - (isWhole ? 1 : 0)
    const kept = Math.min(end, start + LINE_LIMIT + 1 - this.#heldSize)
    this.#reserve(this.#heldSize + kept - start)
    this.#held.set(piece.subarray(start, kept), this.#heldSize)
    this.#heldSize += kept - start
    if (textSize <= LINE_LIMIT) return
    this.#refuse(this.#held, 0, this.#heldSize, this.#heldOffset)
    this.#heldSize = 0
    this.#isDropping = true
  }

  #reserve(size: number): void {
    if (size <= this.#held.length) return
    const grown = new Uint8Array(Math.max(size, this.#held.length * 2))
    grown.set(this.#held.subarray(0, this.#heldSize))
    this.#held = grown
  }

  #handOnHeld(): void {
    const firstLine = this.lineCount
    const end = this.#heldSize
    this.#heldSize = 0
    this.#index.addLine(this.#heldOffset)
    this.#sink.chunk({ bytes: this.#held, start: 0, end, firstLine })
  }

  /** Hands on the whole lines `[start, end)`, but those over the limit. */
  #handOn(bytes: Uint8Array, start: number, end: number, base: number): void {
    for (let at = start; at < end;) {
      const runEnd = endOfRun(bytes, at, end)
      if (runEnd > at) {
        const firstLine = this.lineCount
        const chunk = { bytes, start: at, end: runEnd, firstLine }
        this.#index.begin(at, base)
        if (this.#sink.counting === undefined) {
          this.#index.count(bytes, at, runEnd)
          this.#sink.chunk(chunk)
        } else this.#sink.counting(chunk, this.#index)
      }
      at = runEnd
      if (at === end) return
      const lf = bytes.indexOf(LF, at)
      this.#refuse(bytes, at, lf, base + at)
      at = lf + 1
    }
  }

  #refuse(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.#index.addLine(offset)
    this.#sink.longLine(this.lineCount - 1, bytes, start, end)
  }
}

/** Where the first line over the limit begins in `[start, end)`, which ends with LF; `end` when there is none. */
function endOfRun(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (end - at > LINE_LIMIT + 1) {
    const lf = bytes.lastIndexOf(LF, at + LINE_LIMIT)
    if (lf < at) return at
    at = lf + 1
  }
  return end
}
