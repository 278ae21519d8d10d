import { findAtLeast } from '../base/bisect.ts'
import { column, type Column } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { NONE, type LineId, type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** What a file counts for one stack in all. */
export interface StackTotalOfFile {
  /** Base pages. */
  readonly pages: number
  /** The first row that tells. */
  readonly line: LineId
}

/** By stack, and by handle for stacks that no file gives. */
interface LargestTotals {
  readonly byStack: ReadonlyMap<number, StackTotalOfFile>
  readonly byHandle: ReadonlyMap<number, StackTotalOfFile>
}

const largestOf = new WeakMap<Trace, LargestTotals>()

/**
 * What page_owner_stacks or page_owner_sort counts for a stack, rows of one file added up (page_owner_sort has several
 * where tasks or masks differ); the largest of several files. Undefined when none does. A stack that no file gives is
 * known by its handle, if it has one.
 */
export function totalOfStack(trace: Trace, stack: StackId, handle: number = NONE): StackTotalOfFile | undefined {
  const totals = largestOf.get(trace) ?? largestTotals(trace)
  largestOf.set(trace, totals)
  if (stack >= 0) return totals.byStack.get(stack)
  return handle < 0 ? undefined : totals.byHandle.get(handle)
}

function largestTotals(trace: Trace): LargestTotals {
  const tables = stackTotalsOf(trace).filter(({ kind }) => kind === 'totals')
  return {
    byStack: largestBy(tables, ({ stack }) => stack),
    byHandle: largestBy(tables, ({ handle }) => handle),
  }
}

function largestBy(
  tables: readonly StackTotalsOfFile[],
  keyOf: (table: StackTotalsOfFile) => Column<number>,
): ReadonlyMap<number, StackTotalOfFile> {
  const largest = new Map<number, StackTotalOfFile>()
  for (const table of tables) {
    for (const [key, total] of sumsBy(table, keyOf(table))) {
      if (total.pages > (largest.get(key)?.pages ?? NONE)) largest.set(key, total)
    }
  }
  return largest
}

function sumsBy(table: StackTotalsOfFile, keys: Column<number>): ReadonlyMap<number, StackTotalOfFile> {
  const sums = new Map<number, StackTotalOfFile>()
  for (let row = 0; row < table.length; row++) {
    const before = sums.get(keys[row])
    if (keys[row] < 0 || table.pages[row] < 0) continue
    sums.set(keys[row], {
      pages: table.pages[row] + (before?.pages ?? 0),
      line: before?.line ?? table.line[row],
    })
  }
  return sums
}

/**
 * What one file allocates by stack. Files are never added up: a dump and the kernel's own totals count the same pages.
 * `records` are summed here from the records of a page_owner dump, one row a stack; `totals` are the rows of
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

const tablesOf = new WeakMap<Trace, readonly StackTotalsOfFile[]>()

/** Totals by stack, one table for each file and kind, in the order of the files. O(records), once per trace. */
export function stackTotalsOf(trace: Trace): readonly StackTotalsOfFile[] {
  const tables = tablesOf.get(trace) ?? buildTables(trace)
  tablesOf.set(trace, tables)
  return tables
}

function buildTables(trace: Trace): readonly StackTotalsOfFile[] {
  const tables = trace.files.flatMap(({ index }) => {
    const end = index + 1 < trace.files.length ? trace.files[index + 1].firstLine : Number.POSITIVE_INFINITY
    return [recordsOf(trace, index, end), totalsOf(trace, index, end)]
  })
  return tables.filter(({ length }) => length > 0)
}

/** Rows are in the order of the files, so those of a file follow each other. */
function recordsOf({ owners, files }: Trace, file: number, endLine: number): StackTotalsOfFile {
  const sums = new Sums()
  for (let row = findAtLeast(owners.line, files[file].firstLine); row < owners.length; row++) {
    if (owners.line[row] >= endLine) break
    const { stack, handle, order, line } = owners
    sums.add(stack[row], handle[row], 2 ** order[row], line[row])
  }
  return sums.build(file, 'records')
}

function totalsOf({ stackTotals, files }: Trace, file: number, endLine: number): StackTotalsOfFile {
  const sums = new Sums()
  const { stack, handle, pages, times, line } = stackTotals
  for (let row = findAtLeast(line, files[file].firstLine); row < stackTotals.length; row++) {
    if (line[row] >= endLine) break
    sums.push(stack[row], handle[row], pages[row], times[row], line[row], row)
  }
  return sums.build(file, 'totals')
}

/** Grows the table of one file. */
class Sums {
  readonly #rowOfStack = new Map<number, number>()
  readonly #rowOfHandle = new Map<number, number>()
  readonly #stack = new Growable(Int32Array, 64)
  readonly #handle = new Growable(Float64Array, 64)
  readonly #pages = new Growable(Float64Array, 64)
  readonly #blocks = new Growable(Float64Array, 64)
  readonly #line = new Growable(Float64Array, 64)
  readonly #row = new Growable(Int32Array, 64)

  /** Adds one allocation to the row of its stack; to that of its handle when no file gives the stack. */
  add(stack: StackId, handle: number, pages: number, line: LineId): void {
    const isNamed = stack >= 0 || handle < 0
    const rows = isNamed ? this.#rowOfStack : this.#rowOfHandle
    const known = rows.get(isNamed ? stack : handle)
    if (known === undefined) {
      rows.set(isNamed ? stack : handle, this.#stack.length)
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
