import { HASH_PIECE_BYTES } from '../model/source-file.ts'
import { type Sha256 } from './disk-bytes.ts'

/**
 * The hash that a file is known by, over its bytes as they come: SHA-256 of a file of up to 64 MiB; of a larger one the
 * SHA-256 of the SHA-256s of its pieces of 64 MiB, which a browser can compute while it holds no more than one piece.
 */
export function contentHash(createSha256: () => Sha256): Sha256 {
  let piece = createSha256()
  let room = HASH_PIECE_BYTES
  const done: Promise<string>[] = []
  const update = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length;) {
      if (room === 0) {
        done.push(Promise.resolve(piece.digest()))
        piece = createSha256()
        room = HASH_PIECE_BYTES
      }
      const size = Math.min(room, bytes.length - at)
      piece.update(size === bytes.length ? bytes : bytes.subarray(at, at + size))
      room -= size
      at += size
    }
  }
  const digest = async (): Promise<string> => {
    const last = await piece.digest()
    if (done.length === 0) return last
    const whole = createSha256()
    for (const sum of [...(await Promise.all(done)), last]) whole.update(bytesOfHex(sum))
    return whole.digest()
  }
  return { update, digest }
}

/** The same of a blob, by the browser's own SHA-256, on another thread. */
export async function contentHashOf(blob: Blob): Promise<string> {
  const sums: Uint8Array[] = []
  for (let at = 0; at === 0 || at < blob.size; at += HASH_PIECE_BYTES) {
    const bytes = await blob.slice(at, at + HASH_PIECE_BYTES).arrayBuffer()
    sums.push(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  }
  if (sums.length === 1) return hexOf(sums[0])
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(sums as BlobPart[]).arrayBuffer())))
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

/** Bytes as hex digits. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
