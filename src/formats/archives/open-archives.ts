import { type ReadOptions } from '../read-options.ts'
import { ReadPace } from '../read-pace.ts'
import { openSlice } from '../slice/open-slice.ts'
import { type Source } from '../source.ts'
import { iterate } from '../unwrap.ts'
import { type Contents, firstBytes, unreadable } from './member.ts'
import { type ListingWatch, openTar } from './tar-archive.ts'
import { openZip } from './zip-archive.ts'
import { isZip } from './zip-directory.ts'

/**
 * The files to read: each slice, and each zip or tar archive among the sources (packed as a whole or not, known by its content) gives way to
 * the files in it, every other source stays as it is. What is wrong with an archive is told by a last entry under its own
 * name. An archive in an archive is not opened: the members must not be given here again. Throws only when aborted.
 */
export async function openArchives(sources: readonly Source[], options: ReadOptions = {}): Promise<readonly Source[]> {
  const pace = new ReadPace(sources, options, () => 0)
  const opened: Source[] = []
  for (const [row, source] of sources.entries()) {
    const watch: ListingWatch = {
      begin: () => pace.beginFile(row),
      onBytes: (size) => pace.count(size),
      rest: () => pace.rest(),
    }
    const slice = await sliceOf(source, options)
    const contents = slice === undefined ? await contentsOf(source, options, watch) : undefined
    opened.push(...(slice ?? (contents === undefined ? [source] : filesOf(source, contents))))
  }
  return opened
}

function filesOf(archive: Source, { members, damage }: Contents): readonly Source[] {
  return damage === '' ? members : [...members, unreadable(archive.name, damage)]
}

/** The files of a slice; undefined for what is none. */
async function sliceOf(source: Source, options: ReadOptions): Promise<readonly Source[] | undefined> {
  if (source.sizeBytes === 0 || source.slice === undefined) return undefined
  return openSlice(source, options).catch(() => {
    options.signal?.throwIfAborted()
    return undefined // reading it will tell why
  })
}

/** Undefined for what is no archive. A pipe (its size is not told) can be read only once: it is left alone. */
async function contentsOf(source: Source, options: ReadOptions, watch: ListingWatch): Promise<Contents | undefined> {
  if (source.sizeBytes === 0 || source.slice === undefined) return undefined
  try {
    const head = await firstBytes(iterate(source.slice(0, 4)), 4)
    return isZip(head) ? await openZip(source) : await openTar(source, options, watch)
  } catch {
    options.signal?.throwIfAborted()
    return undefined // reading it will tell why
  }
}
