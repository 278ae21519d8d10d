import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { type LineId, type StackId, type StringId } from './ids.ts'
import { type StackHandles } from './stack-handles.ts'

/**
 * Totals by allocating stack, without PFNs: page_owner_stacks and the groups of page_owner_sort. Who allocated, not who
 * holds. Absent numbers are -1, absent ids NONE.
 */
export interface StackTotalsTable {
  readonly length: number
  /** NONE when the file names the stack by a handle that no file explains. */
  readonly stack: Column<StackId>
  /** Base pages that are allocated by the stack now. */
  readonly pages: Column<number>
  /** Allocations (page_owner_sort). */
  readonly times: Column<number>
  /** Of page_owner_sort, where a row is of one task. */
  readonly pid: Column<number>
  readonly tgid: Column<number>
  readonly comm: Column<StringId>
  /** `CMA SLAB`, as page_owner_sort guesses it. */
  readonly allocator: Column<StringId>
  /** Stack depot handle (page_owner_stacks of newer kernels). */
  readonly handle: Column<number>
  readonly line: Column<LineId>
}

/** One total as a reader hands it over. */
export interface StackTotal {
  stack: StackId
  pages: number
  times: number
  pid: number
  tgid: number
  comm: StringId
  allocator: StringId
  handle: number
  line: LineId
}

const FIELDS = ['stack', 'pages', 'times', 'pid', 'tgid', 'comm', 'allocator', 'handle', 'line'] as const
type Field = (typeof FIELDS)[number]

/** Fills a `StackTotalsTable`. */
export class StackTotalsTableBuilder {
  readonly #columns: Readonly<Record<Field, Growable<Float64Array>>>

  constructor() {
    const grown = FIELDS.map((field) => [field, new Growable(Float64Array, 16)] as const)
    this.#columns = Object.fromEntries(grown) as Record<Field, Growable<Float64Array>> // one for each field, see above
  }

  get length(): number {
    return this.#columns.stack.length
  }

  push(total: StackTotal): void {
    for (const field of FIELDS) this.#columns[field].push(total[field])
  }

  /** Joins totals by handle with the stacks that any file gave them. */
  build(handles: StackHandles): StackTotalsTable {
    const { stack, handle } = this.#columns
    for (let row = 0; row < this.length; row++) {
      if (stack.values[row] < 0) stack.values[row] = handles.find(handle.values[row])
    }
    const take = <T extends number>(field: Field): Column<T> =>
      column<T>(narrow(this.#columns[field].values, this.length))
    return {
      length: this.length,
      stack: take('stack'),
      pages: take('pages'),
      times: take('times'),
      pid: take('pid'),
      tgid: take('tgid'),
      comm: take('comm'),
      allocator: take('allocator'),
      handle: take('handle'),
      line: take('line'),
    }
  }
}
