/** All files of a drop, those of dropped folders too, each with its path in `path`. Folders that cannot be read give none. */
export async function filesOfDrop(data: DataTransfer): Promise<readonly File[]> {
  // At once: the list is emptied when the event is over.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? undefined)
  const plain = [...data.files]
  if (!entries.some((entry) => entry?.isDirectory === true)) return plain
  const found = await Promise.all(entries.filter((entry) => entry !== undefined).map(filesOfEntry))
  return found.flat()
}

async function filesOfEntry(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return fileOf(entry).catch(() => [])
  if (!isFolder(entry)) return []
  const inside = await entriesOf(entry).catch(() => [])
  const found = await Promise.all(inside.map(filesOfEntry))
  return found.flat()
}

async function fileOf(entry: FileSystemFileEntry): Promise<readonly File[]> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  // Two files of one name are told apart by their folders.
  Object.defineProperty(file, 'path', { value: entry.fullPath.replace(/^\//, ''), enumerable: true })
  return [file]
}

/** A reader tells at most a hundred entries at a time, and nothing when it is done. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
