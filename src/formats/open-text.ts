import { joinBytes } from '../base/join-bytes.ts'
import { HEAD_BYTES } from './head.ts'
import { type Pieces } from './wrapping.ts'

/** A text with its first bytes at hand. */
export interface OpenedText {
  /** At least `HEAD_BYTES` bytes, unless the text is shorter. */
  readonly head: Uint8Array
  /** True when the head is the whole text. */
  readonly isWhole: boolean
  /** The whole text, head included. What went wrong while the head was read is thrown here, after its bytes. */
  readonly pieces: Pieces
}

/** Reads the first bytes of a text ahead. Does not throw. */
export async function openText(text: AsyncGenerator<Uint8Array>): Promise<OpenedText> {
  const held: Uint8Array[] = []
  let size = 0
  let failure: { readonly error: unknown } | undefined
  let isWhole = false
  try {
    while (size < HEAD_BYTES && !isWhole) {
      const next = await text.next()
      if (next.done === true) isWhole = true
      else held.push(next.value)
      size += next.done === true ? 0 : next.value.length
    }
  } catch (error) {
    failure = { error }
  }
  return {
    head: joinBytes(held, size),
    isWhole: isWhole || failure !== undefined,
    pieces: resumed(held, text, failure),
  }
}

async function* resumed(
  held: readonly Uint8Array[],
  text: AsyncGenerator<Uint8Array>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* held
    if (failure !== undefined) throw failure.error
    yield* text
  } finally {
    await text.return(undefined)
  }
}
