import { joinBytes } from '../base/join-bytes.ts'

/** How the text of a file is written. `utf-8` stands for every encoding in which ASCII is ASCII. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Bytes that are looked at to tell the encoding. */
export const ENCODING_BYTES = 256
/** Fewer letters than these tell nothing: they may be a binary number. */
const FEWEST_UNITS = 8

/**
 * The encoding that a byte order mark tells, or the pattern of NULs that Latin letters leave in UTF-16 (a log cut out of its
 * middle has no mark); UTF-8 else. `ENCODING_BYTES` are enough.
 */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (isLatinInUnits(head, 0)) return 'utf-16le'
  return isLatinInUnits(head, 1) ? 'utf-16be' : 'utf-8'
}

/** True when nearly all units are letters of Latin-1, at `low` with a NUL beside it. No binary format of ours begins so. */
function isLatinInUnits(head: Uint8Array, low: 0 | 1): boolean {
  const size = Math.min(head.length, ENCODING_BYTES)
  const units = size >> 1
  let latin = 0
  for (let at = 0; at + 1 < size; at += 2) if (head[at + 1 - low] === 0 && isText(head[at + low])) latin++
  return units >= FEWEST_UNITS && latin * 10 >= units * 9
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte >= 0xa0 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

/**
 * The same text in UTF-8, whatever it was saved as: PowerShell and some terminal programs write UTF-16. UTF-8 passes
 * untouched. `onEncoding` is called once, before the first piece, also for an empty text.
 */
export async function* asUtf8(
  pieces: AsyncIterable<Uint8Array>,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  let decoder: Decoder | undefined
  let held: Uint8Array = new Uint8Array(0)
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const piece of pieces) {
      const known = held.length === 0 ? piece : joinBytes([held, piece], held.length + piece.length)
      held = decoder === undefined && known.length < ENCODING_BYTES ? known : new Uint8Array(0)
      if (held.length > 0) continue
      decoder ??= started(known, onEncoding)
      yield decoder.decode(known)
    }
  } catch (error) {
    failure = { error } // what was read before it is kept
  }
  if (decoder === undefined) {
    decoder = started(held, onEncoding)
    yield decoder.decode(held)
  }
  const rest = decoder.end()
  if (rest.length > 0) yield rest
  if (failure !== undefined) throw failure.error
}

interface Decoder {
  decode(piece: Uint8Array): Uint8Array
  /** What stands for half a letter at the end of the text: a mark of it, so that the line that it is on is not lost. */
  end(): Uint8Array
}

function started(head: Uint8Array, onEncoding: (encoding: Encoding) => void): Decoder {
  const encoding = encodingOf(head)
  onEncoding(encoding)
  if (encoding === 'utf-8') return { decode: (piece) => piece, end: () => new Uint8Array(0) }
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  return {
    decode: (piece) => encoder.encode(decoder.decode(piece, { stream: true })),
    end: () => encoder.encode(decoder.decode()),
  }
}
