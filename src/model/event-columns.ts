import { type Numbers } from '../base/column.ts'
import { NONE } from './ids.ts'
import { type EventIds, type EventRows } from './trace-part.ts'

const FIRST_ROWS = 4096

/** The events of a `TraceBuilder` in file order: typed arrays that grow together; rows from `length` on are not there. */
export class EventColumns {
  length = 0
  time = new Float64Array(FIRST_ROWS)
  kind = new Uint8Array(FIRST_ROWS)
  page = new Int32Array(FIRST_ROWS)
  count = new Int32Array(FIRST_ROWS)
  shape = new Int32Array(FIRST_ROWS)
  context = new Int32Array(FIRST_ROWS)
  stack = new Int32Array(FIRST_ROWS)
  line = new Float64Array(FIRST_ROWS)

  /** Appends an event without a stack, and returns its row. Hot. */
  push(time: number, kind: number, page: number, count: number, shape: number, context: number, line: number): number {
    const row = this.length
    if (row === this.time.length) this.reserve(row + (row >> 1))
    this.time[row] = time
    this.kind[row] = kind
    this.page[row] = page
    this.count[row] = count
    this.shape[row] = shape
    this.context[row] = context
    this.stack[row] = NONE
    this.line[row] = line
    this.length = row + 1
    return row
  }

  /** Makes room for `capacity` rows in all. Memory that is never written costs nothing but its address. */
  reserve(capacity: number): void {
    if (capacity <= this.time.length) return
    this.time = grown(this.time, new Float64Array(capacity))
    this.kind = grown(this.kind, new Uint8Array(capacity))
    this.page = grown(this.page, new Int32Array(capacity))
    this.count = grown(this.count, new Int32Array(capacity))
    this.shape = grown(this.shape, new Int32Array(capacity))
    this.context = grown(this.context, new Int32Array(capacity))
    this.stack = grown(this.stack, new Int32Array(capacity))
    this.line = grown(this.line, new Float64Array(capacity))
  }

  /** A copy of all rows. Their lines must be those of one file. */
  rows(): EventRows {
    const { length } = this
    return {
      time: this.time.slice(0, length),
      kind: this.kind.slice(0, length),
      page: this.page.slice(0, length),
      count: this.count.slice(0, length),
      shape: this.shape.slice(0, length),
      context: this.context.slice(0, length),
      stack: this.stack.slice(0, length),
      line: Uint32Array.from(this.line.subarray(0, length)),
    }
  }

  /** Appends the rows of another; `ids` are what theirs are here. Hot: what is not an id is copied as a whole. */
  take(rows: EventRows, ids: EventIds, firstLine: number): void {
    const first = this.length
    const count = rows.time.length
    if (first + count > this.time.length) this.reserve(Math.max(first + count, first + (first >> 1)))
    this.time.set(rows.time, first)
    this.kind.set(rows.kind, first)
    this.count.set(rows.count, first)
    takeIds(this.page, first, rows.page, ids.page)
    takeIds(this.shape, first, rows.shape, ids.shape)
    takeIds(this.context, first, rows.context, ids.context)
    takeIds(this.stack, first, rows.stack, ids.stack)
    for (let k = 0; k < count; k++) this.line[first + k] = firstLine + rows.line[k]
    this.length = first + count
  }

  /** Leaves rows out of `[from, to)`; those behind move up. How many are gone. */
  remove(from: number, to: number, isGone: (row: number) => boolean): number {
    const kept: number[] = []
    for (let row = from; row < to; row++) if (!isGone(row)) kept.push(row)
    const { time, kind, page, count, shape, context, stack, line, length } = this
    for (const values of [time, kind, page, count, shape, context, stack, line]) {
      for (const [at, row] of kept.entries()) values[from + at] = values[row]
      values.copyWithin(from + kept.length, to, length)
    }
    const gone = to - from - kept.length
    this.length -= gone
    return gone
  }
}

function grown<T extends Numbers>(values: T, into: T): T {
  into.set(values)
  return into
}

/** Writes what `theirs` are here from `first` on; NONE stays. */
function takeIds(into: Int32Array, first: number, theirs: Int32Array, ids: Int32Array): void {
  for (let k = 0; k < theirs.length; k++) {
    const id = theirs[k]
    into[first + k] = id < 0 ? NONE : ids[id]
  }
}
