import { joinBytes } from '../base/join-bytes.ts'
import { HASH_PIECE_BYTES, HASH_WHOLE_BYTES } from '../model/source-file.ts'
import { telling } from './disk-bytes.ts'
import { type ShardFormat, shardStart } from './shard.ts'
import { type TextParts } from './sharded-text.ts'
import { type Source } from './source.ts'

/** Searched at once for a line that a part may begin with, and how often before it is given up. */
export const PROBE_BYTES = 1 << 16
export const MOST_PROBES = 64

/** A source that can be read anywhere, by other threads too. */
export type SeekableSource = Source & Required<Pick<Source, 'slice' | 'part'>>

/** Who is told how a file is read in parts. */
export interface PartsListener {
  /** The reading has come to this position. */
  readonly onBytes: (position: number) => void
  /** SHA-256 of a piece of the file, by its position among the pieces of `contentHash`. */
  readonly onSum: (piece: number, sum: string) => void
}

/**
 * The parts of a plain file from `from` on, as places in it. Each ends behind a multiple of the size that is asked for, so
 * that a part of the size of a piece of `contentHash` has all bytes of one: they are hashed by who reads them.
 */
export function partsOfSource(
  source: SeekableSource,
  format: ShardFormat,
  from: number,
  { onBytes, onSum }: PartsListener,
): TextParts {
  const { sizeBytes } = source
  let at = from
  return async (size) => {
    if (at >= sizeBytes) return undefined
    const begin = at
    const row = Math.floor(begin / size)
    const target = (row + 1) * size
    const end = await partEnd(source, format, target)
    const isPiece = size === HASH_PIECE_BYTES && sizeBytes > HASH_WHOLE_BYTES
    const base = isPiece ? row * size : begin
    at = end
    return {
      told: {
        text: source.part(base, end),
        range: { from: begin - base, to: end - base },
        ...(isPiece ? { piece: { from: 0, to: Math.min(target, sizeBytes) - base } } : {}),
      },
      pieces: () => telling(() => source.slice(begin, end)),
      done: ({ shard }) => {
        onBytes(end)
        if (shard?.pieceSum !== undefined) onSum(row, shard.pieceSum)
      },
    }
  }
}

/** Where the part that should end at `target` does: before a line that the next may begin with, or with the file. */
async function partEnd(source: SeekableSource, format: ShardFormat, target: number): Promise<number> {
  for (let probe = 0, at = target; probe < MOST_PROBES && at < source.sizeBytes; probe++, at += PROBE_BYTES) {
    const bytes = await bytesAt(source, at, Math.min(source.sizeBytes, at + PROBE_BYTES * 2))
    const start = shardStart(format, bytes, 0, bytes.length)
    if (start >= 0) return at + start
  }
  return source.sizeBytes
}

async function bytesAt(source: SeekableSource, from: number, to: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of telling(() => source.slice(from, to))) {
    pieces.push(piece)
    size += piece.length
  }
  return joinBytes(pieces, size)
}
