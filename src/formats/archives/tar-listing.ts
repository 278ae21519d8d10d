import { BLOCK_BYTES, isTarHeader, readPax, readTarHeader, type TarHeader, textOf } from './tar-header.ts'
import { isHidden, MOST_MEMBERS } from './member.ts'

/** The bytes of a tar archive from front to back. */
export interface TarInput {
  readonly position: number
  /** The next `size` bytes, fewer where the archive ends. */
  take(size: number): Promise<Uint8Array>
  /** Moves over `size` bytes; the number of those that were there. */
  skip(size: number, onBytes?: (bytes: Uint8Array) => void): Promise<number>
}

/** One file in a tar archive. */
export interface TarMember {
  readonly path: string
  /** Where its bytes begin in the unpacked archive. */
  readonly offset: number
  /** Bytes that are there. */
  readonly sizeBytes: number
  /** Bytes that should be there. */
  readonly toldBytes: number
  readonly isSparse: boolean
  /** Empty unless the bytes were hashed on the way. */
  readonly sha256: string
}

export interface TarListing {
  readonly members: readonly TarMember[]
  readonly end: 'good' | 'cut' | 'damaged' | 'too many'
}

/** Hashes the bytes of a member on the way. */
export type HashMember = () => { update(bytes: Uint8Array): void; digest(): string | Promise<string> }

/** Longest path that a header of its own may tell (GNU `L`, pax `x`). */
const MOST_TOLD_BYTES = 1 << 16

/** Lists the files of an archive in its order, without folders, links and hidden ones. */
export async function listTar(input: TarInput, createHash?: HashMember): Promise<TarListing> {
  return new TarWalk(input, createHash).run()
}

class TarWalk {
  readonly #input: TarInput
  readonly #createHash: HashMember | undefined
  readonly #members: TarMember[] = []
  /** What headers of their own told about the next file. */
  #path: string | undefined
  #size: number | undefined
  #isSparse = false

  constructor(input: TarInput, createHash: HashMember | undefined) {
    this.#input = input
    this.#createHash = createHash
  }

  async run(): Promise<TarListing> {
    let end: TarListing['end'] | 'more' = 'more'
    while (end === 'more') end = await this.#step()
    return { members: this.#members, end }
  }

  async #step(): Promise<TarListing['end'] | 'more'> {
    const block = await this.#input.take(BLOCK_BYTES)
    if (block.every((byte) => byte === 0)) return block.length % BLOCK_BYTES === 0 ? 'good' : 'cut'
    if (block.length < BLOCK_BYTES) return 'cut'
    const header = isTarHeader(block) ? readTarHeader(block) : undefined
    if (header === undefined) return 'damaged'
    if (header.type === 'L' || header.type === 'x') return this.#told(header)
    const isFile = header.type === '0' || header.type === '7' || header.type === 'S'
    const size = this.#size ?? header.sizeBytes
    const path = this.#path ?? header.path
    if (header.hasMoreBlocks && !(await this.#skipMoreBlocks())) return 'cut'
    const isOurs = isFile && !isHidden(path) && !path.endsWith('/')
    const state = isOurs ? await this.#member(path, size, header.type === 'S') : await this.#pass(size)
    this.#path = this.#size = undefined
    this.#isSparse = false
    return state
  }

  async #member(path: string, toldBytes: number, isOldSparse: boolean): Promise<TarListing['end'] | 'more'> {
    if (this.#members.length >= MOST_MEMBERS) return 'too many'
    const offset = this.#input.position
    const hash = this.#createHash?.()
    const sizeBytes = await this.#input.skip(toldBytes, hash && ((bytes) => hash.update(bytes)))
    const isSparse = isOldSparse || this.#isSparse
    const sha256 = (await hash?.digest()) ?? ''
    this.#members.push({ path, offset, sizeBytes, toldBytes, isSparse, sha256 })
    return sizeBytes < toldBytes ? 'cut' : this.#pass(0, toldBytes)
  }

  /** Moves over data that is none of ours and the padding behind `sizeBytes` of data. */
  async #pass(unread: number, sizeBytes = unread): Promise<'more' | 'cut'> {
    const size = unread + paddingOf(sizeBytes)
    const seen = await this.#input.skip(size)
    return seen < size && seen < unread ? 'cut' : 'more'
  }

  /** A header about the next file: its path, its size. */
  async #told(header: TarHeader): Promise<'more' | 'cut'> {
    if (header.sizeBytes > MOST_TOLD_BYTES) return this.#pass(header.sizeBytes)
    const data = await this.#input.take(header.sizeBytes)
    if (data.length < header.sizeBytes) return 'cut'
    if (header.type === 'L') this.#path = textOf(data, 0, data.length)
    else this.#takePax(readPax(data))
    return this.#pass(0, header.sizeBytes)
  }

  #takePax(records: ReadonlyMap<string, string>): void {
    const size = Number(records.get('size') ?? Number.NaN)
    if (Number.isSafeInteger(size) && size >= 0) this.#size = size
    this.#path = records.get('GNU.sparse.name') ?? records.get('path') ?? this.#path
    this.#isSparse ||= [...records.keys()].some((key) => key.startsWith('GNU.sparse.'))
  }

  async #skipMoreBlocks(): Promise<boolean> {
    for (;;) {
      const block = await this.#input.take(BLOCK_BYTES)
      if (block.length < BLOCK_BYTES) return false
      if (block[504] === 0) return true
    }
  }
}

function paddingOf(sizeBytes: number): number {
  return (BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES
}
