import { type LineIndex } from './line-index.ts'

/**
 * For a reader that counts the lines of a chunk as it goes: tells the index where those begin whose places it keeps.
 *
 *     keeper.begin(lines)                                              // `readCounting`
 *     if (line >= keeper.next) keeper.keep(bytes, before, from, line, end)   // behind each line, or behind many
 *     keeper.end(line)
 */
export class LineKeeper {
  /** 0-based line whose place is to be told; infinite while nobody asks. */
  next = Number.POSITIVE_INFINITY
  #lines: LineIndex | undefined

  begin(lines: LineIndex): void {
    this.#lines = lines
    this.next = lines.nextKept
  }

  /** The reader is at `line` now, past `next`: line `from` began at `at`, and the bytes end at `end`. */
  keep(bytes: Uint8Array, at: number, from: number, line: number, end: number): void {
    if (this.#lines === undefined) return
    this.#lines.keep(bytes, at, from, line, end)
    this.next = this.#lines.nextKept
  }

  /** All lines of the chunk are counted. */
  end(line: number): void {
    this.#lines?.endCounted(line)
    this.#lines = undefined
    this.next = Number.POSITIVE_INFINITY
  }
}
