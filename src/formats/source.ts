import { isUnreadFile } from '../base/unread-file.ts'
import { contentHashOf } from './content-hash.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type SourceExcerpt } from './slice/source-excerpt.ts'
import { type PoolShare } from './unpack-limit.ts'

/** Something to read bytes from: a file dropped on the page, or one on disk. May be streamed more than once. */
export interface Source {
  readonly name: string
  /** Bytes as told when it was opened; 0 for files whose size is unknown (debugfs). */
  readonly sizeBytes: number
  /** Milliseconds since 1970, as told when it was opened. */
  readonly lastModified?: number
  /** The bytes from the start. Errors when the file cannot be read (a folder, gone, changed). */
  stream(): ReadableStream<Uint8Array>
  /** The bytes `[from, to)`, for reading single lines again. Absent where seeking is impossible. */
  slice?(from: number, to: number): ReadableStream<Uint8Array>
  /**
   * The bytes from `from` on for who is done with each piece when the next is asked for, which may take its place: memory
   * that is asked for anew takes longer to get than to read into.
   */
  passing?(from: number): ReadableStream<Uint8Array>
  /** The bytes `[from, to)` as something that can be sent to another thread, to be read there. */
  part?(from: number, to: number): unknown
  /**
   * `contentHash` of all bytes as 64 hex digits, computed beside the reading (another thread). Without it the bytes
   * are hashed as they are read, which in a browser takes longer than reading them.
   */
  sha256?(): Promise<string>
  /** What the file is known by without being read whole, see `fingerprintOf`. */
  fingerprint?(): Promise<string>
  /** True when the file is no longer the one that was opened. */
  changed?(): Promise<boolean>
  /** Bytes on disk that it takes, packed as it is there; `sizeBytes` where absent. */
  readonly diskBytes?: number
  /** What it may unpack to out of proportion, with the other files of its archive. */
  readonly unpackShare?: PoolShare
  /** True for a member of an archive whose bytes have to be unpacked each time they are read. */
  readonly isPacked?: boolean
  /** The file is not there: why, in words for a person, with what to do. Nothing can be read of it then. */
  readonly absent?: string
  /** Of a file of which only some lines are there: what the whole file is, and which lines these are. */
  readonly excerpt?: SourceExcerpt
  /** What is wrong with the bytes themselves, in words, as far as it is known by now; empty when nothing is. */
  damage?(): string
  /** Nothing more is asked for the time being: closes what is kept open for the next question. */
  letGo?(): Promise<void>
}

/** A `Source` over a browser's `File` (Node's works too). The bytes stay where they are until they are streamed. */
export function sourceOfBlob(file: Blob & { readonly name?: string; readonly lastModified?: number }): Source {
  if (isUnreadFile(file)) return unreadSource(file)
  return {
    name: file.name ?? '', // Node's clone of a File is a Blob
    sizeBytes: file.size,
    ...(file.lastModified === undefined ? {} : { lastModified: file.lastModified }),
    stream: () => file.stream(),
    slice: (from, to) => file.slice(from, to).stream(),
    part: (from, to) => file.slice(from, to),
    changed: () => hasLostBytes(file),
    ...(hasDigest() ? { sha256: () => contentHashOf(file), fingerprint: () => fingerprintOf(file) } : {}),
  }
}

/** Stands for what the page could not get at: nothing of it can be read, and it is told why. */
function unreadSource(file: Blob & { readonly name?: string }): Source {
  const refuse = async (): Promise<never> => {
    throw new Error(await file.text())
  }
  return { name: file.name ?? '', sizeBytes: 0, stream: () => new ReadableStream({ pull: refuse }), sha256: refuse }
}

/** A page that came over plain http has no `crypto.subtle`, whatever the types say. */
function hasDigest(): boolean {
  return (crypto as { readonly subtle?: SubtleCrypto }).subtle !== undefined
}

/** Stands for a file that nobody has opened, of a capture that is known without it. */
export function absentSource(name: string): Source {
  const absent = `${name} itself is not open: what is kept of it is shown. Open it to see its lines.`
  return {
    name,
    sizeBytes: 0,
    absent,
    stream: () => {
      throw new Error(absent)
    },
  }
}

/** A browser refuses to read a `File` whose size or time on disk differs from the moment it was chosen. */
async function hasLostBytes(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return false
  } catch {
    return true
  }
}
