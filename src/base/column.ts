/** The typed arrays a column may be backed by. */
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float64Array

/** Makes each of them, by its name. */
export const NUMBER_ARRAYS = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float64Array,
} as const

/** A frozen numeric column whose values carry a meaning. Backed by a typed array. */
export interface Column<T extends number> {
  readonly length: number
  readonly BYTES_PER_ELEMENT: number
  readonly [row: number]: T
  subarray(begin?: number, end?: number): Column<T>
}

/**
 * Gives a typed array its meaning. The one place where the cast is written:
 * the caller promises that every value is a `T`.
 */
export function column<T extends number>(values: Numbers): Column<T> {
  return values as unknown as Column<T>
}

/** The typed array behind a column, for `base/` algorithms that copy or sort; treat it as read-only. */
export function numbersOf<T extends number>(values: Column<T>): Numbers {
  return values as unknown as Numbers
}

/**
 * Copies integers into the narrowest typed array that holds them all, so that a column of small values costs
 * one or two bytes a row. Values must be integers within the range of a double.
 */
export function narrow(values: Numbers, length: number = values.length): Numbers {
  const { low, high } = boundsOf(values, length)
  return copyInto(narrowest(low, high, length), values, length)
}

/** The least and the greatest of the first `length` values and 0, which every column may hold. */
export function boundsOf(
  values: Numbers,
  length: number = values.length,
): { readonly low: number; readonly high: number } {
  let low = 0
  let high = 0
  for (let row = 0; row < length; row++) {
    const value = values[row]
    if (value < low) low = value
    else if (value > high) high = value
  }
  return { low, high }
}

/** The narrowest typed array of `length` integers, none of them below `low` or above `high`. */
export function narrowest(low: number, high: number, length: number): Numbers {
  if (low >= 0) {
    if (high <= 0xff) return new Uint8Array(length)
    if (high <= 0xffff) return new Uint16Array(length)
    if (high <= 0xffff_ffff) return new Uint32Array(length)
  } else {
    if (low >= -0x80 && high <= 0x7f) return new Int8Array(length)
    if (low >= -0x8000 && high <= 0x7fff) return new Int16Array(length)
    if (low >= -0x8000_0000 && high <= 0x7fff_ffff) return new Int32Array(length)
  }
  return new Float64Array(length)
}

function copyInto(target: Numbers, values: Numbers, length: number): Numbers {
  target.set(length === values.length ? values : values.subarray(0, length))
  return target
}
