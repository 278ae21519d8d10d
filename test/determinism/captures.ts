import { createReadStream, createWriteStream, existsSync, readdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip, createGzip } from 'node:zlib'
import { LF } from '../../src/base/ascii.ts'
import { formatOf } from '../../src/formats/formats.ts'
import { HEAD_BYTES, headOf } from '../../src/formats/head.ts'
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

/** Bytes on disk of a capture that is read in few ways only. */
const LARGE_BYTES = 16 << 20

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

/** Bytes of a capture as it lies on disk. */
export function bytesOnDisk(folder: string): number {
  return filesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0)
}

/** True of a capture that takes minutes to be read in few ways, and days in all. */
export function isLarge(folder: string): boolean {
  return bytesOnDisk(folder) > LARGE_BYTES
}

/**
 * Lays a capture out in a folder of its own: whole, or of each file its text up to the end of the line that has byte
 * `headBytes`, as a capture of another name.
 */
export async function layOut(folder: string, into: string, headBytes = Number.POSITIVE_INFINITY): Promise<LaidOut> {
  const folders = { plain: join(into, 'plain'), gz: join(into, 'gz') }
  for (const packing of PACKINGS) await mkdir(folders[packing], { recursive: true })
  const texts: { readonly plain: number; readonly gz: number; readonly isShared: boolean }[] = []
  for (const file of filesOf(folder)) {
    const name = basename(file, '.gz')
    const [plain, packed] = [join(folders.plain, name), join(folders.gz, name)]
    const isPacked = file.endsWith('.gz')
    const text = textOf(file)
    await pipeline(Readable.from(beginningOf(text, headBytes)), createWriteStream(plain))
    text.destroy() // of which less may have been read than there is
    if (isPacked && headBytes === Number.POSITIVE_INFINITY) await copyFile(file, packed)
    else await pipeline(createReadStream(plain), createGzip({ level: 1 }), createWriteStream(packed))
    texts.push({ plain: statSync(plain).size, gz: statSync(packed).size, isShared: await isReadInParts(plain) })
  }
  const bySize = texts.toSorted((a, b) => b.plain - a.plain)
  const shared = bySize.find(({ isShared }) => isShared) ?? bySize[0]
  return {
    name: headBytes === Number.POSITIVE_INFINITY ? basename(folder) : `${basename(folder)} (head)`,
    folders,
    textBytes: texts.reduce((sum, { plain }) => sum + plain, 0),
    largestBytes: bySize[0].plain,
    sharedBytes: { plain: shared.plain, gz: shared.gz },
  }
}

/** The text of a file, unpacked. What is wrong with the file itself fails the text: `pipe` alone would let it wait for ever. */
export function textOf(file: string): Readable {
  const bytes = createReadStream(file)
  if (!file.endsWith('.gz')) return bytes
  const text = createGunzip()
  bytes.on('error', (error) => text.destroy(error))
  text.on('close', () => bytes.destroy())
  return bytes.pipe(text)
}

/** Up to the end of a line, so that no line is one that no file has. */
async function* beginningOf(text: AsyncIterable<Buffer>, leastBytes: number): AsyncGenerator<Buffer> {
  let before = 0
  for await (const piece of text) {
    const end = before + piece.length < leastBytes ? -1 : piece.indexOf(LF, Math.max(0, leastBytes - 1 - before))
    yield end < 0 ? piece : piece.subarray(0, end + 1)
    if (end >= 0) return
    before += piece.length
  }
}

/** True where two threads are enough to be given parts of it. */
async function isReadInParts(file: string): Promise<boolean> {
  const opened = await open(file)
  const bytes = Buffer.alloc(HEAD_BYTES + 1)
  const { bytesRead } = await opened.read(bytes)
  const { size } = await opened.stat()
  await opened.close()
  const format = formatOf(headOf(bytes.subarray(0, bytesRead), bytesRead === size), basename(file))
  return format?.shards !== undefined && (format.shards.leastWidth ?? 0) <= 3
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
}
