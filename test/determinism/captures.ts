import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { formatOf } from '../../src/formats/formats.ts'
import { headOf } from '../../src/formats/head.ts'
import { type Packing, PACKINGS } from './case.ts'

/** A capture laid out twice, under the same file names: all of it plain, and all of it packed. */
export interface LaidOut {
  readonly name: string
  readonly folders: Readonly<Record<Packing, string>>
  /** Bytes of all of its texts, and of the largest. */
  readonly textBytes: number
  readonly largestBytes: number
  /** Bytes of the largest text that threads can read parts of, plain and packed; of the largest text where there is none. */
  readonly sharedBytes: Readonly<Record<Packing, number>>
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
  const texts = files.map((file) => {
    const bytes = readFileSync(file)
    const isPacked = file.endsWith('.gz')
    const text = isPacked ? gunzipSync(bytes) : bytes
    const shortName = basename(file, '.gz')
    writeFileSync(join(folders.plain, shortName), text)
    const packed = isPacked ? bytes : gzipSync(text, { level: 1 })
    writeFileSync(join(folders.gz, shortName), packed)
    return { plain: text.length, gz: packed.length, isShared: isReadInParts(text, shortName) }
  })
  const textBytes = texts.reduce((sum, { plain }) => sum + plain, 0)
  const bySize = texts.toSorted((a, b) => b.plain - a.plain)
  const shared = bySize.find(({ isShared }) => isShared) ?? bySize[0]
  return {
    name,
    folders,
    textBytes,
    largestBytes: bySize[0].plain,
    sharedBytes: { plain: shared.plain, gz: shared.gz },
  }
}

/** True where two threads are enough to be given parts of it. */
function isReadInParts(text: Uint8Array, name: string): boolean {
  const format = formatOf(headOf(text, true), name)
  return format?.shards !== undefined && (format.shards.leastWidth ?? 0) <= 3
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
}
