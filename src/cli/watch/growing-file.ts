import { open, type FileHandle, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Source } from '../../formats/source.ts'
import { beginningOfPath } from '../node-source.ts'
import { wholeEntries } from './whole-entries.ts'

/** What is to be read of a file that grows. */
export type Grown =
  | { readonly kind: 'same' }
  /** It is not there now; it may come again. */
  | { readonly kind: 'gone' }
  /** It is no text: a part of it cannot be read. */
  | { readonly kind: 'binary' }
  /** `isOther`: its beginning is not what it was, so that it was cut, or another file took its place. */
  | { readonly kind: 'grown'; readonly source: Source; readonly isOther: boolean }

/** Bytes that a file is known by while it grows. */
const HEAD_BYTES = 4096

/** What is known of the file as it was looked at last. */
interface Seen {
  readonly head: Buffer
  readonly size: number
  /** Where the last reading ended. */
  readonly end: number
  readonly inode: number
}

/** Looks at a file again and again. While it grows, the last entry is left for later: its stack may not be written yet. */
export class GrowingFile {
  readonly #path: string
  readonly #name: string
  #seen: Seen | undefined

  /** `name`: what the file is cited by; its own name when absent. */
  constructor(path: string, name: string = basename(path)) {
    this.#path = path
    this.#name = name
  }

  /** What has come since the last look. Rejects when the file cannot be read. */
  async look(): Promise<Grown> {
    const found = await stat(this.#path).catch(() => undefined)
    if (found === undefined) return { kind: 'gone' }
    const file = await open(this.#path, 'r')
    try {
      const head = await bytesAt(file, 0, Math.min(HEAD_BYTES, found.size))
      if (head.includes(0)) return { kind: 'binary' }
      const isOther = this.#seen !== undefined && isOtherFile(this.#seen, head, found)
      const before = isOther ? undefined : this.#seen
      const end = await wholeEntries((from, to) => bytesAt(file, from, to), found.size, before?.size === found.size)
      this.#seen = { head, size: found.size, end: Math.max(end, before?.end ?? 0), inode: found.ino }
      if (end <= (before?.end ?? 0) && !isOther) return { kind: 'same' }
      const changed = async (): Promise<boolean> => {
        const now = await stat(this.#path).catch(() => undefined)
        return now === undefined || now.ino !== found.ino || now.size < end
      }
      return { kind: 'grown', isOther, source: beginningOfPath(this.#path, this.#name, end, changed) }
    } finally {
      await file.close()
    }
  }
}

function isOtherFile(
  seen: Seen,
  head: Buffer,
  { size, ino }: { readonly size: number; readonly ino: number },
): boolean {
  return size < seen.size || ino !== seen.inode || !head.subarray(0, seen.head.length).equals(seen.head)
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  return buffer.subarray(0, bytesRead)
}
