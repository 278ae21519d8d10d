/** Bytes in pieces, in order. Leaving the loop early closes what is behind it. */
export type Pieces = AsyncIterable<Uint8Array>

/**
 * Unpacks a gzip stream. May be native and fast; when it throws, the slow and patient way takes over from the first
 * byte; an `InflaterDied` is the thread's fault, and the same is done in this one. It must deliver no byte that is not in the text.
 */
export type Inflate = (packed: Pieces) => Pieces

/** The thread that unpacked is gone, through no fault of the file. */
export class InflaterDied extends Error {
  override readonly name = 'InflaterDied'
}

/** What became of the bytes while they were unpacked; filled as the text is read. */
export interface Wrapping {
  isCompressed: boolean
  /** How the stream ends badly and what to do, in words; empty when it ends well. */
  damage: string
  /** True when the text stops before the file's own end. */
  isCutOff: boolean
}

/** A wrapping of which nothing is known yet. */
export function newWrapping(): Wrapping {
  return { isCompressed: false, damage: '', isCutOff: false }
}
