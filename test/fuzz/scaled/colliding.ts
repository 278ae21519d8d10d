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

/** Frames that the last two of a stack are chosen from. */
const LAST_FRAMES = 600
const FILTER_BITS = 24

/**
 * Different stacks of five frames, each a number below `frames`, all with one hash of 32 bits. Found from both ends: of
 * where the last two frames may begin a table is kept, and three frames are tried until they end there.
 */
export function collidingStacks(count: number, frames: number): readonly (readonly number[])[] {
  if (found.length >= count) return found.slice(0, count)
  const { ends, isLikely } = endsOf(0x12345678, Math.min(frames, LAST_FRAMES))
  const random = randomOf(1, frames)
  const known = new Set<string>()
  found.length = 0
  while (found.length < count) {
    const [a, b, c] = [random.below(frames), random.below(frames), random.below(frames)]
    const state = mixInt(mixInt(mixInt(GUESSED, a), b), c)
    const end = isLikely(state) ? ends.get(state) : undefined
    if (end === undefined || known.has(`${a},${b},${c}`)) continue
    known.add(`${a},${b},${c}`)
    found.push([a, b, c, ...end])
  }
  return found.slice()
}

/** Those that were looked for last: the largest input of a kind is asked for first. */
const found: (readonly number[])[] = []

/** States from which two frames lead to the target; nearly all others are sorted out by a bit each. */
function endsOf(target: number, last: number) {
  const ends = new Map<number, readonly [number, number]>()
  const bits = new Uint8Array(1 << (FILTER_BITS - 3))
  for (let d = 0; d < last; d++) {
    for (let e = 0; e < last; e++) {
      const state = unmixInt(unmixInt(target, e), d)
      ends.set(state, [d, e])
      const bit = state >>> (32 - FILTER_BITS)
      bits[bit >> 3] |= 1 << (bit & 7)
    }
  }
  const isLikely = (state: number): boolean => {
    const bit = state >>> (32 - FILTER_BITS)
    return ((bits[bit >> 3] >> (bit & 7)) & 1) === 1
  }
  return { ends, isLikely }
}
