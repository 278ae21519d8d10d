import { type Column, column, narrow } from '../base/column.ts'
import { type OwnerShapeId } from './ids.ts'
import { type OwnerShape, type OwnerShapeTable } from './owner-table.ts'
import { TupleInterner } from './tuple-interner.ts'

/** Values of a shape: order, gfp, pid, tgid, comm, page type, block type, flags, migrate reason. */
const WIDTH = 9
/** Those that are texts. */
const TEXT_FIELDS: readonly number[] = [1, 4, 5, 6, 7, 8]

/** Fills an `OwnerShapeTable`. */
export class OwnerShapes {
  readonly #rows = new TupleInterner(WIDTH)

  /** The id of a shape, given in order of first sight. */
  intern(shape: OwnerShape): OwnerShapeId {
    const { probe } = this.#rows
    probe[0] = shape.order
    probe[1] = shape.gfp
    probe[2] = shape.pid
    probe[3] = shape.tgid
    probe[4] = shape.comm
    probe[5] = shape.pageType
    probe[6] = shape.blockType
    probe[7] = shape.flags
    probe[8] = shape.migrateReason
    return this.#rows.intern() as OwnerShapeId
  }

  /** All shapes so far, in the order of their ids. */
  rows(): Int32Array {
    return this.#rows.rows()
  }

  /** Interns shapes that another builder gave; `text` are the ids of their texts here. The ids they have here. */
  takeRows(rows: Int32Array, text: Int32Array): Int32Array {
    const { probe } = this.#rows
    const ids = new Int32Array(rows.length / WIDTH)
    for (let id = 0; id < ids.length; id++) {
      for (let field = 0; field < WIDTH; field++) {
        const value = rows[id * WIDTH + field]
        probe[field] = value >= 0 && TEXT_FIELDS.includes(field) ? text[value] : value
      }
      ids[id] = this.#rows.intern()
    }
    return ids
  }

  build(): OwnerShapeTable {
    const field = <T extends number>(at: number): Column<T> => column<T>(narrow(this.#rows.columnOf(at)))
    return {
      length: this.#rows.length,
      order: field(0),
      gfp: field(1),
      pid: field(2),
      tgid: field(3),
      comm: field(4),
      pageType: field(5),
      blockType: field(6),
      flags: field(7),
      migrateReason: field(8),
    }
  }
}
