import { type LineId } from '../../model/ids.ts'

/** What most kernels have; assumed, and said so, when the log does not tell. */
const USUAL_PAGE_BYTES = 4096

/** `Dentry cache hash table entries: 65536 (order: 7, 524288 bytes, linear)` (mm/mm_init.c, was page_alloc.c). */
const HASH_TABLE = /hash table entries: \d+ \(order: (\d+), (\d+) bytes/

/** Learns the size of a page from a kernel log: bytes and order of a boot-time hash table tell it. */
export class PageSize {
  #bytes: number | undefined
  #line: LineId | undefined

  get isKnown(): boolean {
    return this.#bytes !== undefined
  }

  get bytes(): number {
    return this.#bytes ?? USUAL_PAGE_BYTES
  }

  /** The line that told; undefined when none did. */
  get line(): LineId | undefined {
    return this.#line
  }

  /** Looks at one message. */
  learn(message: string, line: LineId): void {
    if (this.#bytes !== undefined || !message.includes('hash table entries')) return
    const match = HASH_TABLE.exec(message)
    const size = match === null ? 0 : Number(match[2]) / 2 ** Number(match[1])
    if (size >= USUAL_PAGE_BYTES && size <= 1 << 20 && Number.isInteger(Math.log2(size))) {
      this.#bytes = size
      this.#line = line
    }
  }
}
