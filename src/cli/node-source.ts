import { createHash } from 'node:crypto'
import { type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Sha256 } from '../formats/disk-bytes.ts'
import { fingerprintOfSamples, placesOf } from '../formats/fingerprint.ts'
import { type Source } from '../formats/source.ts'
import { type Inflate } from '../formats/wrapping.ts'
import { bytesBetween, type OpenBytes } from './bytes-between.ts'
import { pipeSource } from './pipe-source.ts'

const READ_BYTES = 1 << 20

/**
 * A `Source` over a path, named as given. Its size and time are taken now; `changed()` compares them with the file's of
 * then. A pipe is read to its end before this answers. Never throws for a bad path: the stream will.
 */
export async function nodeSource(path: string): Promise<Source> {
  const first = await stat(path).catch(() => undefined)
  if (first?.isFIFO() === true) return pipeSource(path)
  return {
    name: path,
    sizeBytes: first?.isFile() === true ? first.size : 0,
    ...(first === undefined ? {} : { lastModified: first.mtimeMs }),
    stream: () => streamOf(path, 0, Number.POSITIVE_INFINITY, false, first?.isFile() === true ? first.size : 0),
    slice: (from, to) => streamOf(path, from, to),
    ...(first?.isFile() === true ? { part: (from: number, to: number): PathPart => ({ path, from, to }) } : {}),
    // What is told to be empty may be one that is consumed by reading it: it is opened once.
    ...(first?.isFile() === true && first.size > 0
      ? { passing: (from: number) => streamOf(path, from, Number.POSITIVE_INFINITY, true) }
      : {}),
    ...(first?.isFile() === true ? { fingerprint: () => fingerprintOfPath(path, first.size) } : {}),
    changed: async () => first !== undefined && isOther(first, await stat(path).catch(() => undefined)),
  }
}

/** The first `end` bytes of a file that may grow behind them, under a name of their own. `changed` as the caller knows it. */
export function beginningOfPath(path: string, name: string, end: number, changed: () => Promise<boolean>): Source {
  return {
    name,
    sizeBytes: end,
    stream: () => streamOf(path, 0, end),
    slice: (from, to) => streamOf(path, from, Math.min(to, end)),
    part: (from: number, to: number): PathPart => ({ path, from, to: Math.min(to, end) }),
    changed,
  }
}

/** What a file on disk is known by without being read whole; as that of the same file in a browser. */
async function fingerprintOfPath(path: string, size: number): Promise<string> {
  const file = await open(path, 'r')
  try {
    const samples: Uint8Array<ArrayBuffer>[] = []
    for (const [from, to] of placesOf(size)) {
      const sample = new Uint8Array(to - from)
      const { bytesRead } = await file.read(sample, 0, sample.length, from)
      samples.push(sample.subarray(0, bytesRead))
    }
    return await fingerprintOfSamples(size, samples)
  } finally {
    await file.close()
  }
}

/** Bytes `[from, to)` of a file, for another thread. */
export interface PathPart {
  readonly path: string
  readonly from: number
  readonly to: number
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

/** Bytes `[from, to)`; also of files in debugfs, whose size is told as 0. */
function streamOf(
  path: string,
  from: number,
  to: number,
  isOverwritten = false,
  sizeBytes = 0,
): ReadableStream<Uint8Array> {
  const opened = async (): Promise<OpenBytes> => {
    const file = await open(path, 'r')
    return {
      read: async (buffer, position) => (await file.read(buffer, 0, buffer.length, seekable(from, position))).bytesRead,
      close: () => file.close(),
      ...(sizeBytes > 0 ? { sizeBytes } : {}), // 0 is told of what is made when it is read
    }
  }
  return bytesBetween(from, to, opened, isOverwritten)
}

/** What cannot seek is read from the start only: each read goes on where the last ended. */
function seekable(from: number, position: number): number | null {
  return from === 0 ? null : position
}
