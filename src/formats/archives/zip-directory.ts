import { type RandomBytes } from '../random-bytes.ts'
import { isHidden, MOST_MEMBERS } from './member.ts'

/** One file in a zip archive. Sizes are what the archive says, which need not be true. */
export interface ZipEntry {
  readonly path: string
  readonly method: number
  readonly isEncrypted: boolean
  /** CRC-32 of the text; undefined when it is not known. */
  readonly crc: number | undefined
  readonly packedBytes: number
  /** Bytes of text; undefined when it is not known. */
  readonly textBytes: number | undefined
  /** Where its local header begins. */
  readonly offset: number
}

export interface ZipListing {
  readonly entries: readonly ZipEntry[]
  readonly end: 'good' | 'no directory' | 'damaged' | 'too many'
}

/** `PK` and two bytes, as a little-endian number (APPNOTE.TXT 4.3). */
const LOCAL = 0x04034b50
const ENTRY = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const DESCRIPTOR = 0x08074b50
const LOCAL_BYTES = 30
const ENTRY_BYTES = 46
const END_BYTES = 22
/** A comment may stand behind the end record. */
const MOST_COMMENT_BYTES = 0xffff
const UNTOLD = 0xffffffff
const SCAN_BYTES = 1 << 18

/** True for the first bytes of a zip archive, an empty one too. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
}

/** Lists the files by the directory at the archive's end; by their own headers when it is missing. */
export async function listZip(bytes: RandomBytes): Promise<ZipListing> {
  const directory = await findDirectory(bytes)
  return directory === undefined ? listByLocalHeaders(bytes) : listDirectory(bytes, directory)
}

/** Where the data of an entry begins; undefined when there is no local header. */
export async function dataOffset(bytes: RandomBytes, entry: ZipEntry): Promise<number | undefined> {
  if (entry.offset < 0) return undefined
  const view = viewOf(await bytes.read(entry.offset, entry.offset + LOCAL_BYTES))
  if (view.byteLength < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) return undefined
  return entry.offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
}

interface Directory {
  readonly start: number
  readonly end: number
  /** Bytes before the archive, which its offsets do not count: a self-extracting program. */
  readonly shift: number
}

async function findDirectory(bytes: RandomBytes): Promise<Directory | undefined> {
  const tailStart = Math.max(0, bytes.size - END_BYTES - MOST_COMMENT_BYTES)
  const tail = viewOf((await bytes.read(tailStart, bytes.size)).slice())
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    const isEnd = tail.getUint32(at, true) === END && at + END_BYTES + tail.getUint16(at + 20, true) <= tail.byteLength
    if (isEnd) return directoryOf(bytes, tailStart + at, tail.getUint32(at + 12, true), tail.getUint32(at + 16, true))
  }
  return undefined
}

async function directoryOf(bytes: RandomBytes, endAt: number, size: number, offset: number): Promise<Directory> {
  const locator = viewOf((await bytes.read(endAt - 20, endAt)).slice())
  if (endAt >= 20 && locator.byteLength === 20 && locator.getUint32(0, true) === LOCATOR_64) {
    const recordAt = uint64(locator, 8)
    const record = viewOf((await bytes.read(recordAt, recordAt + 56)).slice())
    if (record.byteLength === 56 && record.getUint32(0, true) === END_64) {
      return { start: uint64(record, 48), end: uint64(record, 48) + uint64(record, 40), shift: 0 }
    }
  }
  const start = Math.max(0, endAt - size)
  return { start, end: endAt, shift: start - offset }
}

async function listDirectory(bytes: RandomBytes, { start, end, shift }: Directory): Promise<ZipListing> {
  const entries: ZipEntry[] = []
  for (let at = start; at < end;) {
    const view = viewOf(await bytes.read(at, at + ENTRY_BYTES))
    if (view.byteLength < ENTRY_BYTES || view.getUint32(0, true) !== ENTRY) return { entries, end: 'damaged' }
    const nameBytes = view.getUint16(28, true)
    const extraBytes = view.getUint16(30, true)
    const size = ENTRY_BYTES + nameBytes + extraBytes + view.getUint16(32, true)
    const entry = entryOf(viewOf(await bytes.read(at, at + ENTRY_BYTES + nameBytes + extraBytes)), nameBytes, shift)
    at += size
    if (!isOurs(entry.path)) continue
    if (entries.length >= MOST_MEMBERS) return { entries, end: 'too many' }
    entries.push(entry)
  }
  return { entries, end: 'good' }
}

function entryOf(view: DataView, nameBytes: number, shift: number): ZipEntry {
  const told = [view.getUint32(24, true), view.getUint32(20, true), view.getUint32(42, true)]
  const [textBytes, packedBytes, offset] = wide(view, ENTRY_BYTES + nameBytes, told)
  return {
    path: textOf(view, ENTRY_BYTES, nameBytes),
    method: view.getUint16(10, true),
    isEncrypted: (view.getUint16(8, true) & 1) === 1,
    crc: view.getUint32(16, true),
    packedBytes,
    textBytes,
    offset: offset + shift,
  }
}

/** Walks from header to header, for an archive whose end is missing. */
async function listByLocalHeaders(bytes: RandomBytes): Promise<ZipListing> {
  const entries: ZipEntry[] = []
  for (let at = 0; at + LOCAL_BYTES <= bytes.size;) {
    const head = viewOf(await bytes.read(at, at + LOCAL_BYTES))
    if (head.getUint32(0, true) !== LOCAL) break
    const nameBytes = head.getUint16(26, true)
    const dataAt = at + LOCAL_BYTES + nameBytes + head.getUint16(28, true)
    const entry = await localEntry(bytes, viewOf((await bytes.read(at, dataAt)).slice()), nameBytes, at, dataAt)
    if (entry === undefined) break
    at = dataAt + entry.packedBytes
    if (entry.textBytes === undefined || entry.hasDescriptor) at += await descriptorBytes(bytes, at)
    if (!isOurs(entry.path)) continue
    if (entries.length >= MOST_MEMBERS) return { entries, end: 'too many' }
    entries.push(entry)
  }
  return { entries, end: 'no directory' }
}

async function localEntry(
  bytes: RandomBytes,
  view: DataView,
  nameBytes: number,
  offset: number,
  dataAt: number,
): Promise<(ZipEntry & { readonly hasDescriptor: boolean }) | undefined> {
  if (view.byteLength < dataAt - offset) return undefined
  const flags = view.getUint16(6, true)
  const hasDescriptor = (flags & 8) !== 0
  const told = [view.getUint32(22, true), view.getUint32(18, true)]
  const [textBytes, packedBytes] = wide(view, LOCAL_BYTES + nameBytes, told)
  const isTold = !hasDescriptor || packedBytes > 0
  return {
    path: textOf(view, LOCAL_BYTES, nameBytes),
    method: view.getUint16(8, true),
    isEncrypted: (flags & 1) === 1,
    crc: isTold ? view.getUint32(14, true) : undefined,
    packedBytes: isTold ? packedBytes : await findDescriptor(bytes, dataAt),
    textBytes: isTold ? textBytes : undefined,
    offset,
    hasDescriptor,
  }
}

/** Packed bytes of an entry whose size stands behind its data: up to the descriptor that says so, else to the end. */
async function findDescriptor(bytes: RandomBytes, dataAt: number): Promise<number> {
  for (let from = dataAt; from < bytes.size; from += SCAN_BYTES) {
    const view = viewOf(await bytes.read(from, from + SCAN_BYTES + 12))
    for (let at = 0; at + 12 <= view.byteLength && at < SCAN_BYTES; at++) {
      const isIt = view.getUint8(at) === 0x50 && view.getUint32(at, true) === DESCRIPTOR
      if (isIt && view.getUint32(at + 8, true) === from + at - dataAt) return from + at - dataAt
    }
  }
  return bytes.size - dataAt
}

/** Size of the descriptor at `at`: its sizes have 4 or 8 bytes. */
async function descriptorBytes(bytes: RandomBytes, at: number): Promise<number> {
  const view = viewOf(await bytes.read(at, at + 28))
  if (view.byteLength < 16 || view.getUint32(0, true) !== DESCRIPTOR) return 0
  return view.byteLength >= 28 && view.getUint32(16, true) !== LOCAL && view.getUint32(24, true) === LOCAL ? 24 : 16
}

/** Sizes and offset that do not fit in 32 bits stand in the zip64 extra field, in this order, each only when it is needed. */
function wide(view: DataView, extraAt: number, told: readonly number[]): readonly number[] {
  const field = findZip64(view, extraAt)
  let at = field?.at ?? 0
  return told.map((value) => {
    if (value !== UNTOLD || field === undefined || at + 8 > field.end) return value
    at += 8
    return uint64(view, at - 8)
  })
}

function findZip64(view: DataView, extraAt: number): { readonly at: number; readonly end: number } | undefined {
  for (let at = extraAt; at + 4 <= view.byteLength;) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) return { at: at + 4, end: Math.min(end, view.byteLength) }
    at = end
  }
  return undefined
}

function isOurs(path: string): boolean {
  return !path.endsWith('/') && !isHidden(path)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function uint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)
}

function textOf(view: DataView, start: number, size: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, size))
}
