import { type Column, column, narrow } from '../base/column.ts'
import { NONE, type ShapeId, type StringId } from './ids.ts'
import { TupleInterner } from './tuple-interner.ts'

/** What `mapping=` says about a page. `hashed` pointers tell only that there is one. */
export const MAPPING_NONE = 0
/** Some mapping, kind unknown (hashed pointer). */
export const MAPPING_SOME = 1
/** Real pointer with bit 0 set: anonymous (include/linux/page-flags.h PAGE_MAPPING_ANON). */
export const MAPPING_ANON = 2
/** Real pointer with low bits clear: an address_space. */
export const MAPPING_FILE = 3
/** The event does not say. */
export const MAPPING_UNKNOWN = 4

/**
 * What many events say alike, kept once: a shape is the event's name with all its arguments but the page, the count
 * and the time. A trace of millions of events has some hundreds to thousands of shapes, so an event costs two bytes here.
 */
export interface ShapeTable {
  readonly length: number
  /** Event name as printed, `page_ref_mod`. */
  readonly name: Column<StringId>
  /** `val=` as printed: a delta, or the value of set, freeze and unfreeze. 0 when there is none. */
  readonly val: Column<number>
  /** `ret=`, or NONE when the event has none. */
  readonly ret: Column<number>
  /** Page flags as printed (names or hex). */
  readonly flags: Column<StringId>
  /** Migratetype number of the pageblock, or NONE. */
  readonly mt: Column<number>
  /** `mapcount=` as printed: raw `_mapcount` (-1 = unmapped) from 6.10 on, a number of mappings before. */
  readonly mapcount: Column<number>
  /** One of the MAPPING_ constants. */
  readonly mapping: Column<number>
  /** Arguments as printed, for the kinds that are kept whole (isolation, cma, migrate, compaction); else NONE. */
  readonly args: Column<StringId>
  /** Allocation order of mm_page_alloc and mm_page_free; else NONE. */
  readonly order: Column<number>
}

/** Everything a shape is made of; see `ShapeTable`. */
export interface Shape {
  name: StringId
  val: number
  ret: number
  flags: StringId
  mt: number
  mapcount: number
  mapping: number
  args: StringId
  order: number
}

/** A shape that says nothing but its name. */
export function plainShape(name: StringId): Shape {
  return {
    name,
    val: 0,
    ret: NONE,
    flags: NONE as StringId,
    mt: NONE,
    mapcount: 0,
    mapping: MAPPING_UNKNOWN,
    args: NONE as StringId,
    order: NONE,
  }
}

/** The fields of a row that are texts: name, flags, args. */
const TEXT_FIELDS = [0, 3, 7]

/** Fills a `ShapeTable`. */
export class ShapeTableBuilder {
  readonly #rows = new TupleInterner(9)

  get length(): number {
    return this.#rows.length
  }

  intern(shape: Shape): ShapeId {
    const probe = this.#rows.probe
    probe[0] = shape.name
    probe[1] = shape.val
    probe[2] = shape.ret
    probe[3] = shape.flags
    probe[4] = shape.mt
    probe[5] = shape.mapcount
    probe[6] = shape.mapping
    probe[7] = shape.args
    probe[8] = shape.order
    return this.#rows.intern() as ShapeId
  }

  /** All shapes so far, nine fields each, in the order of their ids. */
  rows(): Int32Array {
    return this.#rows.rows()
  }

  /** Interns shapes that another builder gave; `text` are the ids of their texts here. The ids they have here. */
  takeRows(rows: Int32Array, text: Int32Array): Int32Array {
    const probe = this.#rows.probe
    const ids = new Int32Array(rows.length / probe.length)
    for (let id = 0; id < ids.length; id++) {
      for (let field = 0; field < probe.length; field++) {
        const value = rows[id * probe.length + field]
        probe[field] = TEXT_FIELDS.includes(field) && value >= 0 ? text[value] : value
      }
      ids[id] = this.#rows.intern()
    }
    return ids
  }

  shapeOf(shape: ShapeId): Shape {
    const at = (field: number): number => this.#rows.at(shape, field)
    return {
      name: at(0) as StringId,
      val: at(1),
      ret: at(2),
      flags: at(3) as StringId,
      mt: at(4),
      mapcount: at(5),
      mapping: at(6),
      args: at(7) as StringId,
      order: at(8),
    }
  }

  nameOf(shape: ShapeId): StringId {
    return this.#rows.at(shape, 0) as StringId
  }

  valOf(shape: ShapeId): number {
    return this.#rows.at(shape, 1)
  }

  build(): ShapeTable {
    const field = <T extends number>(at: number): Column<T> => column<T>(narrow(this.#rows.columnOf(at)))
    return {
      length: this.#rows.length,
      name: field(0),
      val: field(1),
      ret: field(2),
      flags: field(3),
      mt: field(4),
      mapcount: field(5),
      mapping: field(6),
      args: field(7),
      order: field(8),
    }
  }
}
