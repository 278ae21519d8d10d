import { HASH_PIECE_BYTES, HASH_WHOLE_BYTES } from '../model/source-file.ts'
import { type Sha256 } from './disk-bytes.ts'

/**
 * The hash that a file is known by, over its bytes as they come: SHA-256 of a file of up to 64 MiB; of a larger one the
 * SHA-256 of the SHA-256s of its pieces of 16 MiB, which can be computed by who reads them, and in any order.
 */
export function contentHash(createSha256: () => Sha256): Sha256 {
  let whole: Sha256 | undefined = createSha256()
  let piece = createSha256()
  let room = HASH_PIECE_BYTES
  let size = 0
  const done: Promise<string>[] = []
  const update = (bytes: Uint8Array): void => {
    size += bytes.length
    if (size > HASH_WHOLE_BYTES) whole = undefined
    whole?.update(bytes)
    for (let at = 0; at < bytes.length;) {
      if (room === 0) {
        done.push(Promise.resolve(piece.digest()))
        piece = createSha256()
        room = HASH_PIECE_BYTES
      }
      const taken = Math.min(room, bytes.length - at)
      piece.update(taken === bytes.length ? bytes : bytes.subarray(at, at + taken))
      room -= taken
      at += taken
    }
  }
  const digest = async (): Promise<string> => {
    if (whole !== undefined) return whole.digest()
    const ofSums = createSha256()
    ofSums.update(joinedSums([...(await Promise.all(done)), await piece.digest()]))
    return ofSums.digest()
  }
  return { update, digest }
}

/** The same of a blob, by the browser's own SHA-256, on another thread. */
export function contentHashOf(blob: Blob): Promise<string> {
  return hashInPieces(blob.size, async (from, to) => sha256Of(await blob.slice(from, to).arrayBuffer()))
}

/** The same by whoever reads the pieces: `sumOf` is asked for the SHA-256 of one after the other. */
export async function hashInPieces(
  sizeBytes: number,
  sumOf: (from: number, to: number) => Promise<string>,
): Promise<string> {
  if (sizeBytes <= HASH_WHOLE_BYTES) return sumOf(0, sizeBytes)
  const sums: string[] = []
  for (let at = 0; at < sizeBytes; at += HASH_PIECE_BYTES) {
    sums.push(await sumOf(at, Math.min(sizeBytes, at + HASH_PIECE_BYTES)))
  }
  return sha256Of(joinedSums(sums))
}

/** SHA-256 as hex digits, by the browser's own way, on another thread. */
export async function sha256Of(bytes: Uint8Array | ArrayBuffer): Promise<string> {
  // Nothing here is in shared memory.
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)))
}

function joinedSums(sums: readonly string[]): Uint8Array<ArrayBuffer> {
  const hex = sums.join('')
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

/** Bytes as hex digits. */
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
