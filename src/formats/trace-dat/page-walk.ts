import { type PageLayout } from './page-layout.ts'

/** Kinds of entries (include/linux/ring_buffer.h enum ring_buffer_type). */
const PADDING = 29
const TIME_EXTEND = 30
const TIME_STAMP = 31
const LARGEST_DATA = 28
/** Bits of `commit` (kernel/trace/ring_buffer.c RB_MISSED_EVENTS, RB_MISSED_STORED; libtraceevent's COMMIT_MASK). */
const MISSED = 0x8000_0000
const MISSED_STORED = 0x4000_0000
const COMMIT_MASK = 0x07ff_ffff
const DELTA_BITS = 27
/** An absolute stamp holds 59 bits; the upper five are those of the stamp before. */
const STAMP_BITS = 59n
const STAMP_MASK = (1n << STAMP_BITS) - 1n

/**
 * The entries of one page of a ring buffer, one after the other:
 *
 *     u64 stamp │ commit │ entry entry entry … │ unused
 *                          type_len:5 time_delta:27 │ payload
 *
 * `open` a page, then call `next` until it is false. Stamps are `stamp + delta`: 64 bits do not fit a double.
 */
export class PageWalk {
  /** Events lost before this page: 0, or -1 when the kernel does not know how many. */
  missed = 0
  /** What is wrong with the page, in words; empty when nothing is. */
  damage = ''
  /** Stamp of the page, or the last absolute one in it. */
  stamp = 0n
  /** What the entry's own time adds to it. */
  delta = 0
  /** Position of the entry's header in the page's bytes. */
  entryAt = 0
  /** Position and size of its record. */
  recordAt = 0
  recordBytes = 0
  /** Counts the changes of `stamp`. */
  stampCount = 0
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0
  #end = 0
  readonly #layout: PageLayout
  readonly #isLittle: boolean
  readonly #pageBytes: number

  constructor(layout: PageLayout, pageBytes: number, isLittle: boolean) {
    this.#layout = layout
    this.#pageBytes = pageBytes
    this.#isLittle = isLittle
  }

  /** Begins the page at `start` of a view. */
  open(view: DataView, start: number): void {
    const { stampAt, dataAt } = this.#layout
    const commit = this.#commit(view, start)
    const size = commit & COMMIT_MASK
    this.#view = view
    this.#at = start + dataAt
    this.stamp = view.getBigUint64(start + stampAt, this.#isLittle)
    this.stampCount++
    this.delta = 0
    this.damage = ''
    const room = Math.min(this.#pageBytes, view.byteLength - start) - dataAt
    if (size > room) this.damage = `a page says that ${size} of ${room} bytes are used`
    this.#end = this.#at + (size > room ? 0 : size)
    this.missed = (commit & MISSED) === 0 ? 0 : this.#missed(view, commit, start + this.#pageBytes)
  }

  /** Moves to the next record; false when the page has no more. */
  next(): boolean {
    const view = this.#view
    const isLittle = this.#isLittle
    while (this.#at + 4 <= this.#end) {
      const at = this.#at
      const head = view.getUint32(at, isLittle)
      const type = isLittle ? head & 31 : head >>> DELTA_BITS
      const delta = isLittle ? head >>> 5 : head & COMMIT_MASK
      this.entryAt = at
      if (type > 0 && type <= LARGEST_DATA) return this.#record(at + 4, type * 4, delta)
      if (at + 8 > this.#end) break
      const word = view.getUint32(at + 4, isLittle)
      if (type === 0) return this.#record(at + 8, word < 4 ? COMMIT_MASK : alignedSize(word - 4), delta)
      if (type === PADDING && delta === 0) break
      this.#skip(type, word, delta)
    }
    this.#at = this.#end
    return false
  }

  #record(at: number, size: number, delta: number): boolean {
    this.delta += delta
    this.recordAt = at
    this.recordBytes = size
    this.#at = at + size
    if (this.#at <= this.#end) return true
    this.damage = `an entry of ${size} bytes does not fit its page`
    this.#at = this.#end
    return false
  }

  #skip(type: number, word: number, delta: number): void {
    this.#at += type === PADDING ? 4 + alignedSize(word) : 8
    if (type === TIME_STAMP) this.#setStamp(BigInt(word) * 2n ** BigInt(DELTA_BITS) + BigInt(delta))
    else this.delta += delta + (type === TIME_EXTEND ? word * 2 ** DELTA_BITS : 0)
  }

  /** kernel/trace/ring_buffer.c rb_fix_abs_ts(): a stamp that went back has passed its 59 bits. */
  #setStamp(stamp: bigint): void {
    const before = this.stamp + BigInt(this.delta)
    const whole = (before & ~STAMP_MASK) | (stamp & STAMP_MASK)
    this.stamp = whole + (1n << 58n) < before ? whole + (1n << STAMP_BITS) : whole
    this.stampCount++
    this.delta = 0
  }

  /** Low half of `commit`, as a 32-bit integer. */
  #commit(view: DataView, start: number): number {
    const { commitAt, commitBytes } = this.#layout
    const isHighFirst = commitBytes === 8 && !this.#isLittle
    return view.getUint32(start + commitAt + (isHighFirst ? 4 : 0), this.#isLittle)
  }

  /** The count stands behind the entries when there was room for it. */
  #missed(view: DataView, commit: number, pageEnd: number): number {
    const { commitBytes } = this.#layout
    if ((commit & MISSED_STORED) === 0 || this.#end + commitBytes > Math.min(pageEnd, view.byteLength)) return -1
    if (commitBytes === 4) return view.getUint32(this.#end, this.#isLittle)
    return Number(view.getBigUint64(this.#end, this.#isLittle))
  }
}

/** Entries take whole words of 4 bytes; no size can pass a page. */
function alignedSize(size: number): number {
  return (Math.min(size, COMMIT_MASK) + 3) & ~3
}
