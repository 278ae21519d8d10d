/** Values per block, as a power of two. */
const BLOCK_BITS = 5
const BLOCK = 1 << BLOCK_BITS

/** Where the lowest and the highest value of a stretch of a series are. */
export interface Extremes {
  /** Position of the lowest value in `[start, end)`, the first of equals. The stretch must not be empty. */
  lowestIn(start: number, end: number): number
  /** The same of the highest. */
  highestIn(start: number, end: number): number
}

/**
 * Looks through a series once, so that the extremes of any stretch are found in O(log n): of blocks of 32 values, of
 * blocks of 32 such blocks and so on, the positions of both are kept. An eighth of 4 bytes a value.
 */
export function extremesOf(values: ArrayLike<number>): Extremes {
  const isLower = (a: number, b: number): boolean => values[a] < values[b]
  const isHigher = (a: number, b: number): boolean => values[a] > values[b]
  const lowest = buildLevels(values.length, isLower)
  const highest = buildLevels(values.length, isHigher)
  return {
    lowestIn: (start, end) => bestIn(lowest, isLower, start, end),
    highestIn: (start, end) => bestIn(highest, isHigher, start, end),
  }
}

type IsBetter = (a: number, b: number) => boolean

/** Level by level the position of the best value of each whole block; none for a series shorter than a block. */
function buildLevels(length: number, isBetter: IsBetter): readonly Int32Array[] {
  const levels: Int32Array[] = []
  for (let blocks = length >> BLOCK_BITS; blocks > 0; blocks >>= BLOCK_BITS) {
    const below = levels.at(-1)
    const level = new Int32Array(blocks)
    for (let block = 0; block < blocks; block++) {
      const first = block << BLOCK_BITS
      let best = below === undefined ? first : below[first]
      for (let at = first + 1; at < first + BLOCK; at++) {
        const candidate = below === undefined ? at : below[at]
        if (isBetter(candidate, best)) best = candidate
      }
      level[block] = best
    }
    levels.push(level)
  }
  return levels
}

/** From left to right in steps as large as fit, so that the first of equals wins. */
function bestIn(levels: readonly Int32Array[], isBetter: IsBetter, start: number, end: number): number {
  let best = start
  for (let at = start; at < end;) {
    let level = 0
    while (level < levels.length && isWholeBlock(at, level + 1, end)) level++
    const candidate = level === 0 ? at : levels[level - 1][at >> (level * BLOCK_BITS)]
    if (isBetter(candidate, best)) best = candidate
    at += 1 << (level * BLOCK_BITS)
  }
  return best
}

/** True when a block of a level begins at a position and ends by `end`. */
function isWholeBlock(at: number, level: number, end: number): boolean {
  const size = 1 << (level * BLOCK_BITS)
  return (at & (size - 1)) === 0 && at + size <= end
}

/** The bits that any value of a stretch `[start, end)` of a series has, found in O(log n). Values are 31-bit sets. */
export function unionsOf(values: ArrayLike<number>): (start: number, end: number) => number {
  const levels: Int32Array[] = []
  for (let blocks = values.length >> BLOCK_BITS; blocks > 0; blocks >>= BLOCK_BITS) {
    const below = levels.at(-1) ?? values
    levels.push(Int32Array.from({ length: blocks }, (_, block) => unionOf(below, block << BLOCK_BITS)))
  }
  return (start, end) => {
    let bits = 0
    for (let at = start; at < end;) {
      let level = 0
      while (level < levels.length && isWholeBlock(at, level + 1, end)) level++
      bits |= level === 0 ? values[at] : levels[level - 1][at >> (level * BLOCK_BITS)]
      at += 1 << (level * BLOCK_BITS)
    }
    return bits
  }
}

function unionOf(values: ArrayLike<number>, first: number): number {
  let bits = 0
  for (let at = first; at < first + BLOCK; at++) bits |= values[at]
  return bits
}
