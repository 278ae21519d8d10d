import { joinBytes } from '../base/join-bytes.ts'
import { type Pieces } from './wrapping.ts'

/** A place in bytes that come in pieces, moved forward by what is taken. One call at a time. */
export class PieceCursor {
  /** Bytes taken and skipped so far. */
  position = 0
  readonly #pieces: AsyncIterator<Uint8Array>
  /** Read from the pieces, not yet taken. */
  #held: Uint8Array = new Uint8Array(0)
  #hasEnded = false

  constructor(pieces: Pieces) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  /** The next `size` bytes without moving; fewer where the bytes end. */
  async peek(size: number): Promise<Uint8Array> {
    if (this.#held.length < size) await this.#hold(size)
    return this.#held.subarray(0, size)
  }

  /** The next `size` bytes, fewer where the bytes end. The view is only read. */
  async take(size: number): Promise<Uint8Array> {
    const bytes = await this.peek(size)
    this.#move(bytes.length)
    return bytes
  }

  /** The next bytes as they come, `size` at most; empty where the bytes end. */
  async takeSome(size: number): Promise<Uint8Array> {
    if (this.#held.length === 0) await this.#hold(1)
    return this.take(Math.min(size, this.#held.length))
  }

  /** Moves over `size` bytes, telling them on the way; the number of those that were there. */
  async skip(size: number, onBytes: (bytes: Uint8Array) => void = () => undefined): Promise<number> {
    let left = size
    while (left > 0) {
      const bytes = await this.takeSome(left)
      if (bytes.length === 0) break
      onBytes(bytes)
      left -= bytes.length
    }
    return size - left
  }

  /** Closes what is behind the pieces. */
  async close(): Promise<void> {
    this.#hasEnded = true
    await this.#pieces.return?.()
  }

  #move(size: number): void {
    this.#held = this.#held.subarray(size)
    this.position += size
  }

  async #hold(size: number): Promise<void> {
    const pieces = [this.#held]
    let held = this.#held.length
    while (held < size && !this.#hasEnded) {
      const next = await this.#pieces.next()
      if (next.done === true) this.#hasEnded = true
      else {
        pieces.push(next.value)
        held += next.value.length
      }
    }
    this.#held = pieces.length === 2 && pieces[0].length === 0 ? pieces[1] : joinBytes(pieces, held)
  }
}
