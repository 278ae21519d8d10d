import { mixInt } from '../../../src/base/hash.ts'
import { randomOf } from '../random.ts'

/** What the depot of stacks began to hash with before it had a seed: whoever wants collisions must guess one. */
export const GUESSED = 0x9e3779b9

/** The `state` for which `mixInt(state, value)` is `hash`: both multiplications and the shift can be undone. */
export function unmixInt(hash: number, value: number): number {
  let mixed = Math.imul(hash, UNDO_LAST)
  mixed = mixed ^ (mixed >>> 13) ^ (mixed >>> 26)
  return (Math.imul(mixed, UNDO_FIRST) ^ value) >>> 0
}

const UNDO_FIRST = inverse(0x85ebca6b)
const UNDO_LAST = inverse(0xc2b2ae35)

/** What undoes a multiplication by an odd number, modulo 2^32 (Newton). */
function inverse(odd: number): number {
  let undo = odd
  for (let step = 0; step < 5; step++) undo = Math.imul(undo, 2 - Math.imul(odd, undo))
  return undo
}

/** Frames that the last two of a stack are chosen from: more are worth their table where many stacks are asked for. */
const LAST_FRAMES = 600
const LAST_FRAMES_OF_MANY = 2048
const MANY = 20_000
const FILTER_BITS = 24

/**
 * Different stacks of five frames, each a number below `frames`, all with one hash of 32 bits. Found from both ends: of
 * where the last two frames may begin a table is kept, and three frames are tried until they end there.
 */
export function collidingStacks(count: number, frames: number): readonly (readonly number[])[] {
  if (found.length >= count) return found.slice(0, count)
  const { endOf, isLikely } = endsOf(0x12345678, Math.min(frames, count < MANY ? LAST_FRAMES : LAST_FRAMES_OF_MANY))
  const random = randomOf(1, frames)
  const tried = new Set<number>()
  found.length = 0
  while (found.length < count) {
    const [a, b] = [random.below(frames), random.below(frames)]
    if (tried.size === tried.add(a * frames + b).size) continue
    const begun = mixInt(mixInt(GUESSED, a), b)
    for (let c = 0; c < frames; c++) {
      const state = mixInt(begun, c)
      const end = isLikely(state) ? endOf(state) : undefined
      if (end !== undefined) found.push([a, b, c, ...end])
    }
  }
  return found.slice(0, count)
}

/** Those that were looked for last: the largest input of a kind is asked for first. */
const found: (readonly number[])[] = []

/** States from which two frames lead to the target; nearly all others are sorted out by a bit each. */
function endsOf(target: number, last: number) {
  // A `Map` of millions of pairs takes a minute to fill.
  const places = 2 ** Math.ceil(Math.log2(last * last * 2))
  const [states, ends] = [new Uint32Array(places), new Int32Array(places).fill(-1)]
  const placeOf = (state: number): number => {
    let place = state & (places - 1)
    while (ends[place] >= 0 && states[place] !== state) place = (place + 1) & (places - 1)
    return place
  }
  const bits = new Uint8Array(1 << (FILTER_BITS - 3))
  for (let d = 0; d < last; d++) {
    for (let e = 0; e < last; e++) {
      const state = unmixInt(unmixInt(target, e), d)
      const place = placeOf(state)
      states[place] = state
      ends[place] = d * last + e
      const bit = state >>> (32 - FILTER_BITS)
      bits[bit >> 3] |= 1 << (bit & 7)
    }
  }
  const isLikely = (state: number): boolean => {
    const bit = state >>> (32 - FILTER_BITS)
    return ((bits[bit >> 3] >> (bit & 7)) & 1) === 1
  }
  const endOf = (state: number): readonly [number, number] | undefined => {
    const end = ends[placeOf(state)]
    return end < 0 ? undefined : [Math.floor(end / last), end % last]
  }
  return { endOf, isLikely }
}
