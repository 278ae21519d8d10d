import { isDigit, LF, startsWith } from '../../base/ascii.ts'
import { type StringId } from '../../model/ids.ts'
import { type OwnerShape } from '../../model/owner-table.ts'
import { Digits } from './digits.ts'
import { KnownTexts } from '../known-texts.ts'
import { type ReadRecord } from './record-lines.ts'

const LETTER_P = 80
const PFN = 'PFN '
const BLOCK = 'Block '
/** Room that the numbers of a line need, with what stands around them. */
const LINE_BYTES = 96
/** No text between the two numbers is longer. */
const LONGEST_TYPE = 64
const FIELDS = 2

/** PFN lines that were read before, but for their numbers: `PFN 0x1f481| type Movable Block |250| type CMA Flags 0x…(…)`. */
export class KnownPfnLines {
  readonly #types = new KnownTexts(6)
  readonly #pageTypes = new Int32Array(this.#types.slots)
  readonly #flags = new KnownTexts(12)
  readonly #fields = new Int32Array(FIELDS * this.#flags.slots)
  readonly #digits = new Digits()
  /** The texts that were read last. */
  typeSlot = 0
  flagsSlot = 0
  pfn = 0
  block = 0

  get pageType(): StringId {
    return this.#pageTypes[this.typeSlot] as StringId
  }

  /** Position of the next line; -1 when the line is not known. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    if (start + LINE_BYTES > bytes.length || !isPfnLine(bytes, start)) return -1
    const typeAt = this.#digits.any(bytes, start + PFN.length)
    if (typeAt === start + PFN.length) return -1
    this.pfn = this.#digits.value
    if (!this.#types.isAt(this.typeSlot, view, typeAt, bytes.length)) {
      const slot = this.#types.find(view, typeAt, endOfType(bytes, typeAt))
      if (slot < 0) return -1
      this.typeSlot = slot
    }
    const blockAt = typeAt + this.#types.sizeOf(this.typeSlot)
    const flagsAt = this.#digits.decimal(bytes, blockAt)
    if (flagsAt === blockAt) return -1
    this.block = this.#digits.value
    return this.#readFlags(bytes, view, flagsAt)
  }

  /** Writes what the texts that were read last mean. */
  tell(into: OwnerShape): void {
    into.pageType = this.pageType
    into.blockType = this.#fields[this.flagsSlot * FIELDS] as StringId
    into.flags = this.#fields[this.flagsSlot * FIELDS + 1] as StringId
  }

  /** Keeps the line at `start`, which was read as `record`; position of the next, -1 when it cannot be kept. */
  learn(bytes: Uint8Array, view: DataView, start: number, record: ReadRecord): number {
    if (!startsWith(bytes, start, bytes.length, PFN)) return -1
    const typeAt = this.#digits.any(bytes, start + PFN.length)
    if (this.#digits.value !== record.pfn) return -1
    const blockAt = endOfType(bytes, typeAt)
    const flagsAt = this.#digits.decimal(bytes, blockAt)
    if (this.#digits.value !== record.block || !startsWith(bytes, blockAt - BLOCK.length, blockAt, BLOCK)) return -1
    const typeSlot = this.#types.keep(bytes, view, typeAt, blockAt)
    if (typeSlot >= 0) this.#pageTypes[typeSlot] = record.pageType // it is kept, whatever becomes of the flags
    const flagsSlot = this.#flags.keep(bytes, view, flagsAt, bytes.indexOf(LF, flagsAt) + 1)
    if (typeSlot < 0 || flagsSlot < 0) return -1
    this.#fields.set([record.blockType, record.flags], flagsSlot * FIELDS)
    return bytes.indexOf(LF, flagsAt) + 1
  }

  #readFlags(bytes: Uint8Array, view: DataView, start: number): number {
    if (!this.#flags.isAt(this.flagsSlot, view, start, bytes.length)) {
      const slot = this.#flags.find(view, start, bytes.indexOf(LF, start) + 1)
      if (slot < 0) return -1
      this.flagsSlot = slot
    }
    return start + this.#flags.sizeOf(this.flagsSlot)
  }
}

function isPfnLine(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === LETTER_P && startsWith(bytes, start, start + PFN.length, PFN)
}

/** Where the text that begins at `start` has its first digit; `start` when there is none. */
function endOfType(bytes: Uint8Array, start: number): number {
  const end = Math.min(bytes.length, start + LONGEST_TYPE)
  for (let at = start; at < end; at++) if (isDigit(bytes[at])) return at
  return start
}
