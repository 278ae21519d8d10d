import { type Pieces, type Wrapping } from './wrapping.ts'

/** So much text is read whatever its packing. */
const FREE_BYTES = 256 << 20
/** Beyond that, bytes of text for one packed byte. Traces reach a hundred; what is made to fill a disk, thousands. */
const MOST_RATIO = 500

/**
 * The same text, ended with damage where it has grown out of all proportion to the packed bytes it came from:
 * `packedBytes` are those read so far. The memory is bounded anyway; this bounds the time.
 */
export async function* withinLimit(
  text: Pieces,
  packedBytes: () => number,
  wrapping: Pick<Wrapping, 'damage' | 'isCutOff'>,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of text) {
    size += piece.length
    if (size > FREE_BYTES && size > packedBytes() * MOST_RATIO) {
      wrapping.damage = `stopped: ${packedBytes()} packed bytes gave ${size} bytes of text, more than ${MOST_RATIO} to 1; what was read before is kept`
      wrapping.isCutOff = true
      return
    }
    yield piece
  }
}
