import { joinBytes } from '../base/join-bytes.ts'
import { telling } from './disk-bytes.ts'
import { type ShardFormat, shardStart } from './shard.ts'
import { type TextPart, type TextParts } from './sharded-text.ts'
import { type Source } from './source.ts'

/** Searched at once for a line that a part may begin with, and how often before it is given up. */
export const PROBE_BYTES = 1 << 16
export const MOST_PROBES = 64

/** Ends of parts that are looked for before they are asked for: it takes the browser some time to get at the bytes. */
const ENDS_AHEAD = 4

/** Parts are told to be the last ones where they are no more than this share of a file. */
const LEAST_SHARE = 3

/** A source that can be read anywhere, by other threads too. */
export type SeekableSource = Source & Required<Pick<Source, 'slice' | 'part'>>

/**
 * The parts of a plain file from `from` on, as places in it; `onBytes` is told the position that the reading has come to.
 * Each ends behind a multiple of the size that is asked for, so that the last are known before their turn.
 */
export function partsOfSource(
  source: SeekableSource,
  format: ShardFormat,
  from: number,
  onBytes: (position: number) => void,
): TextParts {
  let at = from
  const ends = new Map<number, Promise<number>>()
  /** Where the part that should end at `target` does; found once. */
  const endAt = (target: number): Promise<number> => {
    const end = ends.get(target) ?? partEnd(source, format, target)
    end.catch(() => undefined) // it is told when its turn has come
    ends.set(target, end)
    return end
  }
  const part = (begin: number, end: number): TextPart => ({
    place: { from: begin, to: end },
    told: { text: source.part(begin, end) },
    pieces: () => telling(() => source.slice(begin, end)),
    done: () => onBytes(end),
  })
  return {
    next: async (size) => {
      if (at >= source.sizeBytes) return undefined
      const begin = at
      at = await endAt(nextMultiple(begin, size))
      for (let ahead = 0; ahead < ENDS_AHEAD; ahead++) void endAt(nextMultiple(at, size) + size * ahead)
      return part(begin, at)
    },
    last: async (size, count) => {
      const rows = Math.ceil(source.sizeBytes / size)
      if (rows < count * LEAST_SHARE) return []
      const targets = Array.from({ length: count + 1 }, (_, row) => (rows - count + row) * size)
      const places = await Promise.all(targets.map(endAt))
      return places.slice(1).map((end, row) => part(places[row], end))
    },
  }
}

function nextMultiple(of: number, size: number): number {
  return (Math.floor(of / size) + 1) * size
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
