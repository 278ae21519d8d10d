import { type Column, column } from '../../base/column.ts'
import { rowsOf } from '../../base/group-index.ts'
import { oncePer } from '../../base/once-per.ts'
import { type HoldRow, type HoldTable } from '../holds/hold-table.ts'
import { type PageId, type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/** What a task holds by one stack. */
export interface HeldAlike {
  /** Pages of the range with such a hold over the moment. */
  readonly pages: number
  /** Such holds at any time, anywhere. */
  readonly taken: number
}

/** What is asked of the holds of a stack. */
export interface AlikeQuestion {
  readonly stack: StackId
  readonly task: TaskId
  /** PFNs `[startPfn, endPfn)`. */
  readonly range: { readonly startPfn: number; readonly endPfn: number }
  readonly time: number
}

/** Of so many questions about one stack each looks through its holds: sorting them takes as long. */
const UNSORTED = 16

/** Holds of one stack by task, each by PFN. */
type ByTask = ReadonlyMap<TaskId, Column<HoldRow>>

interface Asked {
  readonly times: Map<StackId, number>
  readonly sorted: Map<StackId, ByTask>
}

const asked: (holds: HoldTable) => Asked = oncePer(() => ({ times: new Map(), sorted: new Map() }))

/**
 * Counts what a task holds by one stack over a moment. A driver that blocks failed ranges without end holds as many pages:
 * not each range looks through all of them. O(holds of the stack) at first, later O(log of them + those of the range).
 */
export function heldAlike(trace: Trace, holds: HoldTable, question: AlikeQuestion): HeldAlike {
  const { stack, task } = question
  const { times, sorted } = asked(holds)
  const before = times.get(stack) ?? 0
  times.set(stack, before + 1)
  if (before < UNSORTED) return lookThrough(trace, holds, question)
  const known = sorted.get(stack) ?? byTask(trace, holds, stack)
  sorted.set(stack, known)
  return lookUp(trace, holds, known.get(task), question)
}

function lookThrough(trace: Trace, holds: HoldTable, { stack, task, range, time }: AlikeQuestion): HeldAlike {
  const pages = new Set<PageId>()
  let taken = 0
  const rows = rowsOf(holds.byStack, stack)
  for (let at = 0; at < rows.length; at++) {
    const hold = rows[at]
    if (holds.task[hold] !== task) continue
    taken++
    const pfn = trace.pages.pfn[holds.page[hold]]
    if (pfn >= range.startPfn && pfn < range.endPfn && isOpenAt(holds, hold, time)) pages.add(holds.page[hold])
  }
  return { pages: pages.size, taken }
}

function lookUp(
  trace: Trace,
  holds: HoldTable,
  rows: Column<HoldRow> | undefined,
  { range, time }: AlikeQuestion,
): HeldAlike {
  if (rows === undefined) return { pages: 0, taken: 0 }
  const pages = new Set<PageId>()
  for (let at = firstFrom(trace, holds, rows, range.startPfn); at < rows.length; at++) {
    const page = holds.page[rows[at]]
    if (trace.pages.pfn[page] >= range.endPfn) break
    if (isOpenAt(holds, rows[at], time)) pages.add(page)
  }
  return { pages: pages.size, taken: rows.length }
}

function isOpenAt({ from, to }: HoldTable, hold: HoldRow, time: number): boolean {
  return from[hold] <= time && to[hold] >= time
}

/** Position of the first hold of a PFN or a later one. */
function firstFrom({ pages }: Trace, holds: HoldTable, rows: Column<HoldRow>, pfn: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (pages.pfn[holds.page[rows[middle]]] < pfn) low = middle + 1
    else high = middle
  }
  return low
}

function byTask({ pages }: Trace, holds: HoldTable, stack: StackId): ByTask {
  const found = new Map<TaskId, HoldRow[]>()
  const rows = rowsOf(holds.byStack, stack)
  for (let at = 0; at < rows.length; at++) {
    const own = found.get(holds.task[rows[at]])
    if (own === undefined) found.set(holds.task[rows[at]], [rows[at]])
    else own.push(rows[at])
  }
  const pfnOf = (hold: HoldRow): number => pages.pfn[holds.page[hold]]
  const byPfn = (own: readonly HoldRow[]): Column<HoldRow> =>
    column<HoldRow>(Uint32Array.from(own).sort((a, b) => pfnOf(a) - pfnOf(b)))
  return new Map(Array.from(found, ([task, own]) => [task, byPfn(own)]))
}
