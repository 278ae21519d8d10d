/** Bytes that are compared at once. */
const STEP = 8

/**
 * True when the `size` bytes of `held` from `from` on stand in `view` at `at`, where there must be as many. Hot: eight
 * bytes at a time, as doubles, since equal doubles are equal bytes, but for zeros and NaNs. So the bytes held must have
 * no NUL; and text that is no UTF-8 may be found different from itself.
 */
export function isSameText(held: DataView, from: number, view: DataView, at: number, size: number): boolean {
  if (size < STEP) return isSameShortText(held, from, view, at, size)
  const last = size - STEP
  for (let k = 0; k < last; k += STEP) {
    if (held.getFloat64(from + k, true) !== view.getFloat64(at + k, true)) return false
  }
  return held.getFloat64(from + last, true) === view.getFloat64(at + last, true)
}

function isSameShortText(held: DataView, from: number, view: DataView, at: number, size: number): boolean {
  for (let k = 0; k < size; k++) if (held.getUint8(from + k) !== view.getUint8(at + k)) return false
  return true
}
