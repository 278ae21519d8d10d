import { BlockedColumn } from '../../base/blocked-column.ts'
import { type Column, column, type Numbers } from '../../base/column.ts'
import { buildGroupIndex } from '../../base/group-index.ts'
import { type EventRow, NONE, type PageId, type StackId, type TaskId } from '../../model/ids.ts'
import { type HoldSink } from './hold-sink.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED, HOLD_OPEN, type HoldRow, type HoldTable } from './hold-table.ts'

/** Rows that are laid down at once, and the room for them, which only a life of more holds outgrows. */
const BLOCK_ROWS = 1 << 16

/**
 * Fills a `HoldTable`; holds come page by page, life by life, in order of start within a life. `time` is of each event.
 * The rows of the last lives are written one by one, column by column: millions of holds go through here, and a shared
 * `push` over arrays of several types is slow. Between two lives they are laid down as narrow as they are in the end, so
 * that the table takes little more while it grows than when it is built.
 */
export class HoldTableBuilder implements HoldSink {
  readonly #time: Column<number>
  readonly #laid = {
    page: new BlockedColumn(),
    class: new BlockedColumn(),
    getRow: new BlockedColumn(),
    putRow: new BlockedColumn(),
    from: new BlockedColumn(true),
    to: new BlockedColumn(true),
    units: new BlockedColumn(),
    stack: new BlockedColumn(),
    task: new BlockedColumn(),
  }
  /** Rows that are not laid down yet; their places are the first of the arrays below. */
  #length = 0
  #pageNow = 0 as PageId // any page: set before it is read
  #lifeEnd = 0
  /** First row of the life. */
  #first = 0
  /** Rows of the life that go when it ends. */
  #dropped = 0
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

  constructor(time: Column<number>) {
    this.#time = time
  }

  /** What follows is of a life of this page; open holds of it last to `lifeEnd`. */
  beginLife(page: PageId, lifeEnd: number): void {
    if (this.#length >= BLOCK_ROWS) this.#layDown()
    this.#pageNow = page
    this.#lifeEnd = lifeEnd
    this.#first = this.#length
    this.#dropped = 0
  }

  /** See `HoldSink`. */
  begin(getRow: number, stack: StackId, task: TaskId): HoldRow {
    if (this.#length === this.#capacity) this.#grow()
    const row = this.#length++
    this.#page[row] = this.#pageNow
    this.#getRow[row] = getRow
    if (getRow !== NONE) this.#from[row] = this.#time[getRow]
    this.#stack[row] = stack
    this.#task[row] = task
    return row
  }

  /** See `HoldSink`. */
  end(row: HoldRow, putRow: number, index: number, units: number): void {
    this.#putRow[row] = putRow
    this.#class[row] = index
    this.#units[row] = units
    this.#to[row] = putRow === NONE ? this.#lifeEnd : this.#time[putRow]
  }

  /** See `HoldSink`. */
  drop(row: HoldRow): void {
    this.#units[row] = 0
    this.#dropped++
  }

  /** Ends the life: dropped rows go, and `beginOf` tells when a hold began whose get is not in the trace. */
  endLife(beginOf: (putRow: number, units: number) => number): void {
    if (this.#dropped > 0) this.#compact()
    for (let row = this.#first; row < this.#length; row++)
      if (this.#getRow[row] === NONE) this.#from[row] = beginOf(this.#putRow[row], this.#units[row])
  }

  #compact(): void {
    let kept = this.#first
    const columns = [
      this.#class,
      this.#getRow,
      this.#putRow,
      this.#from,
      this.#to,
      this.#units,
      this.#stack,
      this.#task,
    ]
    for (let row = this.#first; row < this.#length; row++) {
      if (this.#units[row] === 0) continue
      if (row !== kept) for (const values of columns) values[kept] = values[row]
      kept++
    }
    this.#length = kept
  }

  /** Appends rows of another table of the same trace, all when none are given. */
  copy(holds: HoldTable, rows?: Column<HoldRow>): void {
    const count = rows === undefined ? holds.length : rows.length
    for (let at = 0; at < count; at++) {
      if (this.#length >= BLOCK_ROWS) this.#layDown()
      if (this.#length === this.#capacity) this.#grow()
      const from = rows === undefined ? at : rows[at]
      const row = this.#length++
      this.#page[row] = holds.page[from]
      this.#class[row] = holds.class[from]
      this.#getRow[row] = holds.getRow[from]
      this.#putRow[row] = holds.putRow[from]
      this.#from[row] = holds.from[from]
      this.#to[row] = holds.to[from]
      this.#units[row] = holds.units[from]
      this.#stack[row] = holds.stack[from]
      this.#task[row] = holds.task[from]
    }
  }

  /** Ends the builder: its rows are moved out. */
  build(pageCount: number, stackCount: number): HoldTable {
    this.#layDown()
    const laid = this.#laid
    const moved = <T extends number>(values: BlockedColumn): Column<T> => column<T>(values.moveOut())
    const page = moved<PageId>(laid.page)
    const [getRow, putRow] = [moved<EventRow>(laid.getRow), moved<EventRow>(laid.putRow)]
    const stack = moved<StackId>(laid.stack)
    return {
      length: page.length,
      page,
      kind: column(kindsOf(getRow, putRow)),
      class: moved(laid.class),
      getRow,
      putRow,
      from: moved(laid.from),
      to: moved(laid.to),
      units: moved(laid.units),
      stack,
      task: moved(laid.task),
      byPage: buildGroupIndex(page, pageCount),
      byStack: buildGroupIndex(stack, stackCount),
    }
  }

  #layDown(): void {
    const length = this.#length
    this.#laid.page.layDown(this.#page, length)
    this.#laid.class.layDown(this.#class, length)
    this.#laid.getRow.layDown(this.#getRow, length)
    this.#laid.putRow.layDown(this.#putRow, length)
    this.#laid.from.layDown(this.#from, length)
    this.#laid.to.layDown(this.#to, length)
    this.#laid.units.layDown(this.#units, length)
    this.#laid.stack.layDown(this.#stack, length)
    this.#laid.task.layDown(this.#task, length)
    this.#length = 0
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

function kindsOf(getRow: Column<EventRow>, putRow: Column<EventRow>): Uint8Array {
  const kinds = new Uint8Array(getRow.length)
  for (let row = 0; row < kinds.length; row++)
    kinds[row] = getRow[row] === NONE ? HOLD_BEGAN_BEFORE : putRow[row] === NONE ? HOLD_OPEN : HOLD_CLOSED
  return kinds
}

function copied<T extends Numbers>(target: T, values: T): T {
  target.set(values)
  return target
}
