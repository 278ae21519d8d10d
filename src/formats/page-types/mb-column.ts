const MIB = 2 ** 20
/** Sizes of a base page that Linux has. */
const SIZES = [4096, 8192, 16_384, 32_768, 65_536, 262_144]

/** Learns the size of a page from the MB column of a summary: whole MiB of so many pages (page-types.c pages2mb()). */
export class MbColumn {
  #sizes: readonly number[] = SIZES
  #isHeard = false

  add(pages: number, megabytes: number): void {
    if (megabytes > 0) this.#isHeard = true
    this.#sizes = this.#sizes.filter((size) => Math.floor((pages * size) / MIB) === megabytes)
  }

  /** Bytes of a page; undefined when the column fits several sizes or none. */
  get pageBytes(): number | undefined {
    return this.#isHeard && this.#sizes.length === 1 ? this.#sizes[0] : undefined
  }
}
