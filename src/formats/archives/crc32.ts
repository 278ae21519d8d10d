/** CRC-32 as zip and gzip have it (ISO 3309), bytes in any number of pieces. */
export class Crc32 {
  #state = -1

  update(bytes: Uint8Array): void {
    let state = this.#state
    for (let at = 0; at < bytes.length; at++) state = TABLE[(state ^ bytes[at]) & 0xff] ^ (state >>> 8)
    this.#state = state
  }

  /** The sum of all bytes so far, unsigned. */
  get value(): number {
    return ~this.#state >>> 0
  }
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})
