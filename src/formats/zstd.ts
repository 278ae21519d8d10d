import { isOutOfMemory } from '../base/out-of-memory.ts'
import { PieceCursor } from './piece-cursor.ts'
import { type Pieces, type Wrapping } from './wrapping.ts'
import { MOST_BLOCK_BYTES, ZstdFrame } from './zstd-frame.ts'

/**
 * Text of a frame behind which fzstd 0.1.1 is not asked: it reads 32 bits for the distance of a match and for where they begin, so
 * that of distances of 64 MiB and more it gives wrong text, and does not say so.
 */
const MOST_BACK_BYTES = (64 << 20) - 4
/** Magic, descriptor, window, dictionary id, content size: the longest frame header (RFC 8878, 3.1.1). */
const FRAME_HEADER_BYTES = 18
const BLOCK_HEADER_BYTES = 3
const BLOCK_TYPE_RLE = 1
/** Sizes of the dictionary id and of the content size, by the bits of the frame header descriptor. */
const DICTIONARY_BYTES = [0, 1, 2, 4]
const CONTENT_BYTES = [0, 2, 4, 8]

/** True for the magic of a frame, or of one to be skipped (lz4 has the latter too, but never a file of ours). */
export function isZstd(head: Uint8Array): boolean {
  return isFrame(head) || isSkippable(head)
}

/**
 * Unpacks zstd of any number of frames, block by block, up to the first damage; `wrapping` says how it ends. Checksums
 * are not checked.
 */
export async function* inflateZstd(
  packed: Pieces,
  wrapping: Pick<Wrapping, 'damage' | 'isCutOff'>,
): AsyncGenerator<Uint8Array> {
  const input = new PieceCursor(packed)
  const frames = new ZstdFrames(input)
  try {
    yield* frames.text()
  } finally {
    await input.close()
  }
  wrapping.damage = frames.describe()
  wrapping.isCutOff = frames.isCutOff
}

type End = 'good' | 'cut' | 'corrupt' | 'tail' | 'dictionary' | 'window'

const WORDS: Readonly<Record<Exclude<End, 'good'>, string>> = {
  cut: 'cut off: the zstd stream ends early; copy the file again',
  tail: 'damaged: bytes after the end of the zstd stream are no zstd; copy the file again',
  corrupt: 'damaged: the zstd stream cannot be unpacked further; copy the file again',
  dictionary:
    'not unpacked further: the zstd stream needs a dictionary; unpack it with zstd -d -D and load the plain file',
  window:
    'not unpacked further: the zstd stream looks back over more than 64 MiB; unpack it with zstd -d --long=31 and load the plain file',
}

/** Cuts the stream into frames and blocks itself, so that it knows where it ends and what memory a frame asks for. */
class ZstdFrames {
  readonly #input: PieceCursor
  #textBytes = 0
  #end: End = 'good'

  constructor(input: PieceCursor) {
    this.#input = input
  }

  /** True when text is missing at the end. */
  get isCutOff(): boolean {
    return this.#end !== 'good' && this.#end !== 'tail'
  }

  async *text(): AsyncGenerator<Uint8Array> {
    for (let frame = 0; this.#end === 'good'; frame++) {
      const head = await this.#input.peek(FRAME_HEADER_BYTES)
      if (head.length === 0) return
      if (isSkippable(head)) await this.#skipFrame(head)
      else if (isFrame(head)) yield* this.#frame(head)
      else this.#end = frame > 0 && head.length >= 4 ? 'tail' : 'cut'
    }
  }

  /** What is wrong and what to do; empty when the stream ends well. */
  describe(): string {
    if (this.#end === 'good') return ''
    return `${WORDS[this.#end]}; ${this.#textBytes} bytes of text were read`
  }

  async #skipFrame(head: Uint8Array): Promise<void> {
    const size = head.length < 8 ? Number.POSITIVE_INFINITY : 8 + littleEndian(head, 4, 4)
    if ((await this.#input.skip(size)) < size) this.#end = 'cut'
  }

  async *#frame(head: Uint8Array): AsyncGenerator<Uint8Array> {
    const frame = frameOf(head)
    this.#end = frame === undefined ? 'cut' : frame.hasDictionary ? 'dictionary' : 'good'
    if (frame === undefined || this.#end !== 'good') return
    await this.#input.skip(frame.headerBytes)
    const unpacking = new ZstdFrame(frame.windowBytes)
    const start = this.#textBytes
    for (let isLast = false; !isLast && this.#end === 'good';) {
      const isFar = this.#textBytes - start > MOST_BACK_BYTES - MOST_BLOCK_BYTES
      const block = isFar && frame.windowBytes > MOST_BACK_BYTES ? this.#failed('window') : await this.#block(unpacking)
      isLast = block.isLast
      this.#textBytes += block.text.length
      if (block.text.length > 0) yield block.text
    }
    if (this.#end === 'good' && (await this.#input.skip(frame.checksumBytes)) < frame.checksumBytes) this.#end = 'cut'
  }

  /** Unpacks one block. */
  async #block(frame: ZstdFrame): Promise<{ readonly text: Uint8Array; readonly isLast: boolean }> {
    const head = await this.#input.peek(BLOCK_HEADER_BYTES)
    if (head.length < BLOCK_HEADER_BYTES) return this.#failed('cut')
    const told = littleEndian(head, 0, BLOCK_HEADER_BYTES)
    const isLast = (told & 1) === 1
    const size = BLOCK_HEADER_BYTES + (((told >> 1) & 3) === BLOCK_TYPE_RLE ? 1 : told >> 3)
    const block = await this.#input.take(size)
    if (block.length < size) return this.#failed('cut')
    if (told >> 3 > MOST_BLOCK_BYTES) return this.#failed('corrupt')
    try {
      return { text: frame.unpack(block, isLast), isLast }
    } catch (error) {
      if (isOutOfMemory(error)) throw error // no fault of the file
      return this.#failed('corrupt') // whatever the decoder stumbled over
    }
  }

  #failed(end: End): { readonly text: Uint8Array; readonly isLast: boolean } {
    this.#end = end
    return { text: new Uint8Array(0), isLast: true }
  }
}

interface Frame {
  readonly headerBytes: number
  readonly windowBytes: number
  readonly checksumBytes: number
  readonly hasDictionary: boolean
}

/** What a frame header says; undefined when it is cut. */
function frameOf(head: Uint8Array): Frame | undefined {
  const flags = head[4]
  const isSingle = (flags & 0x20) !== 0
  const dictionaryBytes = DICTIONARY_BYTES[flags & 3]
  const contentBytes = flags >> 6 === 0 && isSingle ? 1 : CONTENT_BYTES[flags >> 6]
  const contentAt = (isSingle ? 5 : 6) + dictionaryBytes
  const headerBytes = contentAt + contentBytes
  if (!(head.length >= headerBytes)) return undefined
  const content = littleEndian(head, contentAt, contentBytes) + (contentBytes === 2 ? 256 : 0)
  const base = 2 ** (10 + (head[5] >> 3))
  const windowBytes = isSingle ? content : base + (base / 8) * (head[5] & 7)
  const hasDictionary = littleEndian(head, contentAt - dictionaryBytes, dictionaryBytes) !== 0
  return { headerBytes, windowBytes, checksumBytes: (flags & 4) === 0 ? 0 : 4, hasDictionary }
}

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let byte = size - 1; byte >= 0; byte--) value = value * 256 + bytes[at + byte]
  return value
}

function isFrame(head: Uint8Array): boolean {
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd
}

/** RFC 8878, 3.1.2: 0x184D2A50 to 0x184D2A5F. */
function isSkippable(head: Uint8Array): boolean {
  return head[0] >> 4 === 5 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18
}
