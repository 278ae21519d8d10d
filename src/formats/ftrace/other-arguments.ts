import { isDigit, SPACE, textOf } from '../../base/ascii.ts'
import { NONE, type PageId, type ShapeId, type StringId } from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { type PageTableBuilder } from '../../model/page-table.ts'
import { plainShape, type ShapeTableBuilder } from '../../model/shape-table.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { type EventName } from './event-names.ts'
import { findValue } from './key-value.ts'
import { type BareNumber, NumberReader } from './read-number.ts'
import { isRaw, usualArguments } from './usual-arguments.ts'

/** Reads the arguments of every event that is not a page reference. */
export class OtherArguments {
  page = NONE as PageId
  shape = NONE as ShapeId
  readonly #pages: PageTableBuilder
  readonly #strings: StringInterner
  readonly #shapes: ShapeTableBuilder
  readonly #number = new NumberReader()

  constructor(strings: StringInterner, pages: PageTableBuilder, shapes: ShapeTableBuilder) {
    this.#strings = strings
    this.#pages = pages
    this.#shapes = shapes
  }

  /** Reads `[start, end)` as the event's family has it; sets `page` and `shape`. */
  read(bytes: Uint8Array, start: number, end: number, name: EventName): void {
    const shape = plainShape(name.name)
    this.page = NONE as PageId
    switch (name.family) {
      case 'page':
        this.page = this.#readPage(bytes, start, end, 'decimal')
        shape.order = this.#readOrder(bytes, start, end)
        break
      case 'cma':
        this.page = this.#readPage(bytes, start, end, 'hex')
        shape.args = this.#readText(bytes, start, end, name)
        break
      case 'kept':
        this.page = this.#readPage(bytes, start, end, 'decimal')
        shape.args = this.#readText(bytes, start, end, name)
        break
      case 'plain':
        this.page = this.#readPage(bytes, start, end, 'decimal')
        break
      default:
        break
    }
    this.shape = this.#shapes.intern(shape)
  }

  #readPage(bytes: Uint8Array, start: number, end: number, bare: BareNumber): PageId {
    const at = findValue(bytes, start, end, 'pfn=')
    if (at < 0) return NONE as PageId
    const pfn = this.#number.read(bytes, at, bare)
    if (isWordByte(bytes[this.#number.end])) return NONE as PageId // `17ac9` is no decimal number
    // A failed allocation prints pfn 0 (include/trace/events/kmem.h) or -1 (include/trace/events/cma.h).
    return this.#number.isNumber && pfn > 0 && pfn < PFN_LIMIT ? this.#pages.intern(pfn) : (NONE as PageId)
  }

  #readOrder(bytes: Uint8Array, start: number, end: number): number {
    const at = findValue(bytes, start, end, 'order=')
    if (at < 0) return NONE
    const order = this.#number.read(bytes, at, 'decimal')
    return this.#number.isNumber ? order : NONE
  }

  #readText(bytes: Uint8Array, start: number, end: number, name: EventName): StringId {
    let from = start
    let to = end
    while (from < to && bytes[from] === SPACE) from++
    while (to > from && bytes[to - 1] === SPACE) to--
    if (isRaw(name, bytes, from, to)) return this.#strings.intern(usualArguments(textOf(bytes, from, to), name))
    return this.#strings.internBytes(bytes, from, to)
  }
}

/** A letter, a digit or `_`. */
function isWordByte(byte: number): boolean {
  return isDigit(byte) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95
}
