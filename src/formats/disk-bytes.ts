import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { contentHash } from './content-hash.ts'
import { type Source } from './source.ts'
import { iterate } from './unwrap.ts'

/** A running SHA-256. The default is plain JavaScript; Node brings a faster one. */
export interface Sha256 {
  /** Takes the next bytes; keeps no view of them. */
  update(bytes: Uint8Array): void
  /** 64 hex digits. Called once. */
  digest(): string | Promise<string>
}

/** SHA-256 in plain JavaScript, about 150 MB/s. */
export function createPlainSha256(): Sha256 {
  const hash = sha256.create()
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  }
}

/** The source itself cannot be read: a folder, gone, changed under us. `cause` is what the system said. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

/** Content hash of a source: its own way when it has one, else by streaming through it. Throws when it cannot be read. */
export async function sha256Of(source: Source, createSha256 = createPlainSha256): Promise<string> {
  if (source.sha256 !== undefined) return source.sha256()
  const hash = contentHash(createSha256)
  await new DiskBytes(source, hash, () => undefined).readToEnd()
  return hash.digest()
}

/**
 * A source's bytes, counted and hashed the first time each of them comes by, however often the source is opened.
 */
export class DiskBytes {
  /** Bytes seen, each once. */
  seen = 0
  readonly #source: Source
  readonly #hash: Sha256 | undefined
  readonly #onBytes: (size: number) => void
  #hasEnded = false

  /** `onBytes` is told how many new bytes came by. Without a hash they are only counted. */
  constructor(source: Source, hash: Sha256 | undefined, onBytes: (size: number) => void) {
    this.#source = source
    this.#hash = hash
    this.#onBytes = onBytes
  }

  /** The bytes from the start. Throws a `SourceError` when they cannot be read. */
  async *open(): AsyncGenerator<Uint8Array> {
    let position = 0
    for await (const piece of telling(() => this.#source.stream())) {
      const fresh = position + piece.length - this.seen
      if (fresh > 0) this.#count(piece.subarray(piece.length - Math.min(fresh, piece.length)))
      position += piece.length
      yield piece
    }
    this.#hasEnded = true
  }

  /** The bytes up to `position` came by on another way, to the end when `isEnd`; only where they are not hashed here. */
  pass(position: number, isEnd: boolean): void {
    const fresh = position - this.seen
    this.#hasEnded = isEnd
    if (fresh <= 0) return
    this.seen = position
    this.#onBytes(fresh)
  }

  /** Reads what nobody has asked for yet: a tail behind damage. */
  async readToEnd(): Promise<void> {
    if (this.#hasEnded) return
    for await (const piece of this.open()) void piece
  }

  #count(bytes: Uint8Array): void {
    this.#hash?.update(bytes)
    this.seen += bytes.length
    this.#onBytes(bytes.length)
  }
}

/** The pieces of a source's stream. Throws a `SourceError` when they cannot be read. */
export async function* telling(open: () => ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* iterate(open())
  } catch (error) {
    throw new SourceError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
