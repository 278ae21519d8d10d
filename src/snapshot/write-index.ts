import { type Checksum, checksumOf, type IndexMeta, NO_BYTES, sealOfFile, startOfFile } from './index-file.ts'
import { type BytePiece, type Packed } from './pack.ts'
import { type ShelfFiles, type ShelfWriter } from './shelf-files.ts'

/** An index to be written. */
export interface WriteTask {
  readonly name: string
  readonly meta: IndexMeta
  readonly packed: Packed
  /** Gives the writing up: nothing stays of it. */
  readonly signal: AbortSignal
  /** Lets go of the thread between two strides. */
  readonly pause: () => Promise<void>
}

/** Written between two pauses: some milliseconds of work. */
const STRIDE_BYTES = 2 << 20

/**
 * Writes an index, its seal last, so that it counts when it is whole and not before. The bytes of the file; undefined when
 * somebody else is at it, or it was given up. What was begun is removed then, and when there is no room (`ShelfFull`).
 */
export async function writeIndex(files: ShelfFiles, task: WriteTask): Promise<number | undefined> {
  const writer = await files.create(task.name)
  if (writer === undefined) return undefined
  let sizeBytes: number | undefined
  try {
    sizeBytes = await writeAll(writer, task)
  } finally {
    writer.close()
    if (sizeBytes === undefined) await files.remove(task.name)
  }
  return sizeBytes
}

async function writeAll(writer: ShelfWriter, { meta, packed, signal, pause }: WriteTask): Promise<number | undefined> {
  const start = startOfFile(meta)
  writer.write(start, 0)
  let at = start.length
  let checksum: Checksum = NO_BYTES
  for (const stride of stridesOf(packed.pieces)) {
    if (signal.aborted) return undefined
    checksum = checksumOf(stride, checksum)
    writer.write(stride, at)
    at += stride.length
    await pause()
  }
  if (signal.aborted) return undefined
  writer.flush()
  writer.write(sealOfFile(meta, packed, checksum), 0)
  writer.flush()
  return at
}

/** The pieces one behind the other, in strides. Each is good until the next is taken. */
function* stridesOf(pieces: readonly BytePiece[]): Generator<Uint8Array> {
  const stride = new Uint8Array(STRIDE_BYTES)
  let filled = 0
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const size = Math.min(piece.length - at, STRIDE_BYTES - filled)
      stride.set(piece.subarray(at, at + size), filled)
      filled += size
      at += size
      if (filled < STRIDE_BYTES) continue
      yield stride
      filled = 0
    }
  }
  if (filled > 0) yield stride.subarray(0, filled)
}
