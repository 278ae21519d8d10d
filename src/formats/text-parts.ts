import { joinBytes } from '../base/join-bytes.ts'
import { HASH_PIECE_BYTES, HASH_WHOLE_BYTES } from '../model/source-file.ts'
import { telling } from './disk-bytes.ts'
import { type ShardFormat, shardStart } from './shard.ts'
import { type TextParts } from './sharded-text.ts'
import { type Source } from './source.ts'
import { type Pieces } from './wrapping.ts'

/** Searched at once for a line that a part may begin with, and how often before it is given up. */
const PROBE_BYTES = 1 << 16
const MOST_PROBES = 64

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
      done: (shard) => {
        onBytes(end)
        if (shard?.pieceSum !== undefined) onSum(row, shard.pieceSum)
      },
    }
  }
}

/** The parts of a text that comes in pieces: packed, say. */
export function partsOfPieces(pieces: Pieces, format: ShardFormat): TextParts {
  const source = pieces[Symbol.asyncIterator]()
  let held: Uint8Array[] = []
  let size = 0
  let end: { readonly error?: unknown } | undefined
  const fill = async (wanted: number): Promise<void> => {
    while (end === undefined && size < wanted) {
      const next = await source.next().catch((error: unknown) => void (end = { error }))
      if (next === undefined) return
      if (next.done === true) end = {}
      else {
        held.push(next.value)
        size += next.value.length
      }
    }
  }
  /** The bytes held begin with a line that a part may begin with. */
  let isStart = true
  return async (wanted) => {
    await fill(wanted + PROBE_BYTES * MOST_PROBES)
    const bytes = joinBytes(held, size)
    if (size === 0 && end?.error !== undefined) throw end.error
    if (size === 0) return undefined
    const found = end === undefined ? shardStart(format, bytes, wanted, size) : size
    const to = found < 0 ? size : found
    const part = bytes.subarray(0, to)
    const told = isStart ? { text: part } : undefined
    isStart = found >= 0
    held = to < size ? [bytes.subarray(to)] : []
    size -= to
    return { ...(told === undefined || !isStart ? {} : { told }), pieces: () => once(part) }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
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
