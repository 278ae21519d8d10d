import { textOf } from '../../base/ascii.ts'

/** The file is not as the format says: what was being read, in words. Caught where the file is read. */
export class TraceDatError extends Error {
  override readonly name = 'TraceDatError'
}

/** How the numbers of one file are written. */
export interface NumberForm {
  readonly isLittle: boolean
  /** Bytes of a `long` of the traced kernel as the tool was told: 4 or 8. */
  readonly longBytes: number
}

/** A place in bytes that are in memory, moved forward by what is taken. Throws a `TraceDatError` past the end. */
export class DataCursor {
  readonly bytes: Uint8Array
  at: number
  readonly #view: DataView
  readonly #isLittle: boolean
  readonly #what: string

  /** `what` names the part of the file, for the message of an error. */
  constructor(bytes: Uint8Array, isLittle: boolean, what: string, at = 0) {
    this.bytes = bytes
    this.at = at
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#isLittle = isLittle
    this.#what = what
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  u8(): number {
    return this.bytes[this.#take(1)]
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), this.#isLittle)
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), this.#isLittle)
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), this.#isLittle)
  }

  /** A 64-bit offset or size; one that no file can have is an error. */
  size(): number {
    const value = this.u64()
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new TraceDatError(`${this.#what}: an impossible size (${value})`)
    return Number(value)
  }

  /** Text up to its NUL, which is taken too. */
  text(): string {
    const end = this.bytes.indexOf(0, this.at)
    if (end < 0) throw new TraceDatError(`${this.#what}: a name without an end`)
    const text = textOf(this.bytes, this.at, end)
    this.at = end + 1
    return text
  }

  /** The next `size` bytes, not copied. */
  take(size: number): Uint8Array {
    const from = this.#take(size)
    return this.bytes.subarray(from, from + size)
  }

  #take(size: number): number {
    const from = this.at
    if (from + size > this.bytes.length) {
      throw new TraceDatError(`${this.#what}: ends after ${this.bytes.length} bytes, ${from + size} are needed`)
    }
    this.at = from + size
    return from
  }
}
