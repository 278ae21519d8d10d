import { type IndexShelf } from '../snapshot/index-shelf.ts'
import { openShelf } from '../snapshot/open-shelf.ts'
import { type KeptIndexes } from './protocol.ts'

/** The indexes of this browser, seen from the page: it needs no worker to list or remove them. Never rejects. */
export function keptIndexes(open: () => Promise<IndexShelf | undefined> = openShelf): KeptIndexes {
  return {
    list: async () => {
      const shelf = await open()
      if (shelf === undefined) return { isAvailable: false }
      const kept = await shelf.list().catch(() => [])
      const indexes = kept.map(({ key, files, contents, events, sizeBytes, savedAt, usedAt }) => ({
        key,
        files: files.map(({ name, sizeBytes: bytes }) => ({ name, sizeBytes: bytes })),
        contents,
        events,
        sizeBytes,
        savedAt,
        usedAt,
      }))
      return { isAvailable: true, indexes, budgetBytes: shelf.budgetBytes }
    },
    remove: async (key) => (await open())?.remove(key).catch(() => false) ?? true,
    clear: async () => (await open())?.clear().catch(() => false) ?? true,
  }
}
