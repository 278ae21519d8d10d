import { Inflate } from 'fflate'
import { bytesOfSource, type RandomBytes } from '../random-bytes.ts'
import { type Source } from '../source.ts'
import { withinLimit } from '../unpack-limit.ts'
import { iterate, streamOf } from '../unwrap.ts'
import { type Pieces } from '../wrapping.ts'
import { inflateZstd } from '../zstd.ts'
import { Crc32 } from './crc32.ts'
import { type Contents, memberName, MOST_MEMBERS, unreadable } from './member.ts'
import { dataOffset, listZip, type ZipEntry, type ZipListing } from './zip-directory.ts'

const STORED = 0
const DEFLATE = 8
const ZSTD = 93
/** Packed bytes unpacked at once: what may be lost before a damaged place. */
const STEP_BYTES = 4096

/** The files in a zip archive; undefined when its source cannot be sought in. */
export async function openZip(source: Source): Promise<Contents | undefined> {
  const bytes = bytesOfSource(source)
  if (bytes === undefined) return undefined
  const listing = await listZip(bytes)
  return { members: listing.entries.map((entry) => memberOf(source, entry)), damage: damageOf(listing) }
}

function damageOf({ entries, end }: ZipListing): string {
  const found = `${entries.length} files were found`
  if (end === 'no directory')
    return `cut off: the directory at the end of the zip archive is missing; ${found} by their own headers; copy it again`
  if (end === 'damaged')
    return `damaged: the directory of the zip archive cannot be read further; ${found}; copy it again`
  if (end === 'too many') return `more than ${MOST_MEMBERS} files in one archive: the first ${MOST_MEMBERS} are read`
  return entries.length === 0 ? 'an archive without files' : ''
}

function memberOf(archive: Source, entry: ZipEntry): Source {
  const name = memberName(archive.name, entry.path)
  if (entry.isEncrypted)
    return unreadable(name, 'not read: encrypted; unpack the archive with its password and load the files')
  if (![STORED, DEFLATE, ZSTD].includes(entry.method)) {
    return unreadable(name, `not read: packed by zip method ${entry.method}; unpack the archive and load the files`)
  }
  return new ZipMember(archive, entry, name)
}

/** What is found wrong while a member is unpacked. */
interface Fate {
  damage: string
  isCutOff: boolean
}

class ZipMember implements Source {
  readonly name: string
  readonly sizeBytes: number
  readonly isPacked: boolean
  readonly slice?: (from: number, to: number) => ReadableStream<Uint8Array>
  readonly lastModified?: number
  readonly #archive: Source
  readonly #entry: ZipEntry
  readonly #fate: Fate = { damage: '', isCutOff: false }

  constructor(archive: Source, entry: ZipEntry, name: string) {
    this.name = name
    this.sizeBytes = entry.textBytes ?? 0
    this.isPacked = entry.method !== STORED
    this.#archive = archive
    this.#entry = entry
    if (!this.isPacked) this.slice = (from, to) => streamOf(this.#packed(from, to))
    const { lastModified } = archive
    if (lastModified !== undefined) this.lastModified = lastModified
  }

  stream(): ReadableStream<Uint8Array> {
    return streamOf(this.#checked())
  }

  async changed(): Promise<boolean> {
    return (await this.#archive.changed?.()) ?? false
  }

  damage(): string {
    return this.#fate.damage
  }

  async *#checked(): AsyncGenerator<Uint8Array> {
    const crc = new Crc32()
    let size = 0
    for await (const piece of this.#text()) {
      crc.update(piece)
      size += piece.length
      yield piece
    }
    if (this.#fate.damage === '') this.#fate.damage = verdict(this.#entry, size, crc.value)
  }

  #text(): Pieces {
    let packedBytes = 0
    const packed = counted(this.#packed(0, this.#entry.packedBytes), (size) => (packedBytes += size))
    if (this.#entry.method === STORED) return packed
    const text = this.#entry.method === ZSTD ? inflateZstd(packed, this.#fate) : inflateRaw(packed, this.#fate)
    return withinLimit(text, () => packedBytes, this.#fate)
  }

  /** The bytes `[from, to)` of the member as they lie in the archive. */
  async *#packed(from: number, to: number): AsyncGenerator<Uint8Array> {
    const bytes: RandomBytes | undefined = bytesOfSource(this.#archive)
    const start = bytes === undefined ? undefined : await dataOffset(bytes, this.#entry)
    if (start === undefined || this.#archive.slice === undefined) {
      this.#fate.damage = 'damaged: the zip archive has no such file where its directory says; copy it again'
      return
    }
    const end = start + this.#entry.packedBytes
    yield* iterate(this.#archive.slice(Math.min(start + from, end), Math.min(start + to, end)))
  }
}

function verdict(entry: ZipEntry, size: number, crc: number): string {
  const { textBytes } = entry
  if (textBytes !== undefined && size < textBytes)
    return `cut off: ${size} of ${textBytes} bytes of this file are there; copy the archive again`
  if (textBytes !== undefined && size > textBytes)
    return `damaged: ${size} bytes where the archive tells ${textBytes}; copy the archive again`
  const isOther = entry.crc !== undefined && crc !== entry.crc
  return isOther ? 'damaged: the checksum does not fit, so some of the text may be wrong; copy the archive again' : ''
}

/** Unpacks deflate up to the first damage. */
async function* inflateRaw(packed: Pieces, fate: Fate): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((text) => out.push(text))
  for await (const step of inSteps(packed)) {
    const isGood = pushed(inflate, step, false)
    for (const text of out) size += text.length
    yield* out.splice(0)
    if (isGood) continue
    fate.damage = `damaged: the file cannot be unpacked further; ${size} bytes of text were read; copy the archive again`
    fate.isCutOff = true
    return
  }
  if (!pushed(inflate, new Uint8Array(0), true)) {
    fate.damage = `cut off: the archive ends within this file; ${size} bytes of text were read; copy it again`
    fate.isCutOff = true
  }
  yield* out
}

function pushed(inflate: Inflate, bytes: Uint8Array, isLast: boolean): boolean {
  try {
    inflate.push(bytes, isLast)
    return true
  } catch {
    return false // fflate says no more than that it is invalid
  }
}

async function* inSteps(pieces: Pieces): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP_BYTES) yield piece.subarray(at, at + STEP_BYTES)
  }
}

async function* counted(pieces: Pieces, onBytes: (size: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onBytes(piece.length)
    yield piece
  }
}
