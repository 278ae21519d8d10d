/**
 * The bytes `[from, to)` that a Range header asks of a file (RFC 9110, 14.1.2). Undefined when it asks for no single range of
 * bytes: the whole file is the answer then. `beyond` when the file has no such bytes.
 */
export function byteRange(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | 'beyond' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return undefined
  const [, first, last] = match
  if (first === '')
    return size === 0 || Number(last) === 0 ? 'beyond' : { from: Math.max(0, size - Number(last)), to: size }
  if (Number(first) >= size) return 'beyond'
  if (last === '') return { from: Number(first), to: size }
  return Number(last) < Number(first) ? undefined : { from: Number(first), to: Math.min(size, Number(last) + 1) }
}
