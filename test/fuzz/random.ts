/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number of `[0, below)`; 0 when there is none. */
  below(most: number): number
  /** True as often as `odds`, of 1. */
  chance(odds: number): boolean
  pick<T>(list: readonly T[]): T
}

/** The numbers of a run's `nth` input: each input can be made again without those before it. */
export function randomOf(seed: number, nth: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(nth + 1, 0x85ebca6b)) | 0
  const next = (): number => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (most: number): number => Math.floor(next() * Math.max(0, most))
  return { below, chance: (odds) => next() < odds, pick: (list) => list[below(list.length)] }
}
