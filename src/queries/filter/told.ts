/** What a term says of a row. `and` is the least of two, `or` the greatest, and `not` is `TRUE - told`. */
export const FALSE = 0
/** The capture does not tell: neither a match nor the opposite of one. */
export const UNKNOWN = 1
export const TRUE = 2

/** What is known of one value: whether it fits, or that it is `absent`, or that nothing tells. */
export type Fit = boolean | 'absent' | 'unknown'

/** What a term says of a value. An event without such a field fits neither a term nor its `!=`. */
export function told(fit: Fit, isNegated: boolean): number {
  if (fit === 'absent') return FALSE
  if (fit === 'unknown') return UNKNOWN
  return fit === isNegated ? FALSE : TRUE
}

/** What a term says of each id of a table. Cost: one call an id. */
export function toldOfEach(length: number, isNegated: boolean, fitOf: (id: number) => Fit): Uint8Array {
  const mask = new Uint8Array(length)
  for (let id = 0; id < length; id++) mask[id] = told(fitOf(id), isNegated)
  return mask
}

/** Some rows, ascending: the first `length` of `rows`. */
export interface RowSlice {
  readonly rows: Uint32Array
  readonly length: number
}

/** Work that can rest at each step: what it is for is there when it is done. */
export type Steps = Generator<undefined, void>

/**
 * A term over columns. `fill` writes what it says of each row into `into`, all of it when its steps are done; a `dear` one
 * may leave rows out (FALSE) whose `gate` is FALSE, because another term said so already.
 */
export interface FilterLeaf {
  readonly isDear: boolean
  fill(slice: RowSlice, into: Uint8Array, gate: Uint8Array | undefined): Steps
}

/** A leaf that costs next to nothing: it needs no rest. */
export function cheapLeaf(fill: (slice: RowSlice, into: Uint8Array) => void): FilterLeaf {
  return {
    isDear: false,
    // oxlint-disable-next-line require-yield -- done at once
    *fill(slice, into): Steps {
      fill(slice, into)
    },
  }
}

/** A leaf by an id of the row, looked up in a mask; `none` where the row has no such id. */
export function maskLeaf(ids: { readonly [row: number]: number }, mask: Uint8Array, none: number): FilterLeaf {
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const id = ids[rows[at]]
      into[at] = id < 0 ? none : mask[id]
    }
  })
}
