import { type Endpoint, expose } from 'comlink'
import { sha256Of } from '../formats/content-hash.ts'
import { BlobBytes } from './blob-bytes.ts'
import { keepPulse } from './worker-pulse.ts'

/** What the worker that hashes files does. */
export interface HashApi {
  /** SHA-256 of a piece of a file; rejects when its bytes cannot be read. */
  sumOf(piece: Blob): Promise<string>
}

/** Puts hashing behind an endpoint: the worker's own scope, or a message port in a test. */
export function exposeHashing(endpoint?: Endpoint): void {
  keepPulse(endpoint)
  expose(hashingDoor(), endpoint)
}

/** The same without another thread. */
export function hashingDoor(): HashApi {
  const blobs = new BlobBytes()
  return { sumOf: async (piece) => sha256Of(await blobs.read(piece)) }
}
