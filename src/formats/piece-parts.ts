import { LF } from '../base/ascii.ts'
import { isGone, PartBuffer } from './part-buffer.ts'
import { type ShardFormat, shardStart } from './shard.ts'
import { type TextPart, type TextParts } from './sharded-text.ts'
import { MOST_PROBES, PROBE_BYTES } from './text-parts.ts'
import { type Pieces } from './wrapping.ts'

/**
 * The parts of a text that comes in pieces: packed, say. The bytes of a part are moved to who reads it, and come back with
 * the answer. `again` gives the text once more, for a part whose bytes were lost with a thread.
 */
export function partsOfPieces(pieces: Pieces, format: ShardFormat, again: () => Pieces): TextParts {
  const buffer = new PartBuffer(pieces)
  let offset = 0
  /** The bytes held begin with a line that a part may begin with. */
  let isStart = true
  const next = async (size: number): Promise<TextPart | undefined> => {
    const found = await partEnd(buffer, format, size)
    const to = found < 0 ? buffer.text.length : found
    if (to === 0 && buffer.end?.error !== undefined) throw buffer.end.error
    if (to === 0) return undefined
    const isTold = isStart && found >= 0
    isStart = found >= 0
    const from = offset
    offset += to
    const text = buffer.cut(to)
    return {
      ...(isTold ? { told: { text } } : {}),
      pieces: (answer) => (isGone(answer.text ?? text) ? between(again(), from, from + to) : once(answer.text ?? text)),
      done: (answer) => buffer.takeBack(answer.text ?? text),
    }
  }
  return { next }
}

/** Where the part that should end at `target` does; -1 when no line is found that the next may begin with. */
async function partEnd(buffer: PartBuffer, format: ShardFormat, target: number): Promise<number> {
  let from = target
  for (let probe = 1; probe <= MOST_PROBES; probe++) {
    await buffer.fill(target + probe * PROBE_BYTES)
    const { text } = buffer
    const start = shardStart(format, text, from, text.length)
    if (start >= 0) return start
    if (buffer.end !== undefined) return text.length
    from = Math.max(from, text.lastIndexOf(LF))
  }
  return -1
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The bytes `[from, to)` of a text. */
async function* between(pieces: Pieces, from: number, to: number): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const piece of pieces) {
    const within = piece.subarray(Math.max(0, from - at), Math.max(0, to - at))
    at += piece.length
    if (within.length > 0) yield within
    if (at >= to) return
  }
}
