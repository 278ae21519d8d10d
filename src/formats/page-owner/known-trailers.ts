import { CR, indexOfText, LF, startsWith } from '../../base/ascii.ts'
import { NONE, type StringId } from '../../model/ids.ts'
import { Digits } from './digits.ts'
import { KnownTexts } from '../known-texts.ts'
import { type ReadRecord } from './record-lines.ts'

const LETTER_H = 104
const HANDLE = 'handle: '
const HANDLE_BYTES = 32
const LONGEST = 256
const MIGRATED = 'Page has been migrated, last migrate reason: '
/** What is passed over. */
const PASSED = ['Charged ', 'Slab cache page']

/** What stood below a stack before, up to the blank line: its lines but a handle at the start, as one text. */
export class KnownTrailers {
  readonly #texts = new KnownTexts(11)
  readonly #reasons = new Int32Array(this.#texts.slots)
  readonly #parsed = new Int32Array(this.#texts.slots)
  readonly #passed = new Int32Array(this.#texts.slots)
  readonly #digits = new Digits()
  #last = 0
  /** The text that was read last; NONE when there was none. */
  slot = NONE
  handle = NONE
  /** Lines that were read, and those passed over. */
  parsed = 0
  passed = 0

  get migrateReason(): StringId {
    return (this.slot < 0 ? NONE : this.#reasons[this.slot]) as StringId
  }

  /** Position behind the blank line; -1 when the lines are not known. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    this.handle = this.slot = NONE
    this.parsed = this.passed = 0
    if (bytes[start] === LF) return start + 1
    const at = bytes[start] === LETTER_H ? this.#readHandle(bytes, start) : start
    if (at < 0) return -1
    const blank = behindBlank(bytes, at)
    return blank > at ? blank : this.#readLines(bytes, view, at)
  }

  /** Keeps the lines at `start`, which were read as `record`, up to the blank line at `end`. */
  learn(bytes: Uint8Array, view: DataView, start: number, end: number, record: ReadRecord): void {
    const at = bytes[start] === LETTER_H ? this.#readHandle(bytes, start) : start
    if (at < 0 || at === end) return
    let parsed = 0
    let passed = 0
    if (indexOfText(bytes, at, end, '+0x') >= 0) return // a line may be taken for a frame
    for (let line = at; line < end; line = bytes.indexOf(LF, line) + 1) {
      if (startsWith(bytes, line, end, MIGRATED)) parsed++
      else if (PASSED.some((text) => startsWith(bytes, line, end, text))) passed++
      else return
    }
    const slot = this.#texts.keep(bytes, view, at, end)
    if (slot < 0) return
    this.#reasons[slot] = record.migrateReason
    this.#parsed[slot] = parsed
    this.#passed[slot] = passed
  }

  #readLines(bytes: Uint8Array, view: DataView, start: number): number {
    let slot = this.#last
    const isLast = this.#texts.isAt(slot, view, start, bytes.length)
    let end = isLast ? start + this.#texts.sizeOf(slot) : start
    let next = isLast ? behindBlank(bytes, end) : end
    if (next === end) {
      end = endOfTrailer(bytes, start)
      slot = this.#texts.find(view, start, end)
      next = slot < 0 ? end : behindBlank(bytes, end)
      if (next === end) return -1
    }
    this.slot = this.#last = slot
    this.parsed += this.#parsed[slot]
    this.passed = this.#passed[slot]
    return next
  }

  /** `handle: 4294901761`; position of the next line, or -1. */
  #readHandle(bytes: Uint8Array, start: number): number {
    if (start + HANDLE_BYTES > bytes.length || !startsWith(bytes, start, bytes.length, HANDLE)) return -1
    const numberAt = start + HANDLE.length
    const at = this.#digits.decimal(bytes, numberAt)
    const next = behindBlank(bytes, at)
    if (at === numberAt || next === at) return -1
    this.handle = this.#digits.value
    this.parsed = 1
    return next
  }
}

/** Position behind an end of line; `start` when there is none. */
function behindBlank(bytes: Uint8Array, start: number): number {
  if (start < bytes.length && bytes[start] === LF) return start + 1
  return start + 1 < bytes.length && bytes[start] === CR && bytes[start + 1] === LF ? start + 2 : start
}

/** Where the lines that begin at `start` end with a blank one; `start` when none comes soon. */
function endOfTrailer(bytes: Uint8Array, start: number): number {
  const limit = Math.min(bytes.length, start + LONGEST)
  for (let lf = bytes.indexOf(LF, start); lf >= 0 && lf < limit; lf = bytes.indexOf(LF, lf + 1)) {
    if (behindBlank(bytes, lf + 1) > lf + 1) return lf + 1
  }
  return start
}
