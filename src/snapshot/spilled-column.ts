import { type Column, NUMBER_ARRAYS, type Numbers } from '../base/column.ts'
import { type SpillFile } from './spill-file.ts'

/** Bytes read at once; columns begin at multiples of it, so that no value lies in two blocks. */
export const BLOCK_BYTES = 64 * 1024
/** Blocks of all columns that stay in memory: 4 MiB. */
const MOST_BLOCKS = 64

type NumbersMaker = new (buffer: ArrayBuffer) => Numbers

/** Columns that lie in a file: their blocks are read when a value of them is asked for; those used last stay. */
export class SpilledColumns {
  readonly #file: SpillFile
  readonly #blocks = new Map<number, ArrayBuffer>()
  #end = 0

  constructor(file: SpillFile) {
    this.#file = file
  }

  /** Bytes in the file. */
  get sizeBytes(): number {
    return this.#end
  }

  /** Writes values into the file; throws when there is no room, and nothing is lost then. */
  add(values: Numbers): SpilledValues {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    this.#file.write(bytes, this.#end)
    const at = this.#end
    this.#end = at + Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES
    return new SpilledValues(this, at, values)
  }

  /** One block, whose last bytes may be anything behind the end of a column. */
  block(at: number, sizeBytes: number): ArrayBuffer {
    const known = this.#blocks.get(at)
    if (known !== undefined) {
      this.#blocks.delete(at)
      this.#blocks.set(at, known)
      return known
    }
    const block = new ArrayBuffer(BLOCK_BYTES)
    this.#file.read(new Uint8Array(block, 0, sizeBytes), at)
    this.#blocks.set(at, block)
    const [oldest] = this.#blocks.keys()
    if (this.#blocks.size > MOST_BLOCKS) this.#blocks.delete(oldest)
    return block
  }

  /** Bytes past the blocks, for one who wants all of a column once. */
  bytes(from: number, to: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(to - from)
    this.#file.read(bytes, from)
    return bytes
  }
}

/** The values of one column that lies in a file. */
export class SpilledValues {
  readonly length: number
  readonly BYTES_PER_ELEMENT: number
  /** Name of the typed array that it was: `Uint32Array`. */
  readonly arrayName: string
  readonly #in: SpilledColumns
  readonly #at: number
  readonly #make: NumbersMaker
  readonly #inBlock: number
  #block = -1
  #values: Numbers = new Uint8Array(0)

  constructor(columns: SpilledColumns, at: number, like: Numbers) {
    const make = Object.values(NUMBER_ARRAYS).find((candidate) => like instanceof candidate)
    if (make === undefined) throw new TypeError(`broken promise: a column of ${like.constructor.name}`)
    this.#in = columns
    this.#at = at
    this.#make = make
    this.#inBlock = BLOCK_BYTES / make.BYTES_PER_ELEMENT
    this.BYTES_PER_ELEMENT = make.BYTES_PER_ELEMENT
    this.arrayName = make.name
    this.length = like.length
  }

  get byteLength(): number {
    return this.length * this.BYTES_PER_ELEMENT
  }

  /** `row` is one of the column. */
  valueAt(row: number): number {
    const block = Math.floor(row / this.#inBlock)
    if (block !== this.#block) {
      const from = block * BLOCK_BYTES
      const sizeBytes = Math.min(BLOCK_BYTES, this.byteLength - from)
      this.#values = new this.#make(this.#in.block(this.#at + from, sizeBytes))
      this.#block = block
    }
    return this.#values[row - block * this.#inBlock]
  }

  /** Bytes `[from, to)` of the column. */
  bytes(from: number, to: number): Uint8Array<ArrayBuffer> {
    return this.#in.bytes(this.#at + from, this.#at + Math.min(to, this.byteLength))
  }
}

/** Values behind columns that lie in a file. */
const valuesOf = new WeakMap<object, SpilledValues>()

/** The values behind a column that lies in a file; undefined for one in memory. */
export function spilledValues(column: object): SpilledValues | undefined {
  return valuesOf.get(column)
}

/**
 * A column whose values lie in a file. A value costs some hundred ns when its block is in memory, up to half a millisecond
 * else: such a column is never read in a loop over all events, unless in their order. `subarray` is a view, as ever.
 */
export function spilledColumn<T extends number>(values: SpilledValues): Column<T> {
  const whole = viewOf<T>(values, 0, values.length)
  valuesOf.set(whole, values)
  return whole
}

function viewOf<T extends number>(values: SpilledValues, begin: number, end: number): Column<T> {
  const length = Math.max(0, end - begin)
  const subarray = (from = 0, to = length): Column<T> =>
    viewOf(values, begin + placeIn(from, length), begin + placeIn(to, length))
  const iterate = function* (): Generator<number> {
    for (let row = 0; row < length; row++) yield values.valueAt(begin + row)
  }
  const named = new Map<string | symbol, unknown>([
    ['length', length],
    ['BYTES_PER_ELEMENT', values.BYTES_PER_ELEMENT],
    ['subarray', subarray],
    [Symbol.iterator, iterate],
  ])
  const get = (_: object, key: string | symbol): unknown => {
    const row = typeof key === 'string' ? Number(key) : Number.NaN
    if (row >= 0 && row < length && Number.isInteger(row)) return values.valueAt(begin + row)
    return named.get(key)
  }
  // Every row answers with a number that was a `T` when it was written.
  return new Proxy({}, { get, set: () => false }) as Column<T>
}

/** As `TypedArray.prototype.subarray` counts. */
function placeIn(at: number, length: number): number {
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length)
}
