import { CR, LF, SPACE, startsWith } from '../../base/ascii.ts'
import { NONE, type StringId } from '../../model/ids.ts'
import { type OwnerShape } from '../../model/owner-table.ts'
import { Digits } from './digits.ts'
import { KnownTexts } from '../known-texts.ts'
import { LINE_ONE, type ReadRecord } from './record-lines.ts'

const COMMA = 44
const LETTER_N = 110
const LETTER_S = 115
const LETTER_T = 116
const FREE_TS = ', free_ts '
/** Room that two times need, with what stands around them. */
const TIMES_BYTES = 64
/** No line 1 is longer than this up to its time. */
const LONGEST = 256
const FIELDS = 5

/** Lines 1 that were read before, up to the time: `Page allocated via order 0, mask 0x…, pid 7, tgid 7 (sh), ts |2693 ns`. */
export class KnownHeads {
  readonly #texts = new KnownTexts(14)
  readonly #fields = new Int32Array(FIELDS * this.#texts.slots)
  readonly #digits = new Digits()
  /** The text that was read last. */
  slot = 0
  ts = NONE
  freeTs = NONE

  get order(): number {
    return this.#fields[this.slot * FIELDS]
  }

  get gfp(): StringId {
    return this.#fields[this.slot * FIELDS + 1] as StringId
  }

  /** Position of the next line; -1 when the line is not known. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    if (!this.#texts.isAt(this.slot, view, start, bytes.length)) {
      const slot = this.#texts.find(view, start, endOfHead(bytes, start))
      if (slot < 0) return -1
      this.slot = slot
    }
    return this.#readEnd(bytes, start + this.#texts.sizeOf(this.slot))
  }

  /** Writes what the text that was read last means. */
  tell(into: OwnerShape): void {
    const from = this.slot * FIELDS
    into.order = this.#fields[from]
    into.gfp = this.#fields[from + 1] as StringId
    into.pid = this.#fields[from + 2]
    into.tgid = this.#fields[from + 3]
    into.comm = this.#fields[from + 4] as StringId
  }

  /** Keeps the line at `start`, which was read as `record`; position of the next, -1 when it cannot be kept. */
  learn(bytes: Uint8Array, view: DataView, start: number, record: ReadRecord): number {
    const end = endOfHead(bytes, start)
    if (!startsWith(bytes, start, end, LINE_ONE)) return -1
    const next = this.#readEnd(bytes, end)
    if (next < 0 || this.ts !== record.ts || this.freeTs !== record.freeTs) return -1
    const slot = this.#texts.keep(bytes, view, start, end)
    if (slot < 0) return -1
    const { order, gfp, pid, tgid, comm } = record
    this.#fields.set([order, gfp, pid, tgid, comm], slot * FIELDS)
    return next
  }

  /** What follows the text: nothing, or the times. */
  #readEnd(bytes: Uint8Array, start: number): number {
    this.ts = this.freeTs = NONE
    if (bytes[start - 1] === LF) return start
    if (start + TIMES_BYTES > bytes.length) return -1
    let at = this.#readTime(bytes, start)
    if (at < 0) return -1
    this.ts = this.#digits.value
    if (bytes[at] === COMMA) {
      if (!startsWith(bytes, at, bytes.length, FREE_TS)) return -1
      at = this.#readTime(bytes, at + FREE_TS.length)
      if (at < 0) return -1
      this.freeTs = this.#digits.value
    }
    if (bytes[at] === CR) at++
    return bytes[at] === LF ? at + 1 : -1
  }

  /** `26935284538 ns`; position behind it, or -1. */
  #readTime(bytes: Uint8Array, start: number): number {
    const at = this.#digits.decimal(bytes, start)
    const isTime = at > start && bytes[at] === SPACE && bytes[at + 1] === LETTER_N && bytes[at + 2] === LETTER_S
    return isTime ? at + 3 : -1
  }
}

/** Where the text of line 1 that says no time ends: behind the first `, ts `, or with the line. */
function endOfHead(bytes: Uint8Array, start: number): number {
  const last = Math.min(bytes.length, start + LONGEST) - 5
  for (let at = start + LINE_ONE.length; at < last; at++) {
    const byte = bytes[at]
    if (byte === LF) return at + 1
    const isTime = byte === COMMA && bytes[at + 2] === LETTER_T && bytes[at + 3] === LETTER_S && bytes[at + 4] === SPACE
    if (isTime) return at + 5
  }
  return start
}
