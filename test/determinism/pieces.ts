import { joinBytes } from '../../src/base/join-bytes.ts'

/** The bytes of a stream in pieces of `size` bytes each, but the last. */
export function inPieces(stream: ReadableStream<Uint8Array>, size: number): ReadableStream<Uint8Array> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, to) => {
      held.push(piece.slice()) // some sources fill a piece anew when the next is asked for
      heldBytes += piece.length
      if (heldBytes < size) return
      const all = joinBytes(held, heldBytes)
      const end = heldBytes - (heldBytes % size)
      for (let at = 0; at < end; at += size) to.enqueue(all.slice(at, at + size))
      held = [all.slice(end)]
      heldBytes -= end
    },
    flush: (to) => {
      if (heldBytes > 0) to.enqueue(joinBytes(held, heldBytes))
    },
  })
  return stream.pipeThrough(cut)
}
