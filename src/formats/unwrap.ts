import { joinBytes } from '../base/join-bytes.ts'
import { inflatePatiently } from './patient-gunzip.ts'
import { type UnpackLimit, unpackLimitOf, withinLimit } from './unpack-limit.ts'
import { type Inflate, InflaterDied, type Pieces, type Wrapping } from './wrapping.ts'
import { inflateZstd, isZstd } from './zstd.ts'

/** Bytes that tell how a file is packed. */
const MAGIC_BYTES = 4

/**
 * The text of a plain, gzip or zstd file, told apart by the first bytes. A stream that is cut off, damaged, or grows out
 * of all proportion gives all the text before that, and `wrapping` says what happened. Errors of the source itself are
 * thrown. `open` gives the bytes from the start; it is called again when the fast way fails.
 */
export async function* unwrap(
  open: () => Pieces,
  wrapping: Wrapping,
  inflate: Inflate = inflateNatively,
  limit: UnpackLimit = unpackLimitOf({ sizeBytes: 0 }),
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(open)
  const pieces = meter.open()[Symbol.asyncIterator]()
  const held = await firstPieces(pieces)
  const magic = Uint8Array.from(held.flatMap((piece) => [...piece.subarray(0, MAGIC_BYTES)]).slice(0, MAGIC_BYTES))
  const all = resumed(held, pieces)
  const text = unpacked(magic, () => meter.open(), all, wrapping, inflate)
  wrapping.isCompressed = text !== undefined
  if (text === undefined) yield* all
  else yield* withinLimit(text, () => meter.most, wrapping, limit)
}

/** The text behind a packing; undefined when the bytes are no packing that is known. */
function unpacked(
  magic: Uint8Array,
  open: () => Pieces,
  packed: Pieces,
  wrapping: Wrapping,
  inflate: Inflate,
): Pieces | undefined {
  if (magic[0] === 0x1f && magic[1] === 0x8b) return inflated(open, packed, wrapping, inflate)
  return isZstd(magic) ? inflateZstd(packed, wrapping) : undefined
}

/** Counts packed bytes over all openings. */
class Meter {
  most = 0
  readonly #open: () => Pieces

  constructor(open: () => Pieces) {
    this.#open = open
  }

  async *open(): AsyncGenerator<Uint8Array> {
    let position = 0
    for await (const piece of this.#open()) {
      position += piece.length
      this.most = Math.max(this.most, position)
      yield piece
    }
  }
}

/**
 * Tries the fast way; on any failure starts again with the patient one and leaves out what was already handed on.
 * Twice the work, but only for files of several members (which browsers refuse) and for damaged ones. So it is too where the
 * fast way ends well and the file does not end with the size of its text (RFC 1952, ISIZE): Node's zlib takes no notice of what
 * stands behind a zero. Where it was the thread that failed, not the file, the same is done here: a file is never told to
 * be damaged for that.
 */
async function* inflated(
  open: () => Pieces,
  packed: Pieces,
  wrapping: Wrapping,
  inflate: Inflate,
): AsyncGenerator<Uint8Array> {
  const source = new WatchedSource(packed)
  let given = 0
  let hasDied = false
  try {
    for await (const piece of inflate(source.pieces())) {
      given += piece.length
      yield piece
    }
    await source.readToEnd()
    if (source.lastUint32() === given % 2 ** 32) return
  } catch (error) {
    if (source.failure !== undefined) throw source.failure.error
    hasDied = error instanceof InflaterDied
    // Anything else is the packing's fault; the patient way finds out what it is.
  } finally {
    await source.close()
  }
  if (hasDied) yield* withoutFirst(inflated(open, open(), wrapping, inflateNatively), given)
  else yield* inflatePatiently(open, given, wrapping)
}

async function* withoutFirst(pieces: Pieces, size: number): AsyncGenerator<Uint8Array> {
  let left = size
  for await (const piece of pieces) {
    const skipped = Math.min(left, piece.length)
    left -= skipped
    if (skipped < piece.length) yield piece.subarray(skipped)
  }
}

/** Tells the source's own errors, which go up, from those of the packing, which are damage; and keeps its last bytes. */
class WatchedSource {
  failure: { readonly error: unknown } | undefined
  readonly #source: AsyncIterator<Uint8Array>
  #last: Uint8Array = new Uint8Array(0)

  constructor(pieces: Pieces) {
    this.#source = pieces[Symbol.asyncIterator]()
  }

  /** An error that who reads throws in, as Node's streams do with what they failed at, is not the source's. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    for (let step = await this.#next(); step.done !== true; step = await this.#next()) yield step.value
  }

  /** Reads what nobody asked for. */
  async readToEnd(): Promise<void> {
    while ((await this.#next()).done !== true);
  }

  /** The last four bytes as a number, the lowest first; NaN where there are fewer. */
  lastUint32(): number {
    const [a, b, c, d = Number.NaN] = this.#last
    return a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const step = await this.#source.next()
      if (step.done !== true) this.#keepLast(step.value)
      return step
    } catch (error) {
      this.failure = { error }
      throw error
    }
  }

  #keepLast(piece: Uint8Array): void {
    const bytes = piece.length >= TAIL_BYTES ? piece : joinBytes([this.#last, piece], this.#last.length + piece.length)
    this.#last = bytes.slice(-TAIL_BYTES)
  }
}

/** Bytes of a gzip member's last field. */
const TAIL_BYTES = 4

/** The browser's own gzip: fast, but it refuses a second member. Throws when the stream is damaged. */
export async function* inflateNatively(packed: Pieces): AsyncGenerator<Uint8Array> {
  // The DOM types want plain-buffer views; every piece we read is one.
  const pipe = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  yield* iterate(streamOf(packed).pipeThrough(pipe))
}

async function firstPieces(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array[]> {
  const held: Uint8Array[] = []
  for (let size = 0; size < MAGIC_BYTES;) {
    const next = await pieces.next()
    if (next.done === true) break
    if (next.value.length > 0) held.push(next.value)
    size += next.value.length
  }
  return held
}

async function* resumed(held: readonly Uint8Array[], pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* held
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
  } finally {
    await pieces.return?.()
  }
}

/** Whoever reads a stream: Chromium lets go of one that nothing else holds, though it is read from, and never answers. */
const reading = new Set<ReadableStreamDefaultReader<Uint8Array>>()

/** The pieces of a stream; leaving the loop early cancels it. (Not every browser's streams can be iterated.) */
export async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let isOpen = true
  reading.add(reader)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
    isOpen = false
  } finally {
    reading.delete(reader)
    if (isOpen) await reader.cancel().catch(() => undefined) // it has failed already: nothing is left to close
  }
}

/** The pieces as a stream; cancelling it closes what is behind them. */
export function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await iterator.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: async () => {
      await iterator.return?.()
    },
  })
}
