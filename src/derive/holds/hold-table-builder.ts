import { type Column, column, narrow, type Numbers } from '../../base/column.ts'
import { buildGroupIndex } from '../../base/group-index.ts'
import { NONE, type PageId, type StackId } from '../../model/ids.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED, HOLD_OPEN, type HoldTable } from './hold-table.ts'
import { type WalkedHold } from './page-walk.ts'

/**
 * Fills a `HoldTable`; holds come page by page, in order of start within a page. Columns are written one by one and
 * grown together: a million holds go through here, and a shared `push` over arrays of several types is slow.
 */
export class HoldTableBuilder {
  #length = 0
  #capacity = 4096
  #page = new Int32Array(this.#capacity)
  #class = new Uint8Array(this.#capacity)
  #getRow = new Int32Array(this.#capacity)
  #putRow = new Int32Array(this.#capacity)
  #from = new Float64Array(this.#capacity)
  #to = new Float64Array(this.#capacity)
  #units = new Int32Array(this.#capacity)
  #stack = new Int32Array(this.#capacity)
  #task = new Int32Array(this.#capacity)

  /** Appends a hold of a page; `from` and `to` are its times, see `HoldTable`. */
  push(page: PageId, hold: WalkedHold, from: number, to: number): void {
    if (this.#length === this.#capacity) this.#grow()
    const row = this.#length++
    this.#page[row] = page
    this.#class[row] = hold.class
    this.#getRow[row] = hold.getRow
    this.#putRow[row] = hold.putRow
    this.#from[row] = from
    this.#to[row] = to
    this.#units[row] = hold.units
    this.#stack[row] = hold.stack
    this.#task[row] = hold.task
  }

  build(pageCount: number, stackCount: number): HoldTable {
    const length = this.#length
    const compact = <T extends number>(values: Numbers): Column<T> => column<T>(narrow(values, length))
    const page = compact<PageId>(this.#page)
    const stack = compact<StackId>(this.#stack)
    return {
      length,
      page,
      kind: column(this.#kinds()),
      class: compact(this.#class),
      getRow: compact(this.#getRow),
      putRow: compact(this.#putRow),
      from: column(this.#from.slice(0, length)),
      to: column(this.#to.slice(0, length)),
      units: compact(this.#units),
      stack,
      task: compact(this.#task),
      byPage: buildGroupIndex(page, pageCount),
      byStack: buildGroupIndex(stack, stackCount),
    }
  }

  #kinds(): Uint8Array {
    const kinds = new Uint8Array(this.#length)
    for (let row = 0; row < kinds.length; row++) {
      kinds[row] = this.#getRow[row] === NONE ? HOLD_BEGAN_BEFORE : this.#putRow[row] === NONE ? HOLD_OPEN : HOLD_CLOSED
    }
    return kinds
  }

  #grow(): void {
    const capacity = Math.ceil(this.#capacity * 1.6)
    this.#page = copied(new Int32Array(capacity), this.#page)
    this.#class = copied(new Uint8Array(capacity), this.#class)
    this.#getRow = copied(new Int32Array(capacity), this.#getRow)
    this.#putRow = copied(new Int32Array(capacity), this.#putRow)
    this.#from = copied(new Float64Array(capacity), this.#from)
    this.#to = copied(new Float64Array(capacity), this.#to)
    this.#units = copied(new Int32Array(capacity), this.#units)
    this.#stack = copied(new Int32Array(capacity), this.#stack)
    this.#task = copied(new Int32Array(capacity), this.#task)
    this.#capacity = capacity
  }
}

function copied<T extends Numbers>(target: T, values: T): T {
  target.set(values)
  return target
}
