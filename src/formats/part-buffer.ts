import { type Pieces } from './wrapping.ts'

const NO_BYTES = new Uint8Array(0)

/** Room is made for so much more than is needed. */
const GROWTH = 1.25

/**
 * Gathers a text that comes in pieces, to be cut into parts. Each byte is copied once. Memory that parts gave back is
 * filled again: memory that is asked for anew has to be cleared, which takes longer than to copy into it.
 */
export class PartBuffer {
  /** Set once all pieces came; with what went wrong, if it did. */
  end: { readonly error?: unknown } | undefined
  readonly #pieces: AsyncIterator<Uint8Array>
  readonly #spare: Uint8Array[] = []
  #bytes: Uint8Array = NO_BYTES
  #size = 0
  /** What is not gathered yet of the last piece. */
  #rest: Uint8Array = NO_BYTES

  constructor(pieces: Pieces) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  /** What is gathered and not cut off yet. Good until the next is gathered. */
  get text(): Uint8Array {
    return this.#bytes.subarray(0, this.#size)
  }

  /** Gathers until there are `size` bytes, or all. */
  async fill(size: number): Promise<void> {
    if (size > this.#bytes.length) this.#makeRoom(size)
    while (this.#size < size && (await this.#hasRest())) {
      const taken = this.#rest.subarray(0, size - this.#size)
      this.#bytes.set(taken, this.#size)
      this.#size += taken.length
      this.#rest = this.#rest.subarray(taken.length)
    }
  }

  /** Cuts off the first `size` bytes: they are the caller's, with all of their buffer. */
  cut(size: number): Uint8Array {
    const part = this.#bytes.subarray(0, size)
    this.#bytes = this.#bytes.slice(size, this.#size)
    this.#size -= size
    return part
  }

  /** A part that is needed no more: its memory is used again, if it is still here. */
  takeBack(part: Uint8Array): void {
    if (!isGone(part)) this.#spare.push(new Uint8Array(part.buffer))
  }

  async #hasRest(): Promise<boolean> {
    while (this.#rest.length === 0) {
      if (this.end !== undefined) return false
      try {
        const next = await this.#pieces.next()
        if (next.done === true) this.end = {}
        else this.#rest = next.value
      } catch (error) {
        this.end = { error }
      }
    }
    return true
  }

  #makeRoom(size: number): void {
    let room = this.#spare.pop()
    while (room !== undefined && room.length < size) room = this.#spare.pop()
    room ??= new Uint8Array(Math.ceil(size * GROWTH))
    room.set(this.text)
    this.#bytes = room
  }
}

/** True when the bytes were moved to another thread, which took them along when it died. */
export function isGone(bytes: Uint8Array): boolean {
  return bytes.buffer.byteLength === 0
}
