import { boundsOf, narrowest, type Numbers } from '../base/column.ts'
import { letGo } from '../base/let-go.ts'
import { NONE } from './ids.ts'
import { type EventIds, type EventRows } from './trace-part.ts'

const FIRST_ROWS = 4096
/** Rows of a block: what is narrowed at once takes some milliseconds. */
const BLOCK_BITS = 18
const BLOCK_ROWS = 1 << BLOCK_BITS
const IN_BLOCK = BLOCK_ROWS - 1

/** Some rows of every column. */
interface Block {
  time: Numbers
  kind: Numbers
  page: Numbers
  count: Numbers
  shape: Numbers
  context: Numbers
  stack: Numbers
  line: Numbers
}

/** One event. */
export type EventFields = Readonly<Record<EventColumnName, number>>

/** A column of events. */
export type EventColumnName = keyof Block

/**
 * The events of a `TraceBuilder` in file order. Rows are written into an open block; a full one is laid down in the
 * narrowest elements that hold it. So nothing is copied to grow, and a row takes about what it takes when it is frozen.
 */
export class EventColumns {
  /** Full blocks. */
  #full: Block[] = []
  #open = new OpenBlock(FIRST_ROWS)
  /** Rows in full blocks. */
  #before = 0
  /** The least and the greatest of each column in full blocks, and 0; nothing of times, which are not narrowed. */
  #bounds = noBounds()

  get length(): number {
    return this.#before + this.#open.length
  }

  /** Appends an event without a stack, and returns its row. Hot. */
  push(time: number, kind: number, page: number, count: number, shape: number, context: number, line: number): number {
    const open = this.#open
    if (open.length === open.time.length) this.#makeRoom()
    const at = this.#open.push(time, kind, page, count, shape, context, line)
    return this.#before + at
  }

  /** A row of its own. */
  at(row: number): EventFields {
    const { time, kind, page, count, shape, context, stack, line } = this.#blockOf(row)
    const at = row & IN_BLOCK
    return {
      time: time[at],
      kind: kind[at],
      page: page[at],
      count: count[at],
      shape: shape[at],
      context: context[at],
      stack: stack[at],
      line: line[at],
    }
  }

  /** The rows of `[from, to)` whose kind is `isWanted[kind]`, ascending. */
  rowsOfKinds(isWanted: readonly boolean[], from: number, to: number): number[] {
    const rows: number[] = []
    for (let row = from; row < to;) {
      const { kind } = this.#blockOf(row)
      const first = row - (row & IN_BLOCK)
      const end = Math.min(to, first + BLOCK_ROWS)
      for (; row < end; row++) if (isWanted[kind[row - first]]) rows.push(row)
    }
    return rows
  }

  timeOf(row: number): number {
    return this.#blockOf(row).time[row & IN_BLOCK]
  }

  pageOf(row: number): number {
    return this.#blockOf(row).page[row & IN_BLOCK]
  }

  countOf(row: number): number {
    return this.#blockOf(row).count[row & IN_BLOCK]
  }

  shapeOf(row: number): number {
    return this.#blockOf(row).shape[row & IN_BLOCK]
  }

  contextOf(row: number): number {
    return this.#blockOf(row).context[row & IN_BLOCK]
  }

  stackOf(row: number): number {
    return this.#blockOf(row).stack[row & IN_BLOCK]
  }

  /** Binds a stack to an event, mostly to one of the last. */
  setStack(row: number, stack: number): void {
    const block = this.#blockOf(row)
    const at = row & IN_BLOCK
    block.stack[at] = stack
    if (block.stack[at] === stack) return
    block.stack = Int32Array.from(block.stack) // narrower elements cut it
    block.stack[at] = stack
    widen(this.#bounds.stack, { low: stack, high: stack })
  }

  /** Moves the times of `[from, to)`. */
  shift(from: number, to: number, shiftNs: number): void {
    for (let row = from; row < to; row++) this.#blockOf(row).time[row & IN_BLOCK] += shiftNs
  }

  /** A copy of all rows. Their lines must be those of one file. */
  rows(): EventRows {
    const { length } = this
    return {
      time: this.#joined('time', new Float64Array(length)),
      kind: this.#joined('kind', new Uint8Array(length)),
      page: this.#joined('page', new Int32Array(length)),
      count: this.#joined('count', new Int32Array(length)),
      shape: this.#joined('shape', new Int32Array(length)),
      context: this.#joined('context', new Int32Array(length)),
      stack: this.#joined('stack', new Int32Array(length)),
      line: this.#joined('line', new Uint32Array(length)),
    }
  }

  /** Appends the rows of another; `ids` are what theirs are here. Hot: what is not an id is copied as a whole. */
  take(rows: EventRows, ids: EventIds, firstLine: number): void {
    const { length } = rows.time
    for (let from = 0; from < length;) {
      if (this.#open.length === BLOCK_ROWS) this.#layDown()
      const to = Math.min(length, from + BLOCK_ROWS - this.#open.length)
      this.#open.take(rows, ids, firstLine, from, to)
      from = to
    }
  }

  /** Leaves rows out of `[from, to)`; those behind move up. How many are gone. */
  remove(from: number, to: number, isGone: (row: number) => boolean): number {
    if (from >= to) return 0
    const { length } = this
    const gone = Uint8Array.from({ length: to - from }, (_, at) => (isGone(from + at) ? 1 : 0))
    const first = from >>> BLOCK_BITS
    const behind = [...this.#full.splice(first), this.#open]
    const begin = first << BLOCK_BITS
    this.#before = begin
    this.#open = new OpenBlock(FIRST_ROWS)
    this.#bounds = noBounds()
    for (const block of this.#full) for (const name of NARROWED) widen(this.#bounds[name], boundsOf(block[name]))
    for (let row = begin; row < length; row++) {
      if (row >= from && row < to && gone[row - from] === 1) continue
      const block = behind[(row - begin) >>> BLOCK_BITS]
      const at = row & IN_BLOCK
      const { time, kind, page, count, shape, context, line } = block
      const put = this.push(time[at], kind[at], page[at], count[at], shape[at], context[at], line[at])
      this.setStack(put, block.stack[at])
    }
    return length - this.length
  }

  /**
   * A column in the narrowest array that holds it; time is left as it is. Its rows are gone here, a block as soon as it is
   * copied: not even one column lies in memory twice.
   */
  moveOut(name: EventColumnName): Numbers {
    const into = name === 'time' ? new Float64Array(this.length) : this.#narrowest(name)
    let at = 0
    for (const block of [...this.#full, this.#open]) {
      const part = block === this.#open ? this.#open[name].subarray(0, this.#open.length) : block[name]
      into.set(part, at)
      at += part.length
      letGo(block[name])
      block[name] = NOTHING
    }
    return into
  }

  /** An empty array for all rows of a column. */
  #narrowest(name: EventColumnName): Numbers {
    const { low, high } = this.#bounds[name]
    const open = boundsOf(this.#open[name], this.#open.length)
    return narrowest(Math.min(low, open.low), Math.max(high, open.high), this.length)
  }

  #joined<T extends Numbers>(name: EventColumnName, into: T): T {
    let at = 0
    for (const part of this.#parts(name)) {
      into.set(part, at)
      at += part.length
    }
    return into
  }

  #parts(name: EventColumnName): readonly Numbers[] {
    return [...this.#full.map((block) => block[name]), this.#open[name].subarray(0, this.#open.length)]
  }

  #blockOf(row: number): Block {
    return row >= this.#before ? this.#open : this.#full[row >>> BLOCK_BITS]
  }

  #makeRoom(): void {
    if (this.#open.length < BLOCK_ROWS) this.#open.reserve(this.#open.length * 2)
    else this.#layDown()
  }

  #layDown(): void {
    this.#full.push(this.#open.laidDown(this.#bounds))
    this.#before += BLOCK_ROWS
    this.#open.length = 0
  }
}

const NOTHING = new Float64Array(0)

/** The block that is written. */
class OpenBlock implements Block {
  length = 0
  time: Numbers
  kind: Numbers
  page: Numbers
  count: Numbers
  shape: Numbers
  context: Numbers
  stack: Numbers
  line: Numbers

  constructor(rows: number) {
    this.time = new Float64Array(rows)
    this.kind = new Uint8Array(rows)
    this.page = new Int32Array(rows)
    this.count = new Int32Array(rows)
    this.shape = new Int32Array(rows)
    this.context = new Int32Array(rows)
    this.stack = new Int32Array(rows)
    this.line = new Float64Array(rows)
  }

  push(time: number, kind: number, page: number, count: number, shape: number, context: number, line: number): number {
    const at = this.length
    this.time[at] = time
    this.kind[at] = kind
    this.page[at] = page
    this.count[at] = count
    this.shape[at] = shape
    this.context[at] = context
    this.stack[at] = NONE
    this.line[at] = line
    this.length = at + 1
    return at
  }

  /** Makes room for `rows` in all, up to a block. */
  reserve(rows: number): void {
    if (rows <= this.time.length) return
    const room = Math.min(BLOCK_ROWS, Math.max(rows, this.time.length * 2))
    this.time = grown(this.time, new Float64Array(room))
    this.kind = grown(this.kind, new Uint8Array(room))
    this.page = grown(this.page, new Int32Array(room))
    this.count = grown(this.count, new Int32Array(room))
    this.shape = grown(this.shape, new Int32Array(room))
    this.context = grown(this.context, new Int32Array(room))
    this.stack = grown(this.stack, new Int32Array(room))
    this.line = grown(this.line, new Float64Array(room))
  }

  /** Appends the rows `[from, to)` of another; there is room in the block. */
  take(rows: EventRows, ids: EventIds, firstLine: number, from: number, to: number): void {
    const first = this.length
    this.reserve(first + to - from)
    this.time.set(rows.time.subarray(from, to), first)
    this.kind.set(rows.kind.subarray(from, to), first)
    this.count.set(rows.count.subarray(from, to), first)
    takeIds(this.page, first, rows.page.subarray(from, to), ids.page)
    takeIds(this.shape, first, rows.shape.subarray(from, to), ids.shape)
    takeIds(this.context, first, rows.context.subarray(from, to), ids.context)
    takeIds(this.stack, first, rows.stack.subarray(from, to), ids.stack)
    for (let k = from; k < to; k++) this.line[first + k - from] = firstLine + rows.line[k]
    this.length = first + to - from
  }

  /** A copy of a full block as small as it can be; `bounds` widen to hold its values. */
  laidDown(bounds: ColumnBounds): Block {
    const narrowed = (name: EventColumnName): Numbers => {
      const { low, high } = boundsOf(this[name])
      widen(bounds[name], { low, high })
      const into = narrowest(low, high, this[name].length)
      into.set(this[name])
      return into
    }
    return {
      time: this.time.slice(),
      kind: narrowed('kind'),
      page: narrowed('page'),
      count: narrowed('count'),
      shape: narrowed('shape'),
      context: narrowed('context'),
      stack: narrowed('stack'),
      line: narrowed('line'),
    }
  }
}

const NARROWED = ['kind', 'page', 'count', 'shape', 'context', 'stack', 'line'] as const

interface Bounds {
  low: number
  high: number
}

type ColumnBounds = Readonly<Record<EventColumnName, Bounds>>

function noBounds(): ColumnBounds {
  const none = (): Bounds => ({ low: 0, high: 0 })
  return {
    time: none(),
    kind: none(),
    page: none(),
    count: none(),
    shape: none(),
    context: none(),
    stack: none(),
    line: none(),
  }
}

function widen(bounds: Bounds, { low, high }: Bounds): void {
  bounds.low = Math.min(bounds.low, low)
  bounds.high = Math.max(bounds.high, high)
}

function grown(values: Numbers, into: Numbers): Numbers {
  into.set(values)
  return into
}

/** Writes what `theirs` are here from `first` on; NONE stays. */
function takeIds(into: Numbers, first: number, theirs: Int32Array, ids: Int32Array): void {
  for (let k = 0; k < theirs.length; k++) {
    const id = theirs[k]
    into[first + k] = id < 0 ? NONE : ids[id]
  }
}
