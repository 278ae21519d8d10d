import { closeSync, openSync, readSync } from 'node:fs'
import { type PathPart } from './node-source.ts'

const READ_BYTES = 1 << 20

/** Made once in each thread. */
let buffer: Uint8Array | undefined

/**
 * The bytes of a part, for a thread that does nothing else: it waits for them, and each piece is overwritten by the next.
 * Memory that is not asked for anew need not be cleared, which takes longer than to read it.
 */
export function* bytesOfPart({ path, from, to }: PathPart): Generator<Uint8Array> {
  buffer ??= new Uint8Array(READ_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let at = from; at < to;) {
      const size = readSync(file, buffer, 0, Math.min(READ_BYTES, to - at), at)
      if (size === 0) return
      yield buffer.subarray(0, size)
      at += size
    }
  } finally {
    closeSync(file)
  }
}
