import { oncePer } from '../base/once-per.ts'
import { type Column } from '../base/column.ts'
import { NONE, type LineId, type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { stackTotalsOf, type StackTotalsOfFile } from './stack-totals.ts'

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

/**
 * What page_owner_stacks or page_owner_sort counts for a stack, rows of one file added up (page_owner_sort has several
 * where tasks or masks differ); the largest of several files. Undefined when none does. A stack that no file gives is
 * known by its handle, if it has one.
 */
export function totalOfStack(trace: Trace, stack: StackId, handle: number = NONE): StackTotalOfFile | undefined {
  const totals = largestOf(trace)
  if (stack >= 0) return totals.byStack.get(stack)
  return handle < 0 ? undefined : totals.byHandle.get(handle)
}

const largestOf = oncePer((trace: Trace): LargestTotals => {
  const tables = stackTotalsOf(trace).filter(({ kind }) => kind === 'totals')
  return {
    byStack: largestBy(tables, ({ stack }) => stack),
    byHandle: largestBy(tables, ({ handle }) => handle),
  }
})

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
