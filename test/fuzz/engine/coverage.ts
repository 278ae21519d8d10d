/** As many counters as `count-blocks.mjs` has room for. */
const MOST_BLOCKS = 1 << 16

/** Which blocks of the engine ran, and how often, since the last input; and in all of the run. */
export class Coverage {
  /** Where code that counts its blocks counts; nothing ever does where it does not. */
  readonly #now = (globalThis as { readonly pinscopeBlocks?: Uint32Array }).pinscopeBlocks ?? new Uint32Array(0)
  readonly #seen = new Uint8Array(MOST_BLOCKS)
  /** Blocks that ever ran. */
  reached = 0

  begin(): void {
    this.#now.fill(0)
  }

  /** Blocks that ran since `begin`, each as often as it did: the same number for the same work, on every machine. */
  steps(): number {
    let all = 0
    for (const count of this.#now) all += count
    return all
  }

  /** True when a block ran for the first time, or about twice as often as ever before. */
  isNew(): boolean {
    let isNew = false
    for (let block = 0; block < this.#now.length; block++) {
      const count = this.#now[block]
      if (count === 0) continue
      const bit = bitOf(count)
      const seen = this.#seen[block]
      if (seen === 0) this.reached++
      if ((seen & bit) !== 0) continue
      this.#seen[block] = seen | bit
      isNew = true
    }
    return isNew
  }
}

/** Counts that are told apart: 1, 2, 3, up to 7, 15, 31, 127, more. */
function bitOf(count: number): number {
  if (count < 4) return 1 << (count - 1)
  if (count < 8) return 8
  if (count < 16) return 16
  if (count < 32) return 32
  return count < 128 ? 64 : 128
}
