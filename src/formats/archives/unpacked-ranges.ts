import { PieceCursor } from '../piece-cursor.ts'
import { type Pieces } from '../wrapping.ts'

const PIECE_BYTES = 1 << 18

/**
 * Ranges of a text that can only be unpacked from its start. Asked for in ascending order, as members of an archive are
 * read, it is unpacked once: where one range ends, the next goes on.
 */
export class UnpackedRanges {
  readonly #open: () => Pieces
  /** Where the last range ended. Kept open until `letGo`. */
  #idle: PieceCursor | undefined

  constructor(open: () => Pieces) {
    this.#open = open
  }

  /** The bytes `[from, to)`, fewer where the text ends. */
  async *range(from: number, to: number): AsyncGenerator<Uint8Array> {
    const cursor = await this.#cursorAt(from)
    let isGood = false
    try {
      await cursor.skip(from - cursor.position)
      while (cursor.position < to) {
        const piece = await cursor.takeSome(Math.min(to - cursor.position, PIECE_BYTES))
        if (piece.length === 0) break
        yield piece
      }
      isGood = true
    } finally {
      await (isGood ? this.#keep(cursor) : cursor.close())
    }
  }

  /** Closes what is kept open. */
  async letGo(): Promise<void> {
    const idle = this.#idle
    this.#idle = undefined
    await idle?.close()
  }

  async #cursorAt(from: number): Promise<PieceCursor> {
    const idle = this.#idle
    this.#idle = undefined
    if (idle !== undefined && idle.position <= from) return idle
    await idle?.close()
    return new PieceCursor(this.#open())
  }

  async #keep(cursor: PieceCursor): Promise<void> {
    await this.#idle?.close()
    this.#idle = cursor
  }
}
