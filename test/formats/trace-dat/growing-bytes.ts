/** Bytes that are appended to, in one byte order. */
export class GrowingBytes {
  readonly isLittle: boolean
  #bytes = new Uint8Array(1 << 12)
  length = 0

  constructor(isLittle: boolean) {
    this.isLittle = isLittle
  }

  u8(value: number): this {
    return this.#put(1, (view, at) => view.setUint8(at, value))
  }

  u16(value: number): this {
    return this.#put(2, (view, at) => view.setUint16(at, value, this.isLittle))
  }

  u32(value: number): this {
    return this.#put(4, (view, at) => view.setUint32(at, value, this.isLittle))
  }

  u64(value: bigint | number): this {
    return this.#put(8, (view, at) => view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), this.isLittle))
  }

  /** An unsigned number of 1, 2, 4 or 8 bytes. */
  number(value: bigint | number, size: number): this {
    if (size === 8) return this.u64(value)
    const low = Number(BigInt.asUintN(32, BigInt(value)))
    return size === 4 ? this.u32(low) : size === 2 ? this.u16(low & 0xffff) : this.u8(low & 0xff)
  }

  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
    return this
  }

  text(text: string): this {
    return this.bytes(new TextEncoder().encode(text))
  }

  /** Text with its NUL. */
  name(text: string): this {
    return this.text(text).u8(0)
  }

  zeros(count: number): this {
    return this.bytes(new Uint8Array(count))
  }

  /** Zeros up to a multiple of `size`. */
  align(size: number): this {
    return this.zeros((size - (this.length % size)) % size)
  }

  /** Overwrites a u64 that was put before. */
  setU64(at: number, value: number): void {
    new DataView(this.#bytes.buffer).setBigUint64(at, BigInt(value), this.isLittle)
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length)
  }

  #put(size: number, write: (view: DataView, at: number) => void): this {
    this.#reserve(size)
    write(new DataView(this.#bytes.buffer), this.length)
    this.length += size
    return this
  }

  #reserve(size: number): void {
    if (this.length + size <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + size))
    grown.set(this.#bytes.subarray(0, this.length))
    this.#bytes = grown
  }
}
