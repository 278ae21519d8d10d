import { contentHash } from '../content-hash.ts'
import { createPlainSha256, DiskBytes } from '../disk-bytes.ts'
import { PieceCursor } from '../piece-cursor.ts'
import { bytesOfSource, type RandomBytes } from '../random-bytes.ts'
import { type ReadOptions } from '../read-options.ts'
import { type Source } from '../source.ts'
import { UnpackPool, unpackLimitOf } from '../unpack-limit.ts'
import { streamOf, unwrap } from '../unwrap.ts'
import { newWrapping, type Pieces, type Wrapping } from '../wrapping.ts'
import { type Contents, firstBytes, memberNames, MOST_MEMBERS } from './member.ts'
import { BLOCK_BYTES, isTarHeader } from './tar-header.ts'
import { listTar, type TarInput, type TarListing, type TarMember } from './tar-listing.ts'
import { UnpackedRanges } from './unpacked-ranges.ts'

/** What the listing of an archive tells while it runs. */
export interface ListingWatch {
  /** A long listing begins. */
  begin(): void
  /** Packed bytes that came by. */
  onBytes(size: number): void
  /** Lets others run. Throws when the reading was aborted. */
  rest(): Promise<void>
}

type Options = Pick<ReadOptions, 'inflate' | 'createSha256'>

/** The files in a tar archive, plain or packed as a whole; undefined when the source is none. */
export async function openTar(source: Source, options: Options, watch: ListingWatch): Promise<Contents | undefined> {
  const wrapping = newWrapping()
  const head = await firstBytes(
    textOf(source, wrapping, options, () => undefined),
    BLOCK_BYTES,
  )
  if (!isTarHeader(head)) return undefined
  const plain = wrapping.isCompressed ? undefined : bytesOfSource(source)
  return plain === undefined ? openPacked(source, options, watch) : openPlain(source, plain)
}

async function openPlain(source: Source, bytes: RandomBytes): Promise<Contents> {
  const listing = await listTar(new PlainInput(bytes))
  const pool = new UnpackPool()
  const named = namesOf(source, listing)
  const members = listing.members.map((member, at) => plainMember(source, member, named[at], pool))
  return { members, damage: damageOf(listing, '') }
}

/** A member that lies in the archive as it is: a window on it. */
function plainMember(archive: Source, member: TarMember, name: string, pool: UnpackPool): Source {
  const end = member.offset + member.sizeBytes
  const slice = (from: number, to: number): ReadableStream<Uint8Array> =>
    archive.slice?.(Math.min(member.offset + from, end), Math.min(member.offset + to, end)) ?? archive.stream()
  return {
    ...factsOf(archive, member, name, pool),
    stream: () => slice(0, member.sizeBytes),
    slice,
  }
}

/** One pass finds the members and hashes each: nothing has to be unpacked a second time only to be compared. */
async function openPacked(source: Source, options: Options, watch: ListingWatch): Promise<Contents> {
  watch.begin()
  const wrapping = newWrapping()
  const cursor = new PieceCursor(
    resting(
      textOf(source, wrapping, options, (size) => watch.onBytes(size)),
      watch,
    ),
  )
  const createSha256 = options.createSha256 ?? createPlainSha256
  const listing = await listTar(cursor, () => contentHash(createSha256))
  await cursor.close()
  const ranges = new UnpackedRanges(() => textOf(source, newWrapping(), options, () => undefined))
  const pool = new UnpackPool()
  const share = cursor.position === 0 ? 1 : Math.min(1, source.sizeBytes / cursor.position)
  const named = namesOf(source, listing)
  const members = listing.members.map((member, at) => ({
    ...packedMember(source, member, named[at], ranges, pool),
    diskBytes: Math.ceil(member.sizeBytes * share),
  }))
  return { members, damage: damageOf(listing, wrapping.damage) }
}

function packedMember(
  archive: Source,
  member: TarMember,
  name: string,
  ranges: UnpackedRanges,
  pool: UnpackPool,
): Source {
  return {
    ...factsOf(archive, member, name, pool),
    isPacked: true,
    stream: () => streamOf(ranges.range(member.offset, member.offset + member.sizeBytes)),
    sha256: () => Promise.resolve(member.sha256),
    letGo: () => ranges.letGo(),
  }
}

function namesOf(archive: Source, { members }: TarListing): readonly string[] {
  return memberNames(
    archive.name,
    members.map(({ path }) => path),
  )
}

function factsOf(archive: Source, member: TarMember, name: string, pool: UnpackPool): Omit<Source, 'stream'> {
  const { lastModified } = archive
  const damage = memberDamage(member)
  return {
    name,
    sizeBytes: member.sizeBytes,
    unpackShare: pool.share(),
    ...(lastModified === undefined ? {} : { lastModified }),
    changed: async () => (await archive.changed?.()) ?? false,
    ...(damage === '' ? {} : { damage: () => damage }),
  }
}

function memberDamage({ sizeBytes, toldBytes, isSparse }: TarMember): string {
  if (isSparse) return 'a sparse file: its holes are left out, places in it are wrong; pack it without --sparse'
  if (sizeBytes === toldBytes) return ''
  return `cut off: the archive ends within this file, after ${sizeBytes} of ${toldBytes} bytes; copy the archive again`
}

function damageOf({ members, end }: TarListing, packing: string): string {
  const found = `${members.length} files were found before`
  if (packing !== '') return `${packing} (${found})`
  if (end === 'cut') return `cut off: the tar archive ends early; ${found}; copy it again`
  if (end === 'damaged') return `damaged: the tar archive goes on with no header of a file; ${found}; copy it again`
  if (end === 'too many') return `more than ${MOST_MEMBERS} files in one archive: the first ${MOST_MEMBERS} are read`
  return members.length === 0 ? 'an archive without files' : ''
}

function textOf(source: Source, wrapping: Wrapping, options: Options, onBytes: (size: number) => void): Pieces {
  const disk = new DiskBytes(source, undefined, onBytes)
  return unwrap(() => disk.open(), wrapping, options.inflate, unpackLimitOf(source))
}

async function* resting(pieces: Pieces, watch: ListingWatch): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece
    await watch.rest()
  }
}

/** An archive that can be sought in: only its headers are read. */
class PlainInput implements TarInput {
  position = 0
  readonly #bytes: RandomBytes

  constructor(bytes: RandomBytes) {
    this.#bytes = bytes
  }

  async take(size: number): Promise<Uint8Array> {
    const bytes = await this.#bytes.read(this.position, this.position + size)
    this.position += bytes.length
    return bytes
  }

  async skip(size: number): Promise<number> {
    const seen = Math.min(size, this.#bytes.size - this.position)
    this.position += seen
    return seen
  }
}
