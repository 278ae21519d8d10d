import { textOf } from '../../base/ascii.ts'
import { type Field } from './event-format.ts'

/** One record in the pages at hand; fields are read by what the event's format says of them. Reused for all records. */
export class RecordView {
  view: DataView = new DataView(new ArrayBuffer(0))
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  size = 0
  readonly isLittle: boolean
  readonly longBytes: number

  constructor(isLittle: boolean, longBytes: number) {
    this.isLittle = isLittle
    this.longBytes = longBytes
  }

  aim(view: DataView, bytes: Uint8Array, at: number, size: number): void {
    this.view = view
    this.bytes = bytes
    this.at = at
    this.size = size
  }

  /** True when the field lies in the record. */
  has(field: Field): boolean {
    return field.offset + field.size <= this.size
  }

  /** A number field as a double: exact up to 2^53, as PFNs and counts are; 0 outside the record. */
  number(field: Field): number {
    const { offset, size, isSigned } = field
    if (!this.has(field)) return 0
    const at = this.at + offset
    switch (size) {
      case 1:
        return isSigned ? this.view.getInt8(at) : this.view.getUint8(at)
      case 2:
        return isSigned ? this.view.getInt16(at, this.isLittle) : this.view.getUint16(at, this.isLittle)
      case 4:
        return isSigned ? this.view.getInt32(at, this.isLittle) : this.view.getUint32(at, this.isLittle)
      case 8:
        return this.#wide(at, isSigned)
      default:
        return 0
    }
  }

  /** The low 32 bits of a number field, unsigned; 0 outside the record. */
  low(field: Field): number {
    if (field.size < 4 || !this.has(field)) return this.number(field) >>> 0
    return this.view.getUint32(this.at + field.offset + (field.size === 8 && !this.isLittle ? 4 : 0), this.isLittle)
  }

  /** The high 32 bits of a field of 8 bytes, unsigned; 0 for a narrower one. */
  high(field: Field): number {
    if (field.size !== 8 || !this.has(field)) return 0
    return this.view.getUint32(this.at + field.offset + (this.isLittle ? 4 : 0), this.isLittle)
  }

  /** A number of `size` bytes at an offset, exact. */
  bigAt(offset: number, size: number, isSigned: boolean): bigint {
    const at = this.at + offset
    if (offset < 0 || offset + size > this.size) return 0n
    if (size === 8)
      return isSigned ? this.view.getBigInt64(at, this.isLittle) : this.view.getBigUint64(at, this.isLittle)
    if (size === 4)
      return BigInt(isSigned ? this.view.getInt32(at, this.isLittle) : this.view.getUint32(at, this.isLittle))
    if (size === 2)
      return BigInt(isSigned ? this.view.getInt16(at, this.isLittle) : this.view.getUint16(at, this.isLittle))
    return BigInt(isSigned ? this.view.getInt8(at) : this.view.getUint8(at))
  }

  /** Place and length of what a field holds: of `__data_loc` and `__rel_loc` what stands behind the fields. */
  span(field: Field): { readonly offset: number; readonly size: number } {
    if (field.place === 'field') return { offset: field.offset, size: field.size }
    const word = Number(this.bigAt(field.offset, 4, false))
    const offset = (word & 0xffff) + (field.place === 'relative' ? field.offset + field.size : 0)
    return { offset, size: word >>> 16 }
  }

  /** Text of a field of characters, up to its NUL. */
  text(field: Field): string {
    const { offset, size } = this.span(field)
    const start = this.at + Math.min(offset, this.size)
    const end = this.at + Math.min(offset + size, this.size)
    const nul = this.bytes.subarray(start, end).indexOf(0)
    return textOf(this.bytes, start, nul < 0 ? end : start + nul)
  }

  #wide(at: number, isSigned: boolean): number {
    const high = this.view.getUint32(this.isLittle ? at + 4 : at, this.isLittle)
    const low = this.view.getUint32(this.isLittle ? at : at + 4, this.isLittle)
    return (isSigned ? high | 0 : high) * 2 ** 32 + low
  }
}
