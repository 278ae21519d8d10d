import { createHash } from 'node:crypto'
import { type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Sha256 } from '../formats/disk-bytes.ts'
import { type Source } from '../formats/source.ts'
import { type Inflate } from '../formats/wrapping.ts'

const READ_BYTES = 1 << 20

/**
 * A `Source` over a path, named as given. Its size and time are taken now; `changed()` compares them with the file's of
 * then. Never throws for a bad path: the stream will.
 */
export async function nodeSource(path: string): Promise<Source> {
  const first = await stat(path).catch(() => undefined)
  return {
    name: path,
    sizeBytes: first?.isFile() === true ? first.size : 0,
    ...(first === undefined ? {} : { lastModified: first.mtimeMs }),
    stream: () => streamOf(path, 0, Number.POSITIVE_INFINITY),
    slice: (from, to) => streamOf(path, from, to),
    changed: async () => first !== undefined && isOther(first, await stat(path).catch(() => undefined)),
  }
}

/** Node's zlib: faster than the web's gunzip, and reads all members. */
export const nodeInflate: Inflate = (packed) => {
  const gunzip = createGunzip({ chunkSize: READ_BYTES })
  pipeline(Readable.from(packed), gunzip, () => undefined) // an error reaches who reads from gunzip
  return gunzip
}

/** Node's SHA-256. */
export function createNodeSha256(): Sha256 {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') }
}

function isOther(first: Stats, now: Stats | undefined): boolean {
  return now === undefined || now.size !== first.size || now.mtimeMs !== first.mtimeMs || now.ino !== first.ino
}

/** Bytes `[from, to)` in big reads; also of files in debugfs, whose size is told as 0. */
function streamOf(path: string, from: number, to: number): ReadableStream<Uint8Array> {
  let file: FileHandle | undefined
  let position = from
  const readNext = async (): Promise<Uint8Array> => {
    file ??= await open(path, 'r')
    const buffer = new Uint8Array(Math.max(0, Math.min(READ_BYTES, to - position)))
    if (buffer.length === 0) return buffer
    const { bytesRead } = await file.read(buffer, 0, buffer.length, seekable(from, position))
    position += bytesRead
    return buffer.subarray(0, bytesRead)
  }
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const bytes = await readNext().catch(async (error: unknown) => {
          await file?.close()
          throw error
        })
        if (bytes.length > 0) return controller.enqueue(bytes)
        await file?.close()
        controller.close()
      },
      cancel: () => file?.close(),
    },
    { highWaterMark: 0 },
  )
}

/** Pipes cannot seek: a read from the start goes on where the last ended. */
function seekable(from: number, position: number): number | null {
  return from === 0 ? null : position
}
