import { NUMBER_ARRAYS, type Numbers } from '../base/column.ts'
import { joinBytes } from '../base/join-bytes.ts'
import { type SpilledValues, spilledValues } from './spilled-column.ts'

/** What data with methods is made of, for the few values that are more than plain data. */
export interface PackKind {
  readonly name: string
  is(value: object): boolean
  /** The plain data that it is made of. */
  take(value: object): unknown
  /** The same again. `plain` is what `take` gave. */
  make(plain: unknown): object
}

/** Bytes of which a part is had at a time: those of an array in memory, or of a column that lies in a file. */
export interface BytePiece {
  readonly length: number
  subarray(begin: number, end: number): Uint8Array
}

/** Plain data as bytes: a head in JSON, then the bytes of each array. Pieces are views, not copies. */
export interface Packed {
  readonly headBytes: number
  readonly sizeBytes: number
  /** The bytes, one piece behind the other; each begins at a multiple of 8. */
  readonly pieces: readonly BytePiece[]
}

/** Where arrays begin: what the widest element needs. */
const ALIGNMENT = 8
/** Marks an object of the head that stands for something JSON cannot say. */
const MARK = '$'

type ArrayName = keyof typeof NUMBER_ARRAYS

/**
 * Packs plain data: objects, arrays, maps, sets, texts, numbers and typed arrays. What is in it twice is in it twice after,
 * as one. O(rows) for what is no typed array; those are only written down. Throws for anything else: a function or a class
 * that `kinds` does not know would be lost without a word.
 */
export function pack(value: unknown, kinds: readonly PackKind[] = []): Packed {
  const packer = new Packer(kinds)
  const head = new TextEncoder().encode(JSON.stringify(packer.encode(value)))
  const pieces = [head, ...packer.arrays].flatMap(padded)
  return { headBytes: head.length, sizeBytes: pieces.reduce((sum, piece) => sum + piece.length, 0), pieces }
}

/** What was packed. Typed arrays are views of `bytes`, which must begin at a multiple of 8. Throws when it is not what `pack` wrote. */
export function unpack(bytes: Uint8Array<ArrayBuffer>, headBytes: number, kinds: readonly PackKind[] = []): unknown {
  const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, headBytes)))
  return new Unpacker(bytes, aligned(headBytes), kinds).decode(head)
}

/** The packed bytes as one, for a test or a small thing. */
export function bytesOfPacked({ pieces, sizeBytes }: Packed): Uint8Array<ArrayBuffer> {
  const whole = pieces.map((piece) => piece.subarray(0, piece.length))
  return new Uint8Array(joinBytes(whole, sizeBytes))
}

/** The next place where an array may begin. */
export function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT
}

function padded(piece: BytePiece): readonly BytePiece[] {
  const missing = aligned(piece.length) - piece.length
  return missing === 0 ? [piece] : [piece, new Uint8Array(missing)]
}

/** Every object gets a number in the order in which it is met, so that it can be pointed at when it is met again. */
class Packer {
  readonly arrays: BytePiece[] = []
  readonly #kinds: readonly PackKind[]
  readonly #seen = new Map<object, number>()
  #end = 0

  constructor(kinds: readonly PackKind[]) {
    this.#kinds = kinds
  }

  encode(value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0) ? value : mark('number', text(value))
    if (value === undefined) return mark('undefined')
    if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be packed`)
    const known = this.#seen.get(value)
    if (known !== undefined) return mark('same', known)
    this.#seen.set(value, this.#seen.size)
    return this.#encodeObject(value)
  }

  #encodeObject(value: object): unknown {
    if (ArrayBuffer.isView(value)) return this.#encodeArray(value)
    const spilled = spilledValues(value)
    if (spilled !== undefined) return this.#encodeSpilled(spilled)
    if (Array.isArray(value)) return value.map((item) => this.encode(item))
    if (value instanceof Map) return mark('map', this.#encodeAll([...value].flat()))
    if (value instanceof Set) return mark('set', this.#encodeAll([...value]))
    const kind = this.#kinds.find((candidate) => candidate.is(value))
    if (kind !== undefined) return mark('kind', [kind.name, this.encode(kind.take(value))])
    if (Object.getPrototypeOf(value) !== Object.prototype)
      throw new TypeError(`${value.constructor.name} cannot be packed`)
    if (MARK in value) throw new TypeError(`an object with "${MARK}" cannot be packed`)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.encode(item)]))
  }

  #encodeAll(values: readonly unknown[]): readonly unknown[] {
    return values.map((value) => this.encode(value))
  }

  #encodeArray(view: ArrayBufferView): unknown {
    const name = view.constructor.name
    if (!isArrayName(name) || !(view.buffer instanceof ArrayBuffer)) throw new TypeError(`${name} cannot be packed`)
    return this.#put(name, new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  }

  #encodeSpilled(values: SpilledValues): unknown {
    const { arrayName: name, byteLength: length } = values
    if (!isArrayName(name)) throw new TypeError(`${name} cannot be packed`)
    return this.#put(name, { length, subarray: (begin, end) => values.bytes(begin, end) })
  }

  #put(name: ArrayName, bytes: BytePiece): unknown {
    const at = this.#end
    this.arrays.push(bytes)
    this.#end += aligned(bytes.length)
    return mark('array', [name, at, bytes.length / NUMBER_ARRAYS[name].BYTES_PER_ELEMENT])
  }
}

class Unpacker {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #base: number
  readonly #kinds: readonly PackKind[]
  readonly #seen: unknown[] = []

  constructor(bytes: Uint8Array<ArrayBuffer>, base: number, kinds: readonly PackKind[]) {
    this.#bytes = bytes
    this.#base = base
    this.#kinds = kinds
  }

  decode(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return this.#list(value)
    if (MARK in value && 'v' in value) return this.#decodeMark(value[MARK], value.v)
    return this.#fill({}, (made: Record<string, unknown>) => {
      for (const [name, item] of Object.entries(value)) made[name] = this.decode(item)
    })
  }

  #decodeMark(what: unknown, value: unknown): unknown {
    if (what === 'undefined') return undefined
    if (what === 'number') return value === '-0' ? -0 : Number(value)
    if (what === 'same') return this.#seen[Number(value)]
    if (!Array.isArray(value)) throw new TypeError(`broken promise: ${String(what)} in a packed head`)
    const list: readonly unknown[] = value
    if (what === 'array') return this.#array(list)
    if (what === 'set') return this.#fill(new Set(), (set) => list.forEach((item) => set.add(this.decode(item))))
    if (what === 'map') return this.#map(list)
    if (what === 'kind') return this.#ofKind(list)
    throw new TypeError(`broken promise: ${String(what)} in a packed head`)
  }

  #list(list: readonly unknown[]): unknown {
    return this.#fill(new Array<unknown>(), (items) => {
      for (const item of list) items.push(this.decode(item))
    })
  }

  #map(list: readonly unknown[]): unknown {
    return this.#fill(new Map<unknown, unknown>(), (map) => {
      for (let at = 0; at < list.length; at += 2) map.set(this.decode(list[at]), this.decode(list[at + 1]))
    })
  }

  #array([name, at, length]: readonly unknown[]): Numbers {
    if (!isArrayName(name)) throw new TypeError(`broken promise: ${String(name)} in a packed head`)
    const { buffer, byteOffset } = this.#bytes
    const array = new NUMBER_ARRAYS[name](buffer, byteOffset + this.#base + Number(at), Number(length))
    this.#seen.push(array)
    return array
  }

  #ofKind([name, plain]: readonly unknown[]): object {
    const kind = this.#kinds.find((candidate) => candidate.name === name)
    if (kind === undefined) throw new TypeError(`broken promise: ${String(name)} in a packed head`)
    const number = this.#seen.push(undefined) - 1
    const made = kind.make(this.decode(plain))
    this.#seen[number] = made
    return made
  }

  /** Numbered before what is in it, as it was when it was packed. */
  #fill<T extends object>(made: T, fill: (made: T) => void): T {
    this.#seen.push(made)
    fill(made)
    return made
  }
}

function mark(what: string, value: unknown = 0): unknown {
  return { [MARK]: what, v: value }
}

function text(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function isArrayName(name: unknown): name is ArrayName {
  return typeof name === 'string' && name in NUMBER_ARRAYS
}
