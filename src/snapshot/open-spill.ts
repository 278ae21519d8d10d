import { type SyncHandle, syncHandleOf } from './opfs-files.ts'
import { type SpillFile, SpillLost } from './spill-file.ts'

/** Beside the kept indexes, which list what they find in their own folder. */
const FOLDER = 'spilled-columns'

/**
 * A file for columns in the origin's private file system; undefined where a browser keeps nothing, or in a page. Never
 * rejects.
 */
export async function openSpill(): Promise<SpillFile | undefined> {
  try {
    await sweepSpills()
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(FOLDER, { create: true })
    const name = `${crypto.randomUUID()}.columns`
    const handle = await syncHandleOf(await folder.getFileHandle(name, { create: true }))
    return spillFileOf(handle, async () => {
      await folder.removeEntry(name)
      await root.removeEntry(FOLDER) // rejects when another tab has a file in it
    })
  } catch {
    return undefined // a private window, plain http; or another tab swept just now
  }
}

/**
 * Removes files that dead tabs left. One that a living tab has open cannot be removed: its handle is the lock. Never
 * rejects.
 */
export async function sweepSpills(): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(FOLDER)
    for await (const name of folder.keys()) await folder.removeEntry(name).catch(() => undefined)
    await root.removeEntry(FOLDER)
  } catch {
    // nothing was ever spilled, or a living tab has a file there
  }
}

/** Bytes that were read; 0 where the file is gone. */
function readOf(handle: SyncHandle, into: Uint8Array, at: number): number {
  try {
    return handle.read(into, { at })
  } catch {
    return 0
  }
}

function spillFileOf(handle: SyncHandle, remove: () => Promise<void>): SpillFile {
  return {
    write: (bytes, at) => {
      // Chromium answers a negative number, as one without a sign, where it should throw (no room).
      if (handle.write(bytes, { at }) !== bytes.length) throw new Error('no room for columns in this browser')
    },
    read: (into, at) => {
      if (readOf(handle, into, at) !== into.length)
        throw new SpillLost('Columns of this capture cannot be read from the browser’s storage any more.')
    },
    close: async () => {
      handle.close()
      await remove().catch(() => undefined)
    },
  }
}
