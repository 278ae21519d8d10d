import { LF } from '../base/ascii.ts'
import { type Column, column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { LINE_STRIDE } from '../model/source-file.ts'
import { type Chunk } from './format.ts'

/** Longest line that is read, without its LF. A longer one is refused, counted, and never held. */
export const LINE_LIMIT = 1 << 20

/** What is held at once; chunks are handed on when half of it is full. Lines up to the limit fit in the other half. */
const BUFFER_BYTES = 4 << 20
const FULL_ENOUGH = BUFFER_BYTES / 2
/** Most files are small: the buffer grows to its size as it is filled. */
const FIRST_BUFFER_BYTES = 1 << 16

/** Receives what the cutter finds. The bytes are only valid during the call. */
export interface LineSink {
  chunk(chunk: Chunk): void
  /** A line over the limit: its 0-based number, and the first bytes of it. */
  longLine(line: number, bytes: Uint8Array, start: number, end: number): void
}

/**
 * Cuts a byte stream into chunks of whole lines through one reused buffer: each byte is copied once, and the tail of a
 * chunk once more. Keeps the sparse line index. Which lines are too long does not depend on how the bytes came.
 */
export class LineCutter {
  /** Lines seen so far, also those refused; after `end()` all of the file. */
  lineCount = 0
  /** Bytes of text seen so far. */
  byteCount: number
  readonly #sink: LineSink
  #buffer = new Uint8Array(FIRST_BUFFER_BYTES)
  readonly #offsets = new Growable(Float64Array, 64)
  /** Filled part of the buffer; `#lineStart` begins the line not yet ended, `#scanned` ends what was searched. */
  #end = 0
  #scanned = 0
  #lineStart = 0
  /** Lines `[#chunkStart, #lineStart)` wait to be handed on, the first being `#chunkLine`. */
  #chunkStart = 0
  #chunkLine = 0
  /** In the middle of a line over the limit: bytes are dropped up to its LF. */
  #isDropping = false
  /** Offset in the text of `#buffer[0]`. */
  #base: number

  /** `offset` is where the text begins in the file: 3 behind a UTF-8 byte order mark, which must not be pushed. */
  constructor(sink: LineSink, offset = 0) {
    this.#sink = sink
    this.#base = offset
    this.byteCount = offset
  }

  /** Takes the next bytes of the text. */
  push(piece: Uint8Array): void {
    this.byteCount += piece.length
    let at = this.#isDropping ? this.#dropUntilLine(piece) : 0
    while (at < piece.length) {
      if (this.#end === this.#buffer.length) this.#grow()
      const size = Math.min(piece.length - at, this.#buffer.length - this.#end)
      this.#buffer.set(size === piece.length ? piece : piece.subarray(at, at + size), this.#end)
      this.#end += size
      at += size
      this.#scan()
      if (this.#end >= FULL_ENOUGH) this.#flush()
      if (this.#isDropping) at = this.#dropUntilLine(piece, at)
    }
  }

  /** The text is over: hands on what is left, also a last line without LF. */
  end(): void {
    if (this.#lineStart < this.#end) this.#endLine(this.#end, this.#end)
    this.#handOn(this.#lineStart)
  }

  /** Byte offset in the text of lines 1, 1 + LINE_STRIDE, 1 + 2 * LINE_STRIDE, … */
  lineOffsets(): Column<number> {
    return column(this.#offsets.trimmed())
  }

  #grow(): void {
    const grown = new Uint8Array(Math.min(BUFFER_BYTES, this.#buffer.length * 4))
    grown.set(this.#buffer)
    this.#buffer = grown
  }

  #scan(): void {
    const filled = this.#buffer.subarray(0, this.#end)
    for (let lf = filled.indexOf(LF, this.#scanned); lf >= 0; lf = filled.indexOf(LF, lf + 1)) this.#endLine(lf, lf + 1)
    this.#scanned = this.#end
  }

  /** The line from `#lineStart` ends at `textEnd`; the next begins at `next`. */
  #endLine(textEnd: number, next: number): void {
    this.#beginLine(this.#base + this.#lineStart)
    if (textEnd - this.#lineStart > LINE_LIMIT) {
      this.#handOn(this.#lineStart)
      this.#sink.longLine(this.lineCount - 1, this.#buffer, this.#lineStart, textEnd)
      this.#chunkStart = next
      this.#chunkLine = this.lineCount
    }
    this.#lineStart = next
  }

  #beginLine(offset: number): void {
    if (this.lineCount % LINE_STRIDE === 0) this.#offsets.push(offset)
    this.lineCount++
  }

  #handOn(end: number): void {
    const start = this.#chunkStart
    const firstLine = this.#chunkLine
    if (start < end) this.#sink.chunk({ bytes: this.#buffer, start, end, firstLine })
    this.#chunkStart = end
    this.#chunkLine = this.lineCount
  }

  #flush(): void {
    this.#handOn(this.#lineStart)
    if (this.#end - this.#lineStart > LINE_LIMIT) return this.#startDropping()
    this.#buffer.copyWithin(0, this.#lineStart, this.#end)
    this.#base += this.#lineStart
    this.#end -= this.#lineStart
    this.#lineStart = this.#chunkStart = 0
    this.#scanned = this.#end
  }

  #startDropping(): void {
    this.#beginLine(this.#base + this.#lineStart)
    this.#sink.longLine(this.lineCount - 1, this.#buffer, this.#lineStart, this.#end)
    this.#isDropping = true
    this.#base += this.#end
    this.#end = this.#scanned = this.#lineStart = this.#chunkStart = 0
    this.#chunkLine = this.lineCount
  }

  /** Position in `piece` of the line after the dropped one; its length when that has not come yet. */
  #dropUntilLine(piece: Uint8Array, from = 0): number {
    const lf = piece.indexOf(LF, from)
    const next = lf < 0 ? piece.length : lf + 1
    this.#base += next - from
    this.#isDropping = lf < 0
    return next
  }
}
