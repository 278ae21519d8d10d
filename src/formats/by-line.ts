import { CR, LF, textOf } from '../base/ascii.ts'
import { type Chunk, type ChunkReader } from './format.ts'

/**
 * A reader for formats of few lines: gets each line as text, its end (LF or CRLF) cut, with its 0-based number.
 * `chunk`, `start` and `end` are where the line lies, for the problem log.
 */
export interface LineReader {
  line(text: string, line: number, chunk: Chunk, start: number, end: number): void
  end(): void
}

/** Wraps a line reader. Costs one string a line. */
export function byLine(reader: LineReader): ChunkReader {
  return {
    read: (chunk) => readLines(chunk, reader),
    end: () => reader.end(),
  }
}

function readLines(chunk: Chunk, reader: LineReader): void {
  const bytes = chunk.bytes.subarray(0, chunk.end)
  let line = chunk.firstLine
  for (let start = chunk.start; start < chunk.end; line++) {
    const lf = bytes.indexOf(LF, start)
    const next = lf < 0 ? chunk.end : lf + 1
    let end = lf < 0 ? chunk.end : lf
    if (end > start && bytes[end - 1] === CR) end--
    reader.line(textOf(bytes, start, end), line, chunk, start, end)
    start = next
  }
}
