import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Packing, PACKINGS } from './case.ts'

/** A capture laid out twice, under the same file names: all of it plain, and all of it packed. */
export interface LaidOut {
  readonly name: string
  readonly folders: Readonly<Record<Packing, string>>
  /** Bytes of all of its texts, and of the largest. */
  readonly textBytes: number
  readonly largestBytes: number
}

const BUNDLED = fileURLToPath(new URL('../fixtures/captures', import.meta.url))
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
/** Files for performance work: captures of 600 MB and more take minutes a time. */
const MOST_PACKED_BYTES = 16 << 20

/** The captures beside the checkout, where they are, and those that come with the tests and are no excerpts of these. */
export function capturesHere(): readonly string[] {
  const beside = existsSync(CORPUS) ? foldersIn(CORPUS) : []
  const names = new Set(beside.map((folder) => basename(folder)))
  return [...foldersIn(BUNDLED).filter((folder) => !names.has(basename(folder))), ...beside]
}

/** The captures in a folder, or the folder itself when it holds files alone. */
export function foldersIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  const found = folders.length === 0 ? [folder] : folders
  return found.filter((one) => filesOf(one).length > 0).toSorted()
}

/** Lays a capture out in a folder of its own. Undefined where it is too large to be read many times. */
export function layOut(folder: string, into: string): LaidOut | undefined {
  const files = filesOf(folder)
  if (files.reduce((sum, file) => sum + statSync(file).size, 0) > MOST_PACKED_BYTES) return undefined
  const name = basename(folder)
  const folders = { plain: join(into, 'plain'), gz: join(into, 'gz') }
  for (const packing of PACKINGS) mkdirSync(folders[packing], { recursive: true })
  const sizes = files.map((file) => {
    const bytes = readFileSync(file)
    const isPacked = file.endsWith('.gz')
    const text = isPacked ? gunzipSync(bytes) : bytes
    const shortName = basename(file, '.gz')
    writeFileSync(join(folders.plain, shortName), text)
    writeFileSync(join(folders.gz, shortName), isPacked ? bytes : gzipSync(text, { level: 1 }))
    return text.length
  })
  const textBytes = sizes.reduce((sum, size) => sum + size, 0)
  return { name, folders, textBytes, largestBytes: Math.max(...sizes) }
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
}
