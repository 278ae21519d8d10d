import { type IndexShelf } from '../snapshot/index-shelf.ts'
import { openShelf } from '../snapshot/open-shelf.ts'
import { type KeptIndexes } from './protocol.ts'

const NOTHING = { kept: [], useless: { ofOtherBuilds: 0, notWhole: 0, ofNewerPinscope: 0 } }

/** The indexes of this browser, seen from the page: it needs no worker to list or remove them. Never rejects. */
export function keptIndexes(open: () => Promise<IndexShelf | undefined> = openShelf): KeptIndexes {
  return {
    list: async () => {
      const shelf = await open()
      if (shelf === undefined) return { isAvailable: false }
      const { kept, useless } = await shelf.look().catch(() => NOTHING)
      const indexes = kept.map(({ key, files, contents, events, sizeBytes, savedAt, usedAt }) => ({
        key,
        files: files.map(({ name, sizeBytes: bytes }) => ({ name, sizeBytes: bytes })),
        contents,
        events,
        sizeBytes,
        savedAt,
        usedAt,
      }))
      const found = { isAvailable: true, indexes, budgetBytes: shelf.budgetBytes } as const
      return Object.values(useless).some((count) => count > 0) ? { ...found, useless } : found
    },
    remove: async (key) => (await open())?.remove(key).catch(() => false) ?? true,
    clear: async () => (await open())?.clear().catch(() => false) ?? true,
  }
}
