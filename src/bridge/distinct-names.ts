import { toldEndOf } from '../formats/machine/cma-path.ts'

/**
 * The same files under names that tell them apart: two folders' `trace.txt` are cited as `a/trace.txt:12` and
 * `b/trace.txt:12`, the shortest ends of their paths that differ. Files without a path, or with the same, get a number:
 * `trace.txt (2)`. A file whose name is its own stays the very object. No bytes are read or copied.
 */
export function withDistinctNames(files: readonly File[]): readonly File[] {
  const names = distinctNames(
    files.map(({ name }) => name),
    files.map(pathOf),
  )
  return files.map((file, at) =>
    file.name === names[at] ? file : new File([file], names[at], { type: file.type, lastModified: file.lastModified }),
  )
}

/**
 * Names to cite files by, from their names and their paths (`a/trace.txt`; a bare name where none is known). A file that says
 * nothing without its folder keeps it.
 */
export function distinctNames(names: readonly string[], paths: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  const told = names.map((name, at) => toldEndOf(paths[at]) ?? name)
  const shared = countsOf(told.flatMap((name, row) => endsOf(paths[row]).map((end) => keyOf(name, end))))
  const rivals = countsOf(told)
  return told.map((name, at) => {
    const isShared = (end: string): boolean => (shared.get(keyOf(name, end)) ?? 0) > 1
    const found = numbered(rivals.get(name) === 1 ? name : shortestEnd(paths[at], isShared), taken)
    taken.add(found)
    return found
  })
}

/** The shortest end of a path, in whole folders, that no rival path has; the whole path when all are needed. */
function shortestEnd(path: string, isShared: (end: string) => boolean): string {
  return endsOf(path).find((end) => !isShared(end)) ?? path
}

/** `c`, `b/c`, `a/b/c` */
function endsOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, left) => parts.slice(parts.length - 1 - left).join('/'))
}

function keyOf(name: string, end: string): string {
  return `${name}\0${end}`
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name} (${number})`)) number++
  return `${name} (${number})`
}

/** Where a file lay in the folder that was chosen or dropped. Folder dialogs tell it one way, the drop zone another. */
function pathOf(file: File & { readonly path?: unknown }): string {
  const told = [file.webkitRelativePath, file.path].find((path) => typeof path === 'string' && path.endsWith(file.name))
  return typeof told === 'string' ? told.replace(/^\.?\/+/, '') : file.name
}
