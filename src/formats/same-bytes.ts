import { type SourceFile } from '../model/source-file.ts'
import { hashPutOff } from './put-off-hash.ts'
import { type Source } from './source.ts'

/**
 * The files read so far, by their sizes and hashes: one of the same bytes is found without a look at each of them, of
 * thousands of one size too. Files of slices are left out: they have the hash of the whole file, and some lines of it.
 */
export class SameBytes {
  readonly #files: SourceFile[]
  readonly #sources: readonly Source[]
  /** Rows of files by what is known of them; of several of the same bytes the first. */
  readonly #rowOfHash = new Map<string, number>()
  readonly #sizes = new Set<number>()
  readonly #putOff = new Map<number, number[]>()

  /** `files` are those of `sources` that were read, in order; a hash that is asked for later is put into it. */
  constructor(files: SourceFile[], sources: readonly Source[]) {
    this.#files = files
    this.#sources = sources
  }

  /** Takes note of the file at `row`, once it is read. */
  note(row: number): void {
    const { sizeBytes, hash } = this.#files[row]
    if (this.#sources[row].excerpt !== undefined || sizeBytes === 0 || hash.kind === 'none') return
    if (hash.kind === 'known') return this.#noteHash(row, sizeBytes, hash.sha256)
    const rows = this.#putOff.get(sizeBytes)
    if (rows === undefined) this.#putOff.set(sizeBytes, [row])
    else rows.push(row)
  }

  /**
   * True when a file was read that may have the same bytes: one of its size, and, where its hash is put off, of its
   * fingerprint; these are hashed now.
   */
  async hasAlike(source: Source): Promise<boolean> {
    const size = source.sizeBytes
    const rows = this.#putOff.get(size)
    if (rows !== undefined) await this.#hashThose(rows, await source.fingerprint?.().catch(() => undefined))
    return this.#sizes.has(size)
  }

  /** The first file of this size and hash. */
  find(sizeBytes: number, sha256: string): SourceFile | undefined {
    const row = this.#rowOfHash.get(keyOf(sizeBytes, sha256))
    return row === undefined ? undefined : this.#files[row]
  }

  async #hashThose(rows: readonly number[], fingerprint: string | undefined): Promise<void> {
    const left: number[] = []
    for (const row of rows) {
      const { hash, sizeBytes } = this.#files[row]
      if (hash.kind !== 'put_off' || hash.fingerprint !== fingerprint) {
        left.push(row)
        continue
      }
      const now = await hashPutOff(this.#sources[row], hash)
      this.#files[row] = { ...this.#files[row], hash: now }
      if (now.kind === 'known') this.#noteHash(row, sizeBytes, now.sha256)
    }
    if (rows.length > 0) this.#putOff.set(this.#files[rows[0]].sizeBytes, left)
  }

  #noteHash(row: number, sizeBytes: number, sha256: string): void {
    this.#sizes.add(sizeBytes)
    const key = keyOf(sizeBytes, sha256)
    this.#rowOfHash.set(key, Math.min(row, this.#rowOfHash.get(key) ?? row))
  }
}

function keyOf(sizeBytes: number, sha256: string): string {
  return `${sizeBytes} ${sha256}`
}
