/** What fflate keeps of bytes that it waits for more of; private in its types alone. */
interface Waiting {
  /** Bytes from the one that the next block begins in. */
  readonly p?: Uint8Array
  /** `p`: bit of that byte; `l`: set within a block of codes; `f`: set behind the last block. */
  readonly s?: { readonly p?: number; readonly l?: unknown; readonly f?: number }
  /** Set while a gzip header is waited for. */
  readonly v?: number
}

/**
 * Text of a block that is stored as it is (RFC 1951 3.2.4) and cut off: fflate gives such a block whole or not at all. Empty
 * where it waits for anything else.
 */
export function storedTail(inflate: object): Uint8Array {
  const { p: bytes = new Uint8Array(0), s: state = {}, v: inHeader = 0 } = inflate as Waiting
  const bit = state.p ?? 0
  const type = ((bytes[0] | (bytes[1] << 8)) >> (bit + 1)) & 3
  const from = ((bit + 3 + 7) >> 3) + 4
  if (inHeader > 0 || state.f === 1 || Boolean(state.l) || type !== 0 || bytes.length <= from) return new Uint8Array(0)
  const size = bytes[from - 4] | (bytes[from - 3] << 8)
  const isSize = (size ^ (bytes[from - 2] | (bytes[from - 1] << 8))) === 0xffff
  return isSize ? bytes.slice(from, from + size) : new Uint8Array(0)
}
