import { joinBytes } from '../base/join-bytes.ts'
import { type Pieces } from './wrapping.ts'

/** Packed bytes unpacked at once: many at first, and ever fewer where that fails, for who fails at some loses their text. */
const STEP_BYTES = [4096, 64, 1] as const

/** Unpacks what is pushed into it, until something is wrong. */
export interface StepInflater {
  /** False when these bytes, or what was before them, cannot be unpacked. */
  push(packed: Uint8Array): boolean
  /** The text unpacked since the last call. */
  take(): readonly Uint8Array[]
}

/**
 * All text before the first damage, and what unpacked it last. Where a step fails, the bytes are unpacked again up to it, and
 * it in smaller ones, down to bytes: so the text ends at the same place however the bytes came. `open` gives them from the
 * start, as often as there are sizes of steps at most.
 */
export async function* upToDamage<Inflater extends StepInflater>(
  open: () => Pieces,
  create: () => Inflater,
): AsyncGenerator<Uint8Array, Inflater> {
  let inflater = create()
  let given = 0
  let goodBytes = 0
  for (const size of STEP_BYTES) {
    inflater = create()
    let position = 0
    let toSkip = given
    let isGood = true
    for await (const step of inSteps(open(), goodBytes, size)) {
      isGood = inflater.push(step)
      for (const text of inflater.take()) {
        const from = Math.min(toSkip, text.length)
        toSkip -= from
        given += text.length - from
        if (from < text.length) yield text.subarray(from)
      }
      if (!isGood) break
      position += step.length
    }
    goodBytes = position
    if (isGood) break
  }
  return inflater
}

/**
 * Steps of the first size up to a position, where nothing is wrong, and of `size` behind it. Where a step ends depends on the
 * position alone: at the end of what was pushed fflate may take the lack of more for damage.
 */
async function* inSteps(pieces: Pieces, goodBytes: number, size: number): AsyncGenerator<Uint8Array> {
  const wanted = (position: number): number =>
    position < goodBytes ? Math.min(STEP_BYTES[0], goodBytes - position) : size
  let position = 0
  let held: Uint8Array[] = []
  let heldBytes = 0
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + wanted(position) - heldBytes)
        at += part.length
        held.push(part)
        heldBytes += part.length
        if (heldBytes < wanted(position)) continue
        yield held.length === 1 ? part : joinBytes(held, heldBytes)
        position += heldBytes
        held = []
        heldBytes = 0
      }
    }
  } catch (error) {
    failure = { error } // what was read before it is kept
  }
  if (heldBytes > 0) yield joinBytes(held, heldBytes)
  if (failure !== undefined) throw failure.error
}
