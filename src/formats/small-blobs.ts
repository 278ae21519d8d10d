import { isUnreadFile } from '../base/unread-file.ts'
import { contentHashOf, hashInPieces, sha256Of } from './content-hash.ts'
import { type Source, sourceOfBlob } from './source.ts'

/** What is read of a file at once: to ask a browser for bytes takes longer than to get so many. */
const SMALL_BYTES = 1 << 16
/** Files that are asked for before it is their turn, so that nobody waits for each of thousands. */
const AHEAD = 32
/** Bytes that are held for a second look at them; those that were asked for first are given up first. */
const MOST_HELD_BYTES = 1 << 25

/**
 * Sources over a browser's files, in the order in which they will be read. While they are read, each small file is asked
 * for once, whole, ahead of its turn, and answers from memory; when it is let go, and for good, from the disk. What is
 * answered from memory cannot have changed on the way: a browser gives no bytes of a file that is not what was chosen.
 */
export function sourcesOfBlobs(files: readonly File[]): readonly Source[] {
  const ahead = new ReadAhead(files)
  return files.map((file, row) => (isSmall(file) ? smallSource(file, row, ahead) : sourceOfBlob(file)))
}

function isSmall(file: Blob): boolean {
  return file.size > 0 && file.size <= SMALL_BYTES && !isUnreadFile(file)
}

function smallSource(file: File, row: number, ahead: ReadAhead): Source {
  const disk = sourceOfBlob(file)
  const held = (): Promise<Uint8Array> | undefined => ahead.bytesOf(row)
  const sumOf = (bytes: Uint8Array): Promise<string> =>
    hashInPieces(bytes.length, (from, to) => sha256Of(bytes.subarray(from, to)))
  return {
    ...disk,
    stream: () => streamOf(held()) ?? disk.stream(),
    slice: (from, to) => streamOf(held(), from, to) ?? file.slice(from, to).stream(),
    changed: async () => !(await ahead.isHeld(row)) && ((await disk.changed?.()) ?? false),
    ...(disk.sha256 === undefined ? {} : { sha256: () => held()?.then(sumOf) ?? contentHashOf(file) }),
    letGo: async () => ahead.letGo(row),
  }
}

/** A copy each time: who gets bytes may send them away. */
function streamOf(
  bytes: Promise<Uint8Array> | undefined,
  from = 0,
  to?: number,
): ReadableStream<Uint8Array> | undefined {
  if (bytes === undefined) return undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = (await bytes).slice(from, to)
        if (piece.length > 0) controller.enqueue(piece)
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

class ReadAhead {
  readonly #files: readonly File[]
  /** By row, in the order in which they were asked for. */
  readonly #held = new Map<number, Promise<Uint8Array>>()
  readonly #over = new Set<number>()
  #heldBytes = 0

  constructor(files: readonly File[]) {
    this.#files = files
  }

  /** All bytes of a small file; those behind it are asked for, too. Undefined once it was let go. */
  bytesOf(row: number): Promise<Uint8Array> | undefined {
    if (this.#over.has(row)) return undefined
    const end = Math.min(this.#files.length, row + AHEAD)
    for (let next = row + 1; next < end; next++) if (isSmall(this.#files[next])) void this.#ask(next)
    return this.#ask(row)
  }

  async isHeld(row: number): Promise<boolean> {
    const bytes = await this.#held.get(row)?.catch(() => undefined)
    return bytes?.length === this.#files[row].size
  }

  letGo(row: number): void {
    this.#over.add(row)
    this.#drop(row)
  }

  #ask(row: number): Promise<Uint8Array> | undefined {
    if (this.#over.has(row)) return undefined
    const known = this.#held.get(row)
    if (known !== undefined) return known
    const bytes = this.#files[row].arrayBuffer().then((buffer) => new Uint8Array(buffer))
    bytes.catch(() => undefined) // told to who asks for it
    this.#held.set(row, bytes)
    this.#heldBytes += this.#files[row].size
    for (const [first] of this.#held) {
      if (this.#heldBytes <= MOST_HELD_BYTES) break
      if (first !== row) this.#drop(first)
    }
    return bytes
  }

  #drop(row: number): void {
    if (this.#held.delete(row)) this.#heldBytes -= this.#files[row].size
  }
}
