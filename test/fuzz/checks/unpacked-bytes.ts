import { Gunzip, Inflate } from 'fflate'
import { Decompress } from 'fzstd'
import { type FuzzCase, sizeOf } from '../fuzz-case.ts'

/** What README promises to read at most of what unpacks out of proportion: so many bytes, or times the bytes on disk where that is more. */
const MOST_BYTES = 256 << 20
const MOST_RATIO = 500
/** Packed files in a packed archive are unpacked, and what is in those is not. */
const DEEPEST = 2

const GZIP = [0x1f, 0x8b]
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]
const ZIP_MEMBER = [0x50, 0x4b, 3, 4]
const ZIP_HEADER_BYTES = 30
const DEFLATED = 8
const TAR_BLOCK_BYTES = 512
/** An unpacker that fails gives nothing of the step that it failed in. */
const STEP_BYTES = 256

/**
 * Bytes that come out of all packings of an input, as far as they are to be read; 0 for an input that is not packed. Counted
 * here, not by the engine: what it reads beyond them has no excuse.
 */
export function unpackedBytes(given: FuzzCase): number {
  const most = Math.max(MOST_BYTES, MOST_RATIO * sizeOf(given))
  return Math.min(
    most,
    given.files.reduce((sum, { bytes }) => sum + unpackedOf(bytes, DEEPEST, most), 0),
  )
}

function unpackedOf(bytes: Uint8Array, depth: number, most: number): number {
  let size = 0
  if (depth > 0) for (const text of textsOf(bytes, most)) size += text.length + unpackedOf(text, depth - 1, most)
  return size
}

/** The texts of packed bytes, or of those in an archive: whether what tells of its members is right or not. */
function* textsOf(bytes: Uint8Array, most: number): Generator<Uint8Array> {
  if (isPacked(bytes, 0)) {
    yield textOf(bytes, most)
    return
  }
  for (let at = TAR_BLOCK_BYTES; at < bytes.length; at += TAR_BLOCK_BYTES)
    if (isPacked(bytes, at)) yield textOf(bytes.subarray(at), most)
  for (let at = bytes.indexOf(ZIP_MEMBER[0]); at >= 0; at = bytes.indexOf(ZIP_MEMBER[0], at + 1)) {
    const from = at + ZIP_HEADER_BYTES + wordAt(bytes, at + 26) + wordAt(bytes, at + 28)
    if (!startsWith(bytes, at, ZIP_MEMBER) || from >= bytes.length) continue
    if (isPacked(bytes, from)) yield textOf(bytes.subarray(from), most)
    else if (wordAt(bytes, at + 8) === DEFLATED) yield pushed((on) => new Inflate(on), bytes.subarray(from), most)
  }
}

function isPacked(bytes: Uint8Array, at: number): boolean {
  return startsWith(bytes, at, GZIP) || startsWith(bytes, at, ZSTD)
}

function textOf(packed: Uint8Array, most: number): Uint8Array {
  return pushed((on) => (startsWith(packed, 0, GZIP) ? new Gunzip(on) : new Decompress(on)), packed, most)
}

/** What comes out up to the first damage. */
function pushed(
  unpackerOf: (on: (text: Uint8Array) => void) => { push(packed: Uint8Array, isLast: boolean): void },
  packed: Uint8Array,
  most: number,
): Uint8Array {
  const pieces: Uint8Array[] = []
  let room = most
  const unpacker = unpackerOf((text) => {
    pieces.push(text.slice(0, room))
    room -= Math.min(room, text.length)
    if (room === 0) throw new RangeError('as much as is read')
  })
  try {
    for (let at = 0; at < packed.length; at += STEP_BYTES)
      unpacker.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length)
  } catch {
    // damaged, or as much as is read: what came out before counts
  }
  return Buffer.concat(pieces)
}

function startsWith(bytes: Uint8Array, at: number, mark: readonly number[]): boolean {
  return mark.every((byte, nth) => bytes[at + nth] === byte)
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}
