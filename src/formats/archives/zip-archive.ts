import { Inflate } from 'fflate'
import { isOutOfMemory } from '../../base/out-of-memory.ts'
import { bytesOfSource, type RandomBytes } from '../random-bytes.ts'
import { type Source } from '../source.ts'
import { type PoolShare, type UnpackLimit, unpackLimitOf, UnpackPool, withinLimit } from '../unpack-limit.ts'
import { iterate, streamOf } from '../unwrap.ts'
import { storedTail } from '../stored-tail.ts'
import { type StepInflater, upToDamage } from '../up-to-damage.ts'
import { type Pieces } from '../wrapping.ts'
import { inflateZstd } from '../zstd.ts'
import { Crc32 } from './crc32.ts'
import { type Contents, memberNames, MOST_MEMBERS, unreadable } from './member.ts'
import { dataOffset, listZip, type ZipEntry, type ZipListing } from './zip-directory.ts'

const STORED = 0
const DEFLATE = 8
const ZSTD = 93
/** A local header without a name (APPNOTE.TXT 4.3.7). */
const LEAST_HEADER_BYTES = 30

/** The files in a zip archive; undefined when its source cannot be sought in. */
export async function openZip(source: Source): Promise<Contents | undefined> {
  const bytes = bytesOfSource(source)
  if (bytes === undefined) return undefined
  const listing = await listZip(bytes)
  const pool = new UnpackPool()
  const overlapping = overlappingEntries(listing.entries)
  const names = memberNames(
    source.name,
    listing.entries.map(({ path }) => path),
  )
  const members = listing.entries.map((entry, at) =>
    overlapping.has(entry) ? unreadable(names[at], OVERLAPS) : memberOf(source, entry, names[at], pool),
  )
  return { members, damage: damageOf(listing) }
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

const OVERLAPS =
  'not read: the archive gives it bytes of another file, as archives do that are made to never end; unpack the archive and load the file'

/**
 * Entries whose bytes are, in part or whole, those of an entry that lies before them. No packer writes that: it makes a small
 * archive of any number of large files (Fifield, *A better zip bomb*, WOOT 2019). O(entries × log entries).
 */
function overlappingEntries(entries: readonly ZipEntry[]): ReadonlySet<ZipEntry> {
  const overlapping = new Set<ZipEntry>()
  let end = Number.NEGATIVE_INFINITY
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) overlapping.add(entry)
    else end = entry.offset + LEAST_HEADER_BYTES + entry.packedBytes
  }
  return overlapping
}

function memberOf(archive: Source, entry: ZipEntry, name: string, pool: UnpackPool): Source {
  if (entry.isEncrypted)
    return unreadable(name, 'not read: encrypted; unpack the archive with its password and load the files')
  if (![STORED, DEFLATE, ZSTD].includes(entry.method)) {
    return unreadable(name, `not read: packed by zip method ${entry.method}; unpack the archive and load the files`)
  }
  return new ZipMember(archive, entry, name, pool)
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
  readonly diskBytes: number
  readonly unpackShare: PoolShare
  readonly #limit: UnpackLimit
  readonly #archive: Source
  readonly #entry: ZipEntry
  readonly #fate: Fate = { damage: '', isCutOff: false }

  constructor(archive: Source, entry: ZipEntry, name: string, pool: UnpackPool) {
    this.name = name
    this.diskBytes = Math.min(entry.packedBytes, archive.sizeBytes)
    this.unpackShare = pool.share()
    const { diskBytes } = this
    this.#limit = unpackLimitOf({ sizeBytes: 0, diskBytes, unpackShare: pool.share() })
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
    const open = (): Pieces =>
      counted(this.#packed(0, this.#entry.packedBytes), (size) => (packedBytes = Math.max(packedBytes, size)))
    if (this.#entry.method === STORED) return open()
    const text = this.#entry.method === ZSTD ? inflateZstd(open(), this.#fate) : inflateRaw(open, this.#fate)
    return withinLimit(text, () => packedBytes, this.#fate, this.#limit)
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
async function* inflateRaw(open: () => Pieces, fate: Fate): AsyncGenerator<Uint8Array> {
  let size = 0
  const texts = upToDamage(open, () => new DeflateSteps())
  let next = await texts.next()
  for (; next.done !== true; next = await texts.next()) {
    size += next.value.length
    yield next.value
  }
  const inflate = next.value
  if (!inflate.isGood) {
    fate.damage = `damaged: the file cannot be unpacked further; ${size} bytes of text were read; copy the archive again`
    fate.isCutOff = true
  } else if (!inflate.push(new Uint8Array(0), true)) {
    const tail = inflate.tail()
    size += tail.length
    yield tail
    fate.damage = `cut off: the archive ends within this file; ${size} bytes of text were read; copy it again`
    fate.isCutOff = true
  }
  yield* inflate.take()
}

/** fflate's inflate, which says no more of an error than that there is one. */
class DeflateSteps implements StepInflater {
  isGood = true
  #out: Uint8Array[] = []
  readonly #inflate = new Inflate((text) => this.#out.push(text))

  push(packed: Uint8Array, isLast = false): boolean {
    try {
      this.#inflate.push(packed, isLast)
    } catch (error) {
      if (isOutOfMemory(error)) throw error // no fault of the archive
      this.isGood = false
    }
    return this.isGood
  }

  take(): readonly Uint8Array[] {
    const out = this.#out
    this.#out = []
    return out
  }

  /** What is there of a block that is cut off, as far as it can be told. */
  tail(): Uint8Array {
    return storedTail(this.#inflate)
  }
}

/** Tells how many bytes have come. */
async function* counted(pieces: Pieces, onBytes: (size: number) => void): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    onBytes(size)
    yield piece
  }
}
