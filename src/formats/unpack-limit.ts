import { type Pieces, type Wrapping } from './wrapping.ts'

/** So much text is read of one file that was opened, whatever its packing, all files in it together. */
const FREE_BYTES = 256 << 20
/** Beyond that, bytes of text for one byte on disk. Traces reach a hundred; what is made to fill a disk, thousands. */
const MOST_RATIO = 500

/**
 * Text that the files of one archive may unpack to out of proportion, all together: thousands of small ones that may each unpack
 * to as much as one file may would still never end.
 */
export class UnpackPool {
  left = FREE_BYTES

  /** What one text takes of it. Of a text that is unpacked again it takes nothing more. */
  share(): PoolShare {
    return new PoolShare(this)
  }
}

/** One text's share of a pool. */
export class PoolShare {
  readonly #pool: UnpackPool
  #taken = 0

  constructor(pool: UnpackPool) {
    this.#pool = pool
  }

  /** Bytes of text that it may come to. */
  get room(): number {
    return this.#taken + this.#pool.left
  }

  /** The text has come to `size` bytes, which is within the room. */
  take(size: number): void {
    const more = Math.max(0, size - this.#taken)
    this.#taken += more
    this.#pool.left -= more
  }
}

/** What a text may unpack to. */
export interface UnpackLimit {
  /** Bytes on disk that the text comes from; those that were read so far count where nobody knows. */
  readonly diskBytes: number | undefined
  readonly share: PoolShare
}

/** The limit of a source. Of a file in an archive what counts is what it takes on disk, however often it is packed. */
export function unpackLimitOf(source: Packed): UnpackLimit {
  const known = source.diskBytes ?? source.sizeBytes
  return { diskBytes: known > 0 ? known : undefined, share: source.unpackShare ?? new UnpackPool().share() }
}

/** What is asked of a source about it. */
interface Packed {
  readonly sizeBytes: number
  readonly diskBytes?: number
  readonly unpackShare?: PoolShare
}

/**
 * The same text, ended with damage where it has grown out of all proportion to the packed bytes it came from: `packedBytes` are
 * those read so far. It is cut at the same byte wherever it is unpacked. The memory is bounded anyway; this bounds the time.
 */
export async function* withinLimit(
  text: Pieces,
  packedBytes: () => number,
  wrapping: Pick<Wrapping, 'damage' | 'isCutOff'>,
  limit: UnpackLimit,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of text) {
    const disk = limit.diskBytes ?? packedBytes()
    const inProportion = disk * MOST_RATIO
    const most = Math.max(inProportion, limit.share.room)
    const fitting = size + piece.length <= most ? piece : piece.subarray(0, Math.max(0, most - size))
    size += fitting.length
    if (size > inProportion) limit.share.take(size)
    yield fitting
    if (fitting === piece) continue
    wrapping.damage = stoppedWords(disk, size)
    wrapping.isCutOff = true
    return
  }
}

function stoppedWords(diskBytes: number, size: number): string {
  return `stopped after ${size} bytes of text: ${diskBytes} bytes on disk unpack to more than ${MOST_RATIO} times as much; what was read before is kept; if you trust the file, unpack it yourself and load the plain file`
}
