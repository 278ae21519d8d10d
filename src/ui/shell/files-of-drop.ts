import { unreadFile } from '../../base/unread-file.ts'

/**
 * All files of a drop, those of dropped folders too, each with its path in `path`. What cannot be read, a file or a folder,
 * is among them as an `unreadFile` that says why: nothing of a drop is left out without a word.
 */
export async function filesOfDrop(data: DataTransfer): Promise<readonly File[]> {
  // At once: the list is emptied when the event is over.
  const items = [...data.items].filter(({ kind }) => kind === 'file').map(droppedItem)
  const plain = [...data.files]
  if (!items.some(({ entry }) => entry?.isDirectory === true)) return plain
  const found = await Promise.all(items.map(filesOfItem))
  const files = found.flat()
  return files.length > 0 ? files : items.map(({ entry }) => unreadFile(pathOf(entry), 'no file is in this folder'))
}

interface DroppedItem {
  readonly entry: FileSystemEntry | undefined
  readonly file: File | undefined
}

function droppedItem(item: DataTransferItem): DroppedItem {
  return { entry: item.webkitGetAsEntry?.() ?? undefined, file: item.getAsFile() ?? undefined }
}

async function filesOfItem({ entry, file }: DroppedItem): Promise<readonly File[]> {
  if (entry !== undefined) return filesOfEntry(entry)
  return [file ?? unreadFile(pathOf(entry), 'the browser gives no file for it')]
}

async function filesOfEntry(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return [await fileOf(entry).catch((error: unknown) => unread(entry, 'file', error))]
  if (!isFolder(entry)) return [unreadFile(pathOf(entry), 'it is neither a file nor a folder')]
  const { inside, error } = await entriesOf(entry)
  const found = await Promise.all(inside.map(filesOfEntry))
  return error === undefined ? found.flat() : [...found.flat(), unread(entry, 'folder', error)]
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return withPath(file, entry)
}

function unread(entry: FileSystemEntry, kind: 'file' | 'folder', error: unknown): File {
  const why = error instanceof Error || error instanceof DOMException ? error.message : String(error)
  const part = kind === 'folder' ? 'this folder, or a part of it, cannot be listed: ' : ''
  return withPath(unreadFile(entry.name, `${part}${why}`), entry)
}

/** Two files of one name are told apart by their folders. */
function withPath(file: File, entry: FileSystemEntry): File {
  Object.defineProperty(file, 'path', { value: pathOf(entry), enumerable: true })
  return file
}

function pathOf(entry: FileSystemEntry | undefined): string {
  return entry?.fullPath.replace(/^\//, '') ?? 'a dropped item'
}

interface Listing {
  readonly inside: readonly FileSystemEntry[]
  /** Why the rest of it is not known. */
  readonly error?: unknown
}

/** A reader tells at most a hundred entries at a time, and nothing when it is done. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<Listing> {
  const reader = folder.createReader()
  const inside: FileSystemEntry[] = []
  for (;;) {
    try {
      const read = new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      const some = await read
      if (some.length === 0) return { inside }
      inside.push(...some)
    } catch (error) {
      return { inside, error }
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
