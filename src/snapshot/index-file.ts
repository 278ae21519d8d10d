import { type FileHash } from '../model/file-hash.ts'
import { aligned, type Packed, unpack } from './pack.ts'
import { TRACE_KINDS } from './trace-kinds.ts'

/** A file of the capture that an index is of. */
export interface IndexedFile {
  readonly name: string
  readonly sizeBytes: number
  /** When it was changed last, ms since 1970, as the system said. */
  readonly lastModified: number
  /** `contentHash` of its bytes. */
  readonly hash: string
}

/** A file of the capture as it was read, by what a link knows it. */
export interface IndexedContent {
  readonly name: string
  readonly sizeBytes: number
  readonly hash: FileHash
}

/** What an index says of itself. */
export interface IndexMeta {
  /** See `indexKey`. */
  readonly key: string
  /** The build that wrote it; another one never reads it. */
  readonly build: string
  /** ms since 1970. */
  readonly savedAt: number
  readonly files: readonly IndexedFile[]
  /** The files of the capture by their own names and hashes: of an archive, its members. */
  readonly contents: readonly IndexedContent[]
  /** It is read faster than compared: it stands for its files only where they are not there. */
  readonly isSmall: boolean
  readonly events: number
}

/** The beginning of an index file. */
export interface IndexHead {
  readonly meta: IndexMeta
  /** Where the packed data begins. */
  readonly packedAt: number
  /** Of the head of the packed data. */
  readonly headBytes: number
  readonly sizeBytes: number
  readonly checksum: Checksum
}

/** Two running sums over 32-bit words: a word that is missing, other or elsewhere changes them. */
export interface Checksum {
  readonly words: number
  readonly order: number
}

/** Bytes before the meta. */
const FIXED_BYTES = 64
/** Enough for the fixed part and the meta of a usual capture: read at once. */
export const LIKELY_HEAD_BYTES = 16 * 1024
const MAGIC = 0x5049_4e49 // "PINI"
/** Where what stands in the first bytes. A later layout also gives its files another ending: none is ever taken for this one. */
const LAYOUT = 1
const FIELDS = { magic: 0, layout: 4, meta: 8, head: 12, words: 16, order: 20, size: 24 } as const

/** Starts of a file with nothing in its first bytes: what stands in it is not whole yet. */
export function startOfFile(meta: IndexMeta): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(meta))
  const bytes = new Uint8Array(FIXED_BYTES + aligned(json.length))
  bytes.set(json, FIXED_BYTES)
  return bytes
}

/** The first bytes of a file that is whole: written last, they make it count. */
export function sealOfFile(meta: IndexMeta, packed: Packed, checksum: Checksum): Uint8Array<ArrayBuffer> {
  const metaBytes = new TextEncoder().encode(JSON.stringify(meta)).length
  const view = new DataView(new ArrayBuffer(FIXED_BYTES))
  view.setUint32(FIELDS.magic, MAGIC)
  view.setUint32(FIELDS.layout, LAYOUT)
  view.setUint32(FIELDS.meta, metaBytes)
  view.setUint32(FIELDS.head, packed.headBytes)
  view.setUint32(FIELDS.words, checksum.words)
  view.setUint32(FIELDS.order, checksum.order)
  view.setFloat64(FIELDS.size, FIXED_BYTES + aligned(metaBytes) + packed.sizeBytes)
  return new Uint8Array(view.buffer)
}

/** Bytes that the fixed part and the meta take, as far as the fixed part is a seal; 0 when it is none. */
export function metaEnd(start: Uint8Array): number {
  if (start.length < FIXED_BYTES) return 0
  const view = new DataView(start.buffer, start.byteOffset, FIXED_BYTES)
  if (view.getUint32(FIELDS.magic) !== MAGIC || view.getUint32(FIELDS.layout) !== LAYOUT) return 0
  return FIXED_BYTES + aligned(view.getUint32(FIELDS.meta))
}

/**
 * Reads the beginning of a file of `fileBytes` bytes; undefined when it is not a whole index. Of one that another build wrote
 * nothing but `meta.build` may be used.
 */
export function readHead(start: Uint8Array, fileBytes: number): IndexHead | undefined {
  const end = metaEnd(start)
  if (end === 0 || end > start.length) return undefined
  const view = new DataView(start.buffer, start.byteOffset, FIXED_BYTES)
  const json = start.subarray(FIXED_BYTES, FIXED_BYTES + view.getUint32(FIELDS.meta))
  const meta = metaOf(new TextDecoder().decode(json))
  const sizeBytes = view.getFloat64(FIELDS.size)
  if (meta === undefined || sizeBytes !== fileBytes) return undefined
  return {
    meta,
    packedAt: end,
    headBytes: view.getUint32(FIELDS.head),
    sizeBytes,
    checksum: { words: view.getUint32(FIELDS.words), order: view.getUint32(FIELDS.order) },
  }
}

/** What was packed; undefined when bytes are other than those that were written. `bytes` are those behind the meta. */
export function contentOf(bytes: Uint8Array<ArrayBuffer>, head: IndexHead): unknown {
  const sum = checksumOf(bytes)
  if (sum.words !== head.checksum.words || sum.order !== head.checksum.order) return undefined
  return unpack(bytes, head.headBytes, TRACE_KINDS)
}

export const NO_BYTES: Checksum = { words: 0, order: 0 }

/** The sums of the bytes before, `before`, with these behind them. Their number is a multiple of 4, and they lie at one. */
export function checksumOf(bytes: Uint8Array, before: Checksum = NO_BYTES): Checksum {
  // Signed: no word leaves the range in which a sum is cheap.
  const values = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  let words = before.words | 0
  let order = before.order | 0
  for (let at = 0; at < values.length; at++) {
    words = (words + values[at]) | 0
    order = (order + words) | 0
  }
  return { words: words >>> 0, order: order >>> 0 }
}

/** The meta of a file that some build of this product wrote: its build is compared before anything else of it is used. */
function metaOf(json: string): IndexMeta | undefined {
  try {
    const meta: unknown = JSON.parse(json)
    const isMeta = typeof meta === 'object' && meta !== null && 'build' in meta && typeof meta.build === 'string'
    return isMeta ? (meta as IndexMeta) : undefined
  } catch {
    return undefined
  }
}
