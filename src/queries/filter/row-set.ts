/** Rows of a block whose number before it is kept. */
const BLOCK_BITS = 12

/**
 * Rows of a long table, added in ascending order: a bit each, and the number before each block, so that the row at a
 * position and the position of a row are found at once. An eighth of a byte a row.
 */
export class RowSet {
  readonly #bits: Uint32Array
  /** Rows before each block that was begun; what follows the last of them is not told yet. */
  readonly #before: Uint32Array
  #sealed = 0
  #total = 0
  #end = 0

  constructor(length: number) {
    this.#bits = new Uint32Array(Math.ceil(length / 32))
    this.#before = new Uint32Array((length >>> BLOCK_BITS) + 2)
  }

  /** Rows in the set. */
  get total(): number {
    return this.#total
  }

  /** Adds a row that is behind all others. */
  add(row: number): void {
    this.#sealTo(row)
    this.#bits[row >>> 5] |= 1 << (row & 31)
    this.#total++
    this.#end = row + 1
  }

  has(row: number): boolean {
    return ((this.#bits[row >>> 5] >>> (row & 31)) & 1) === 1
  }

  /** Rows of the set before `row`. O(1). */
  countBefore(row: number): number {
    if (row >= this.#end) return this.#total
    const block = row >>> BLOCK_BITS
    let count = this.#before[block]
    const word = row >>> 5
    for (let at = block << (BLOCK_BITS - 5); at < word; at++) count += bitsIn(this.#bits[at])
    const inWord = row & 31
    return inWord === 0 ? count : count + bitsIn(this.#bits[word] & ((1 << inWord) - 1))
  }

  /** The row at a position; it must be below `total`. O(log rows). */
  rowAt(position: number): number {
    let low = 0
    let high = this.#sealed
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#before[middle] <= position) low = middle
      else high = middle - 1
    }
    let left = position - this.#before[low]
    for (let word = low << (BLOCK_BITS - 5); ; word++) {
      const inWord = bitsIn(this.#bits[word])
      if (left < inWord) return word * 32 + placeOfBit(this.#bits[word], left)
      left -= inWord
    }
  }

  #sealTo(row: number): void {
    const block = row >>> BLOCK_BITS
    while (this.#sealed < block) this.#before[++this.#sealed] = this.#total
  }
}

function bitsIn(word: number): number {
  let left = word - ((word >>> 1) & 0x5555_5555)
  left = (left & 0x3333_3333) + ((left >>> 2) & 0x3333_3333)
  return (((left + (left >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24
}

/** Place of the bit that has `before` set bits below it. */
function placeOfBit(word: number, before: number): number {
  let left = word
  for (let at = 0; at < before; at++) left &= left - 1
  return 31 - Math.clz32(left & -left)
}
