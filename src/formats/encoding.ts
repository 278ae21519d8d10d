/** How the text of a file is written. `utf-8` stands for every encoding in which ASCII is ASCII. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** The encoding that a byte order mark tells; without one, UTF-8. Two bytes are enough. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/**
 * The same text in UTF-8, whatever it was saved as: PowerShell and some terminal programs write UTF-16. UTF-8 passes
 * untouched. `onEncoding` is called once, before the first piece, also for an empty text.
 */
export async function* asUtf8(
  pieces: AsyncIterable<Uint8Array>,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  let decode: ((piece: Uint8Array) => Uint8Array) | undefined
  let held: Uint8Array = new Uint8Array(0)
  for await (const piece of pieces) {
    const known = held.length === 0 ? piece : joined(held, piece)
    if (decode === undefined && known.length < 2) {
      held = known
      continue
    }
    held = new Uint8Array(0)
    decode ??= started(known, onEncoding)
    yield decode(known)
  }
  if (decode === undefined) onEncoding('utf-8')
  if (held.length > 0) yield held
}

function started(head: Uint8Array, onEncoding: (encoding: Encoding) => void): (piece: Uint8Array) => Uint8Array {
  const encoding = encodingOf(head)
  onEncoding(encoding)
  if (encoding === 'utf-8') return (piece) => piece
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  return (piece) => encoder.encode(decoder.decode(piece, { stream: true }))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
