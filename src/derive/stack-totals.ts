import { oncePer } from '../base/once-per.ts'
import { findAtLeast } from '../base/bisect.ts'
import { column, type Column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { NONE, type LineId, type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { isFreedOwner } from './freed-owner.ts'

/**
 * What one file allocates by stack. Files are never added up: a dump and the kernel's own totals count the same pages.
 * `records` are summed here from the records of a page_owner dump that were not freed, one row a stack; `totals` are the rows of
 * page_owner_stacks or page_owner_sort as they stand in the file.
 */
export interface StackTotalsOfFile {
  readonly file: number
  readonly kind: 'records' | 'totals'
  readonly length: number
  /** NONE when the file gives no stack. */
  readonly stack: Column<StackId>
  /** Stack depot handle; -1 when not told. */
  readonly handle: Column<number>
  /** Base pages; -1 when not told. */
  readonly pages: Column<number>
  /** Allocations; -1 when not told. */
  readonly blocks: Column<number>
  /** First line that tells: of the first record, or of the row. */
  readonly line: Column<LineId>
  /** Row of `trace.stackTotals`; NONE for `records`. */
  readonly row: Column<number>
}

/** Totals by stack, one table for each file and kind, in the order of the files. O(records), once per trace. */
export const stackTotalsOf: (trace: Trace) => readonly StackTotalsOfFile[] = oncePer(buildTables)

function buildTables(trace: Trace): readonly StackTotalsOfFile[] {
  const tables = trace.files.flatMap(({ index }) => {
    const end = index + 1 < trace.files.length ? trace.files[index + 1].firstLine : Number.POSITIVE_INFINITY
    return [recordsOf(trace, index, end), totalsOf(trace, index, end)]
  })
  return tables.filter(({ length }) => length > 0)
}

/** Rows are in the order of the files, so those of a file follow each other. */
function recordsOf(trace: Trace, file: number, endLine: number): StackTotalsOfFile {
  const { owners, files, stacks } = trace
  const { stack, handle, shape, shapes, line } = owners
  const sums = new Sums(stacks.length)
  for (let row = findAtLeast(owners.line, files[file].firstLine); row < owners.length; row++) {
    if (line[row] >= endLine) break
    if (isFreedOwner(owners, row)) continue
    sums.add(stack[row], handle[row], 2 ** shapes.order[shape[row]], line[row])
  }
  return sums.build(file, 'records')
}

function totalsOf({ stackTotals, files }: Trace, file: number, endLine: number): StackTotalsOfFile {
  const sums = new Sums(0)
  const { stack, handle, pages, times, line } = stackTotals
  for (let row = findAtLeast(line, files[file].firstLine); row < stackTotals.length; row++) {
    if (line[row] >= endLine) break
    sums.push(stack[row], handle[row], pages[row], times[row], line[row], row)
  }
  return sums.build(file, 'totals')
}

/** Grows the table of one file. */
class Sums {
  /** Row + 1 by stack + 1. */
  readonly #rowOfStack: Int32Array
  readonly #rowOfHandle = new Map<number, number>()
  readonly #stack = new Growable(Int32Array, 64)
  readonly #handle = new Growable(Float64Array, 64)
  readonly #pages = new Growable(Float64Array, 64)
  readonly #blocks = new Growable(Float64Array, 64)
  readonly #line = new Growable(Float64Array, 64)
  readonly #row = new Growable(Int32Array, 64)

  constructor(stackCount: number) {
    this.#rowOfStack = new Int32Array(stackCount + 1)
  }

  /** Adds one allocation to the row of its stack; to that of its handle when no file gives the stack. Hot. */
  add(stack: StackId, handle: number, pages: number, line: LineId): void {
    const isNamed = stack >= 0 || handle < 0
    const known = isNamed ? this.#rowOfStack[stack + 1] - 1 : (this.#rowOfHandle.get(handle) ?? NONE)
    if (known < 0) {
      if (isNamed) this.#rowOfStack[stack + 1] = this.#stack.length + 1
      else this.#rowOfHandle.set(handle, this.#stack.length)
      this.push(stack, handle, pages, 1, line, NONE)
    } else {
      this.#pages.values[known] += pages
      this.#blocks.values[known]++
    }
  }

  push(stack: StackId, handle: number, pages: number, blocks: number, line: LineId, row: number): void {
    this.#stack.push(stack)
    this.#handle.push(handle)
    this.#pages.push(pages)
    this.#blocks.push(blocks)
    this.#line.push(line)
    this.#row.push(row)
  }

  build(file: number, kind: StackTotalsOfFile['kind']): StackTotalsOfFile {
    return {
      file,
      kind,
      length: this.#stack.length,
      stack: column(this.#stack.trimmed()),
      handle: column(this.#handle.trimmed()),
      pages: column(this.#pages.trimmed()),
      blocks: column(this.#blocks.trimmed()),
      line: column(this.#line.trimmed()),
      row: column(this.#row.trimmed()),
    }
  }
}
