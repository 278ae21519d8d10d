import { hexValue, LF, SPACE, TAB, textOf } from '../../base/ascii.ts'

const DOLLAR = 36
const OPEN = 91
const CLOSE = 93

/** A function that an address lies in. */
export interface FoundSymbol {
  readonly name: string
  /** Name of the module that it belongs to, empty for the kernel itself. */
  readonly module: string
  /** Bytes from its start to the address. */
  readonly offset: number
}

/**
 * The symbols of `/proc/kallsyms` as the file embeds them, found by address:
 *
 *     ffffffff812ae0c0 T __page_ref_mod
 *     ffffffffa0000070 t leaky_ioctl	[leaky]
 *
 * As trace-cmd does (libtraceevent, tep_parse_kallsyms()), absolute symbols (per-CPU offsets) and the `$x` marks of arm
 * are left out. Addresses are kept as two halves: a double cannot hold them.
 */
export class Symbols {
  readonly #bytes: Uint8Array
  readonly #high: Uint32Array
  readonly #low: Uint32Array
  /** Position of the name in the text, by ascending address. */
  readonly #names: Uint32Array

  constructor(bytes: Uint8Array) {
    const found = scan(bytes)
    const order = ascending(found.high, found.low)
    this.#bytes = bytes
    this.#high = found.high.map((_, row) => found.high[order[row]])
    this.#low = found.low.map((_, row) => found.low[order[row]])
    this.#names = found.names.map((_, row) => found.names[order[row]])
  }

  get length(): number {
    return this.#names.length
  }

  /** True when there are symbols and all stand at 0: the kernel hid the addresses (kptr_restrict). */
  get areHidden(): boolean {
    const last = this.length - 1
    return last >= 0 && this.#high[last] === 0 && this.#low[last] === 0
  }

  /** The last symbol at or before an address, given as its two halves; undefined when nothing tells. O(log n). */
  find(high: number, low: number): FoundSymbol | undefined {
    if (this.areHidden) return undefined
    let begin = 0
    let end = this.length
    while (begin < end) {
      const middle = (begin + end) >>> 1
      const isAtOrBefore = this.#high[middle] < high || (this.#high[middle] === high && this.#low[middle] <= low)
      if (isAtOrBefore) begin = middle + 1
      else end = middle
    }
    // The last symbol has no known end: an address behind it (a trampoline, a newer module) is nobody's.
    if (begin === 0 || (begin === this.length && !this.#isStart(begin - 1, high, low))) return undefined
    const row = begin - 1
    const offset = (high - this.#high[row]) * 2 ** 32 + low - this.#low[row]
    return { ...this.#nameAt(this.#names[row]), offset }
  }

  #isStart(row: number, high: number, low: number): boolean {
    return this.#high[row] === high && this.#low[row] === low
  }

  /** `sym` or `sym⇥[module]`, up to the end of the line. */
  #nameAt(start: number): { readonly name: string; readonly module: string } {
    const bytes = this.#bytes
    const lf = bytes.indexOf(LF, start)
    const lineEnd = lf < 0 ? bytes.length : lf
    let end = start
    while (end < lineEnd && bytes[end] !== TAB && bytes[end] !== SPACE) end++
    const open = bytes.subarray(end, lineEnd).indexOf(OPEN)
    const close = bytes.subarray(end, lineEnd).indexOf(CLOSE)
    const module = open < 0 || close < open ? '' : textOf(bytes, end + open + 1, end + close)
    return { name: textOf(bytes, start, end), module }
  }
}

interface Scanned {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly names: Uint32Array
}

function scan(bytes: Uint8Array): Scanned {
  const high: number[] = []
  const low: number[] = []
  const names: number[] = []
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(LF, at)
    const end = lf < 0 ? bytes.length : lf
    let digits = at
    let [upper, lower] = [0, 0]
    for (let digit = hexValue(bytes[digits]); digits < end && digit >= 0; digit = hexValue(bytes[++digits])) {
      upper = ((upper << 4) | (lower >>> 28)) >>> 0
      lower = ((lower << 4) | digit) >>> 0
    }
    // `address type name`: one blank each.
    const isAbsolute = (bytes[digits + 1] | 32) === 97
    if (digits > at && digits + 3 < end && !isAbsolute && bytes[digits + 3] !== DOLLAR) {
      high.push(upper)
      low.push(lower)
      names.push(digits + 3)
    }
    at = end + 1
  }
  return { high: Uint32Array.from(high), low: Uint32Array.from(low), names: Uint32Array.from(names) }
}

/** Rows by ascending address; equal ones keep the order of the text. */
function ascending(high: Uint32Array, low: Uint32Array): Uint32Array {
  const order = Uint32Array.from(high, (_, row) => row)
  return order.sort((a, b) => high[a] - high[b] || low[a] - low[b] || a - b)
}
