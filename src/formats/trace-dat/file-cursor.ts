import { textOf } from '../../base/ascii.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { DataCursor, TraceDatError } from './data-cursor.ts'

const MOST_NAME_BYTES = 4096

/** A place in a file, moved forward by what is taken. Throws a `TraceDatError` where the file ends too early. */
export class FileCursor {
  at: number
  readonly #bytes: RandomBytes
  readonly #isLittle: boolean

  constructor(bytes: RandomBytes, isLittle: boolean, at: number) {
    this.#bytes = bytes
    this.#isLittle = isLittle
    this.at = at
  }

  /** The next `size` bytes; `what` names them for the message of an error. */
  async take(size: number, what: string): Promise<DataCursor> {
    if (this.at + size > this.#bytes.size) {
      throw new TraceDatError(`${what}: ${size} bytes at ${this.at} are needed, the file ends at ${this.#bytes.size}`)
    }
    const bytes = await this.#bytes.read(this.at, this.at + size)
    this.at += size
    if (bytes.length < size) throw new TraceDatError(`${what}: the file ends inside it`)
    return new DataCursor(bytes, this.#isLittle, what)
  }

  async u16(what: string): Promise<number> {
    return (await this.take(2, what)).u16()
  }

  async u32(what: string): Promise<number> {
    return (await this.take(4, what)).u32()
  }

  async size(what: string): Promise<number> {
    return (await this.take(8, what)).size()
  }

  /** Text up to its NUL, which is taken too. */
  async text(what: string): Promise<string> {
    const bytes = await this.#bytes.read(this.at, this.at + MOST_NAME_BYTES)
    const end = bytes.indexOf(0)
    if (end < 0) throw new TraceDatError(`${what}: a name without an end`)
    this.at += end + 1
    return textOf(bytes, 0, end)
  }
}
