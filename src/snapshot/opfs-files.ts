import { type ShelfFile, type ShelfFiles, ShelfFull, type ShelfWriter } from './shelf-files.ts'

const FOLDER = 'kept-indexes'
const LOCK = 'pinscope-kept-indexes'
/** Bytes read at once, and those from which on a handle is worth its opening. */
const READ_BYTES = 16 << 20
const WORTH_A_HANDLE = 1 << 20

/** What a worker's handle can do; a page has the files but no such handles. */
export interface SyncHandle {
  getSize(): number
  read(bytes: Uint8Array, options: { readonly at: number }): number
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/**
 * The shelf's folder in the origin's private file system (OPFS): only this origin sees it, and nothing of it leaves the
 * machine. Undefined where a browser keeps nothing: a private window, or a page that came over plain http. Only a worker can
 * write.
 */
export async function openOpfs(): Promise<ShelfFiles | undefined> {
  // Absent where the page came over plain http, whatever the types say.
  const { storage, locks } = navigator as { storage?: Partial<StorageManager>; locks?: LockManager }
  if (storage?.getDirectory === undefined || locks === undefined) return undefined
  try {
    return new OpfsFiles(await storage.getDirectory(), locks)
  } catch {
    return undefined // a private window
  }
}

/** Bytes that the shelf may take here: a share of what the browser grants, and no more than `mostBytes`. */
export async function budgetOf(mostBytes: number, share: number): Promise<number> {
  const { quota } = await navigator.storage.estimate()
  return Math.min(mostBytes, Math.floor((quota ?? 0) * share))
}

class OpfsFiles implements ShelfFiles {
  readonly #root: FileSystemDirectoryHandle
  readonly #locks: LockManager

  constructor(root: FileSystemDirectoryHandle, locks: LockManager) {
    this.#root = root
    this.#locks = locks
  }

  async list(): Promise<readonly ShelfFile[]> {
    const folder = await this.#folder(false)
    if (folder === undefined) return []
    const found: ShelfFile[] = []
    for await (const entry of folder.values()) {
      if (entry.kind === 'file') found.push({ name: entry.name, sizeBytes: await sizeOf(entry) })
    }
    return found
  }

  async read(name: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const folder = await this.#folder(false)
    if (folder === undefined) throw new DOMException('no such folder', 'NotFoundError')
    const file = await folder.getFileHandle(name)
    const quickly = to - from < WORTH_A_HANDLE ? undefined : await readAtOnce(file, from, to).catch(() => undefined)
    return quickly ?? new Uint8Array(await (await file.getFile()).slice(from, to).arrayBuffer())
  }

  async create(name: string): Promise<ShelfWriter | undefined> {
    const folder = await this.#folder(true)
    if (folder === undefined) return undefined
    try {
      const file = await folder.getFileHandle(name, { create: true })
      const handle = await syncHandleOf(file)
      handle.truncate(0)
      return writerOf(handle)
    } catch (error) {
      if (isNamed(error, 'NoModificationAllowedError')) return undefined
      throw asFull(error)
    }
  }

  async remove(name: string): Promise<boolean> {
    const folder = await this.#folder(false)
    try {
      await folder?.removeEntry(name)
      if (folder !== undefined) await this.#removeEmpty(folder)
      return true
    } catch (error) {
      return isNamed(error, 'NotFoundError')
    }
  }

  alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#locks.request(LOCK, { ifAvailable: true }, (lock) => (lock === null ? undefined : work()))
  }

  /** Undefined when it is not there. */
  async #folder(create: boolean): Promise<FileSystemDirectoryHandle | undefined> {
    try {
      return await this.#root.getDirectoryHandle(FOLDER, { create })
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return undefined
      throw error
    }
  }

  /** Nothing kept is nothing left behind, not even a folder. */
  async #removeEmpty(folder: FileSystemDirectoryHandle): Promise<void> {
    for await (const _ of folder.keys()) return
    await this.#root.removeEntry(FOLDER).catch(() => undefined) // somebody has just put something in it
  }
}

async function sizeOf(entry: FileSystemHandle): Promise<number> {
  // Only files are asked for; the list has handles of either kind.
  const file = entry as FileSystemFileHandle
  return file.getFile().then(
    ({ size }) => size,
    () => 0, // somebody is writing it
  )
}

/** Half the time that a blob takes. Rejects in a page, and where somebody has the file for himself. */
async function readAtOnce(file: FileSystemFileHandle, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await syncHandleOf(file, 'read-only')
  try {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, handle.getSize()) - from))
    for (let at = 0; at < bytes.length; at += READ_BYTES) {
      const part = bytes.subarray(at, at + READ_BYTES)
      if (handle.read(part, { at: from + at }) !== part.length) throw new Error('a part could not be read')
    }
    return bytes
  } finally {
    handle.close()
  }
}

/** A handle of a file, which has it alone unless `mode` says else. Rejects in a page, and where somebody is at it. */
export function syncHandleOf(file: FileSystemFileHandle, mode?: 'read-only'): Promise<SyncHandle> {
  // The types of a page do not know what those of a worker do. Where the mode is not known one has the file alone.
  const able = file as { createSyncAccessHandle?: (options?: { mode?: 'read-only' }) => Promise<SyncHandle> }
  if (able.createSyncAccessHandle === undefined) throw new TypeError('this browser cannot keep files of a worker')
  return able.createSyncAccessHandle(mode === undefined ? {} : { mode })
}

function writerOf(handle: SyncHandle): ShelfWriter {
  return {
    write: (bytes, at) => {
      const written = orFull(() => handle.write(bytes, { at }))
      // Chromium answers a negative number, as one without a sign, where it should throw (no room).
      if (written !== bytes.length) throw new ShelfFull(`${written} of ${bytes.length} bytes were written`)
    },
    flush: () => orFull(() => handle.flush()),
    close: () => handle.close(),
  }
}

function orFull<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asFull(error)
  }
}

function asFull(error: unknown): unknown {
  return isNamed(error, 'QuotaExceededError') ? new ShelfFull('quota exceeded', { cause: error }) : error
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}
