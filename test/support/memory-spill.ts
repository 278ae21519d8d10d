import { type SpillFile } from '../../src/snapshot/spill-file.ts'

/** A spill file in memory. */
export class MemorySpill implements SpillFile {
  isOpen = true
  /** How often it was read. */
  reads = 0
  readonly #mostBytes: number
  #bytes = new Uint8Array(0)

  constructor(mostBytes: number = Number.POSITIVE_INFINITY) {
    this.#mostBytes = mostBytes
  }

  write(bytes: Uint8Array, at: number): void {
    if (at + bytes.length > this.#mostBytes) throw new Error('no room')
    const all = new Uint8Array(Math.max(this.#bytes.length, at + bytes.length))
    all.set(this.#bytes)
    all.set(bytes, at)
    this.#bytes = all
  }

  read(into: Uint8Array, at: number): void {
    if (!this.isOpen || at + into.length > this.#bytes.length) throw new Error('nothing to read')
    this.reads++
    into.set(this.#bytes.subarray(at, at + into.length))
  }

  async close(): Promise<void> {
    this.isOpen = false
  }
}
