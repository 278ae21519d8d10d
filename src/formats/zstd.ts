import { Decompress } from 'fzstd'
import { PieceCursor } from './piece-cursor.ts'
import { type Pieces, type Wrapping } from './wrapping.ts'

/** Largest window that is held; what `zstd --long=27` asks for, which is also all that `zstd -d` takes unasked. */
const MOST_WINDOW_BYTES = 128 << 20
/** Magic, descriptor, window, dictionary id, content size: the longest frame header (RFC 8878, 3.1.1). */
const FRAME_HEADER_BYTES = 18
const BLOCK_HEADER_BYTES = 3
const BLOCK_TYPE_RLE = 1
/** RFC 8878, 3.1.1.2.4. */
const MOST_BLOCK_BYTES = 128 << 10
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
    'not unpacked further: the zstd stream asks for more than 128 MiB of memory; unpack it with zstd -d --long=31 and load the plain file',
}

/** Cuts the stream into frames and blocks itself, so that it knows where it ends and what memory a frame asks for. */
class ZstdFrames {
  readonly #input: PieceCursor
  #textBytes = 0
  #end: End = 'good'
  #out: Uint8Array[] = []

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
    this.#end = frame === undefined ? 'cut' : refusalOf(frame)
    if (frame === undefined || this.#end !== 'good') return
    const unpack = new Decompress((text) => this.#out.push(text))
    this.#push(unpack, withoutChecksum(await this.#input.take(frame.headerBytes)), false)
    for (let isLast = false; !isLast && this.#end === 'good';) {
      isLast = await this.#block(unpack)
      const out = this.#out
      this.#out = []
      for (const text of out) {
        this.#textBytes += text.length
        yield text
      }
    }
    if (this.#end === 'good' && (await this.#input.skip(frame.checksumBytes)) < frame.checksumBytes) this.#end = 'cut'
  }

  /** Unpacks one block; true when it is the frame's last. */
  async #block(unpack: Decompress): Promise<boolean> {
    const head = await this.#input.peek(BLOCK_HEADER_BYTES)
    if (head.length < BLOCK_HEADER_BYTES) {
      this.#end = 'cut'
      return true
    }
    const told = littleEndian(head, 0, BLOCK_HEADER_BYTES)
    const isLast = (told & 1) === 1
    const size = BLOCK_HEADER_BYTES + (((told >> 1) & 3) === BLOCK_TYPE_RLE ? 1 : told >> 3)
    const block = await this.#input.take(size)
    if (block.length < size) this.#end = 'cut'
    else if (told >> 3 > MOST_BLOCK_BYTES) this.#end = 'corrupt'
    else this.#push(unpack, block, isLast)
    return isLast
  }

  #push(unpack: Decompress, bytes: Uint8Array, isLast: boolean): void {
    try {
      unpack.push(bytes, isLast)
    } catch {
      this.#end = 'corrupt' // whatever the decoder stumbled over
    }
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

function refusalOf({ hasDictionary, windowBytes }: Frame): End {
  if (hasDictionary) return 'dictionary'
  return windowBytes > MOST_WINDOW_BYTES ? 'window' : 'good'
}

/** The header without its checksum flag: the decoder never sees the checksum, so that a frame ends with its last block. */
function withoutChecksum(header: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(header) // slice() of a Buffer would be no copy
  copy[4] &= ~4
  return copy
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
