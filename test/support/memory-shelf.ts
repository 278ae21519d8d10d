import { type ShelfFile, type ShelfFiles, ShelfFull, type ShelfWriter } from '../../src/snapshot/shelf-files.ts'

/** The private files of an origin, in memory: what several tabs see. One who writes a file has it alone. */
export class MemoryShelf implements ShelfFiles {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  /** Names that somebody is at. */
  readonly held = new Set<string>()
  /** Bytes that the browser grants. */
  quotaBytes = Number.POSITIVE_INFINITY
  /** Somebody else is keeping an index. */
  isTaken = false

  async list(): Promise<readonly ShelfFile[]> {
    return [...this.files].map(([name, bytes]) => ({ name, sizeBytes: bytes.length }))
  }

  async read(name: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.files.get(name)
    if (bytes === undefined) throw new Error('gone')
    return bytes.slice(from, to)
  }

  async create(name: string): Promise<ShelfWriter | undefined> {
    if (this.held.has(name)) return undefined
    this.held.add(name)
    this.files.set(name, new Uint8Array(0))
    return {
      write: (bytes, at) => this.#write(name, bytes, at),
      flush: () => undefined,
      close: () => void this.held.delete(name),
    }
  }

  async remove(name: string): Promise<boolean> {
    if (this.held.has(name)) return false
    this.files.delete(name)
    return true
  }

  async alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.isTaken) return undefined
    this.isTaken = true
    try {
      return await work()
    } finally {
      this.isTaken = false
    }
  }

  /** Bytes of all files. */
  get sizeBytes(): number {
    return [...this.files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  }

  #write(name: string, bytes: Uint8Array, at: number): void {
    const before = this.files.get(name) ?? new Uint8Array(0)
    const after = new Uint8Array(Math.max(before.length, at + bytes.length))
    if (this.sizeBytes - before.length + after.length > this.quotaBytes) throw new ShelfFull('quota')
    after.set(before)
    after.set(bytes, at)
    this.files.set(name, after)
  }
}
