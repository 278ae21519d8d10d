import { joinBytes } from '../base/join-bytes.ts'
import { SourceError } from './disk-bytes.ts'
import { type Source } from './source.ts'
import { iterate } from './unwrap.ts'
import { type Pieces } from './wrapping.ts'

/** A file that may be read anywhere, for formats that point from place to place. */
export interface RandomBytes {
  readonly size: number
  /** The bytes `[from, to)`, fewer where the file ends earlier. The view is only read, and good until the next call. */
  read(from: number, to: number): Promise<Uint8Array>
}

/** Largest text that is unpacked to memory to be read anywhere. */
export const MOST_UNPACKED_BYTES = 2 ** 30

/** Reads smaller than this are served from a window read at once. */
const SMALL_BYTES = 1 << 14
const WINDOW_BYTES = 1 << 18

/** Bytes that are in memory already. */
export function bytesInMemory(bytes: Uint8Array): RandomBytes {
  return { size: bytes.length, read: async (from, to) => bytes.subarray(Math.min(from, bytes.length), to) }
}

/** A source that can be sought in; undefined when it cannot, or when its size is not known. */
export function bytesOfSource(source: Source): RandomBytes | undefined {
  if (source.slice === undefined || source.sizeBytes === 0) return undefined
  const slice = source.slice.bind(source)
  const readSlice = (from: number, to: number): Promise<Uint8Array> =>
    collect(iterate(slice(from, to)), to - from).catch((error: unknown) => {
      throw new SourceError(error instanceof Error ? error.message : String(error), { cause: error })
    })
  return new WindowedBytes(source.sizeBytes, readSlice)
}

/** All bytes of the pieces; undefined when there are more than `limit`. */
export async function unpackToMemory(
  pieces: Pieces,
  limit: number = MOST_UNPACKED_BYTES,
): Promise<Uint8Array | undefined> {
  const held: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > limit) return undefined
    held.push(piece)
  }
  return joinBytes(held, size)
}

class WindowedBytes implements RandomBytes {
  readonly size: number
  readonly #readSlice: (from: number, to: number) => Promise<Uint8Array>
  #window = new Uint8Array(0)
  #start = 0

  constructor(size: number, readSlice: (from: number, to: number) => Promise<Uint8Array>) {
    this.size = size
    this.#readSlice = readSlice
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    const end = Math.min(to, this.size)
    if (from >= end) return new Uint8Array(0)
    if (end - from > SMALL_BYTES) return this.#readSlice(from, end)
    if (from < this.#start || end > this.#start + this.#window.length) {
      this.#window = Uint8Array.from(await this.#readSlice(from, Math.min(this.size, from + WINDOW_BYTES)))
      this.#start = from
    }
    return this.#window.subarray(from - this.#start, end - this.#start)
  }
}

async function collect(pieces: Pieces, limit: number): Promise<Uint8Array> {
  const held: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    held.push(piece)
    size += piece.length
    if (size >= limit) break
  }
  return held.length === 1 ? held[0] : joinBytes(held, size)
}
