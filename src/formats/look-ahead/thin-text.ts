import { countLines } from '../../base/count-lines.ts'
import { type Source } from '../source.ts'
import { type Extract, type ExtractPiece } from './extract-lines.ts'

/** A file reduced to the lines that matter, which knows where they stand in it. Grows part by part, in order. */
export class ThinText {
  readonly name: string
  readonly #pieces: ExtractPiece[] = []
  #lineCount = 0
  #sizeBytes = 0

  constructor(name: string) {
    this.name = name
  }

  /** Bytes that are kept. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Takes what was found in the next part; true when there was anything. */
  take({ lineCount, pieces }: Extract): boolean {
    for (const { line, text } of pieces) {
      this.#pieces.push({ line: this.#lineCount + line, text })
      this.#sizeBytes += text.length
    }
    this.#lineCount += lineCount
    return pieces.length > 0
  }

  /** The lines as a file to read, and the 1-based line of the whole file that each of its lines is. */
  read(): { readonly source: Source; readonly lineOf: (line: number) => number } {
    const pieces = this.#pieces.toSorted((a, b) => a.line - b.line)
    const lines = pieces.flatMap(({ line, text }) =>
      Array.from({ length: countLines(text, 0, text.length) }, (_, at) => line + at + 1),
    )
    const blob = new Blob(pieces.map(({ text }) => text as BlobPart)) // none of them is shared memory
    const source = { name: this.name, sizeBytes: blob.size, stream: () => blob.stream() }
    return { source, lineOf: (line) => lines[line - 1] ?? line }
  }
}
