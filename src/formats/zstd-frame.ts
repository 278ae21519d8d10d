import { Decompress } from 'fzstd'

/** RFC 8878, 3.1.1.2.4. */
export const MOST_BLOCK_BYTES = 128 << 10
/**
 * A frame header of 18 bytes, with which fzstd starts before a block is there: a window of 1 KiB, dictionary 0, no checksum, a
 * content size that nothing is made of.
 */
const HEADER = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xc3, 0, ...new Uint8Array(12))

/** What fzstd 0.1.1 keeps of a frame, of which it types nothing. */
interface State {
  /** The bytes before the block, and how many. */
  w: Uint8Array
  e: number
  /** Most bytes of a block. */
  m: number
}

/**
 * Unpacks one frame with fzstd, block by block. fzstd itself would take the whole window that a frame asks for, and move it for
 * every block: with 128 MiB of it, a frame of ten bytes took a quarter of a second. Here the memory is that of the text.
 */
export class ZstdFrame {
  readonly #unpack: Decompress
  readonly #history: History
  readonly #state: State
  #out: Uint8Array | undefined

  constructor(windowBytes: number) {
    this.#history = new History(windowBytes)
    this.#unpack = new Decompress((text) => this.#accept(text))
    this.#unpack.push(HEADER, false)
    // The fields are private in its types alone; the version is pinned, and a test unpacks what needs each of them.
    this.#state = (this.#unpack as unknown as { readonly s: State }).s
    this.#state.m = Math.min(MOST_BLOCK_BYTES, Math.max(windowBytes, 1))
  }

  /** The text of the next block, with its header. Throws when it is damaged. */
  unpack(block: Uint8Array, isLast: boolean): Uint8Array {
    this.#state.w = this.#history.view()
    this.#state.e = this.#state.w.length
    this.#out = undefined
    this.#unpack.push(block, isLast)
    return this.#out ?? NOTHING
  }

  #accept(text: Uint8Array): void {
    if (text.length === 0) return // how it tells the end
    this.#out = text
    this.#history.add(text)
    this.#state.w = text // what it moves and fills when it has told the text
  }
}

const NOTHING = new Uint8Array(0)
const LEAST_BYTES = 1 << 16

/** The last bytes of a text, as many as a window has. */
class History {
  readonly #windowBytes: number
  #bytes = NOTHING
  #end = 0

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes
  }

  view(): Uint8Array {
    return this.#bytes.subarray(Math.max(0, this.#end - this.#windowBytes), this.#end)
  }

  /** Moves each byte a few times at most, however small the pieces are. */
  add(text: Uint8Array): void {
    if (this.#end + text.length > this.#bytes.length) this.#makeRoom(text.length)
    this.#bytes.set(text, this.#end)
    this.#end += text.length
  }

  #makeRoom(size: number): void {
    const kept = this.view()
    const wanted = Math.max(LEAST_BYTES, (kept.length + size) * 2)
    if (wanted > this.#bytes.length) {
      const more = new Uint8Array(wanted)
      more.set(kept)
      this.#bytes = more
    } else this.#bytes.copyWithin(0, this.#end - kept.length, this.#end)
    this.#end = kept.length
  }
}
