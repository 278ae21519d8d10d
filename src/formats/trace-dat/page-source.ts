import { type RandomBytes } from '../random-bytes.ts'
import { DataCursor, TraceDatError } from './data-cursor.ts'
import { type CpuData, type FileParts } from './file-parts.ts'

/** Some whole pages of one CPU, and where they stand in its unpacked data. */
export interface PageRun {
  readonly bytes: Uint8Array
  /** Position of the first byte in the CPU's unpacked data. */
  readonly start: number
}

/** Hands out the pages of one CPU, in order. */
export interface PageSource {
  /** The next pages; undefined after the last. Throws a `TraceDatError` when the file is cut or damaged there. */
  next(): Promise<PageRun | undefined>
  /** Goes to the run of pages that holds a position in the unpacked data. */
  seek(position: number): Promise<void>
}

/** Pages read at once from a file that is not packed. */
const RUN_PAGES = 128
const BLOCK_HEAD_BYTES = 8

/** The pages of a CPU, packed or not. */
export function pageSourceOf(bytes: RandomBytes, parts: FileParts, data: CpuData, pageBytes: number): PageSource {
  return data.isPacked ? new PackedPages(bytes, parts, data) : new PlainPages(bytes, data, pageBytes)
}

class PlainPages implements PageSource {
  readonly #bytes: RandomBytes
  readonly #data: CpuData
  readonly #pageBytes: number
  #at = 0

  constructor(bytes: RandomBytes, data: CpuData, pageBytes: number) {
    this.#bytes = bytes
    this.#data = data
    this.#pageBytes = pageBytes
  }

  async next(): Promise<PageRun | undefined> {
    const { offset, size } = this.#data
    const start = this.#at
    const wanted = Math.min(size - start, RUN_PAGES * this.#pageBytes)
    if (wanted < this.#pageBytes) return undefined
    const bytes = await this.#bytes.read(offset + start, offset + start + wanted)
    const whole = bytes.length - (bytes.length % this.#pageBytes)
    if (whole === 0) throw new TraceDatError(`CPU ${this.#data.cpu}: the file ends before its records do`)
    this.#at += whole
    return { bytes: bytes.subarray(0, whole), start }
  }

  async seek(position: number): Promise<void> {
    this.#at = position - (position % this.#pageBytes)
  }
}

/** u32 count of blocks, then of each block: u32 packed size, u32 size, packed bytes. */
class PackedPages implements PageSource {
  readonly #bytes: RandomBytes
  readonly #parts: FileParts
  readonly #data: CpuData
  /** Place of the next block in the file; undefined before the first. */
  #at: number | undefined
  #block = 0
  #blocks = 0
  /** Position of the next block in the unpacked data. */
  #start = 0

  constructor(bytes: RandomBytes, parts: FileParts, data: CpuData) {
    this.#bytes = bytes
    this.#parts = parts
    this.#data = data
  }

  async next(): Promise<PageRun | undefined> {
    const head = await this.#nextHead()
    if (head === undefined) return undefined
    const packed = await this.#read(head.at, head.packedSize)
    const bytes = this.#parts.unpack(packed, head.size)
    const start = this.#start
    this.#pass(head)
    return { bytes, start }
  }

  async seek(position: number): Promise<void> {
    this.#at = undefined
    this.#start = 0
    for (;;) {
      const head = await this.#nextHead()
      if (head === undefined || position < this.#start + head.size) return
      this.#pass(head)
    }
  }

  #pass(head: { readonly at: number; readonly packedSize: number; readonly size: number }): void {
    this.#at = head.at + head.packedSize
    this.#start += head.size
    this.#block++
  }

  async #nextHead(): Promise<{ at: number; packedSize: number; size: number } | undefined> {
    const { isLittle } = this.#parts
    const { offset, size: dataSize, cpu } = this.#data
    if (dataSize === 0) return undefined
    if (this.#at === undefined) {
      this.#blocks = new DataCursor(await this.#read(offset, 4), isLittle, `the blocks of CPU ${cpu}`).u32()
      this.#at = offset + 4
      this.#block = 0
    }
    if (this.#block >= this.#blocks) return undefined
    const head = new DataCursor(await this.#read(this.#at, BLOCK_HEAD_BYTES), isLittle, `a block of CPU ${cpu}`)
    const found = { packedSize: head.u32(), size: head.u32(), at: this.#at + BLOCK_HEAD_BYTES }
    if (found.size === 0) throw new TraceDatError(`CPU ${cpu}: an empty block of records`)
    return found
  }

  async #read(from: number, size: number): Promise<Uint8Array> {
    const bytes = await this.#bytes.read(from, from + size)
    if (bytes.length < size) throw new TraceDatError(`CPU ${this.#data.cpu}: the file ends before its records do`)
    return bytes
  }
}
