/** From bit 43 on the kernel sets none (include/linux/kernel-page-flags.h); inodes and mappings are far smaller. */
const BEYOND = 0x08

/**
 * Tells the byte order of u64 values of which none has more than 43 bits: one of its ends is always 0. An array that
 * fits both (all values 0, mostly) is taken for little-endian.
 */
export class ByteOrder {
  #canBeLittle = true
  #canBeBig = true

  /** Looks at the eight bytes from `at` on. Hot. */
  add(bytes: Uint8Array, at: number): void {
    if (bytes[at + 5] >= BEYOND || bytes[at + 6] !== 0 || bytes[at + 7] !== 0) this.#canBeLittle = false
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] >= BEYOND) this.#canBeBig = false
  }

  get isLittle(): boolean {
    return this.#canBeLittle || !this.#canBeBig
  }

  /** False when the values fit no order: then they are no such array. */
  get isPossible(): boolean {
    return this.#canBeLittle || this.#canBeBig
  }
}
