import { assertUnreachable } from '../base/assert.ts'
import { notRecorded } from '../derive/special-stacks.ts'
import { type StackTotalsOfFile } from '../derive/stack-totals.ts'
import { NONE } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { untoldHandle } from './owner-answers.ts'
import { holderText } from './stack-answer.ts'
import { type StackTotalsQuestion } from './stack-totals.ts'

/** Why a row names no allocator; empty when it does. */
export function namesNobody(trace: Trace, { stack, handle, row: totalRow }: StackTotalsOfFile, row: number): string {
  if (stack[row] >= 0) return notRecorded(trace, stack[row])
  if (handle[row] >= 0) return untoldHandle(handle[row])
  return totalRow[row] < 0 ? 'the records give no stack' : ''
}

/** Rows that pass the filter, sorted; those that name no allocator last. O(rows log rows). */
export function sortedRows(trace: Trace, table: StackTotalsOfFile, question: StackTotalsQuestion): readonly number[] {
  const wanted = question.filter.trim().toLowerCase()
  const rows: number[] = []
  for (let row = 0; row < table.length; row++) {
    if (wanted === '' || isWanted(trace, table, row, wanted)) rows.push(row)
  }
  const isLast = new Set(rows.filter((row) => namesNobody(trace, table, row) !== ''))
  const compare = comparison(trace, table, rows, question)
  const lastFirst = (row: number): number => (isLast.has(row) ? 1 : 0)
  return rows.sort((a, b) => lastFirst(a) - lastFirst(b) || compare(a, b) || a - b)
}

/** Case matters as little as in grep -i. */
function isWanted(trace: Trace, table: StackTotalsOfFile, row: number, wanted: string): boolean {
  const { comm, allocatedBy, task, handle } = whoOf(trace, table, row)
  if (String(task) === wanted || String(handle) === wanted) return true
  if (comm.toLowerCase().includes(wanted) || allocatedBy.toLowerCase().includes(wanted)) return true
  const frames = framesOf(trace.stacks, table.stack[row])
  for (let at = 0; at < frames.length; at++) {
    if (trace.strings.text(trace.frames.text[frames[at]]).toLowerCase().includes(wanted)) return true
  }
  return false
}

function comparison(
  trace: Trace,
  table: StackTotalsOfFile,
  rows: readonly number[],
  { sort, isDescending }: StackTotalsQuestion,
): (a: number, b: number) => number {
  const sign = isDescending ? -1 : 1
  switch (sort) {
    case 'pages':
      return (a, b) => sign * (table.pages[a] - table.pages[b])
    case 'blocks':
      return (a, b) => sign * (table.blocks[a] - table.blocks[b])
    case 'allocator': {
      const names = new Map(rows.map((row) => [row, holderText(trace, table.stack[row])]))
      const nameOf = (row: number): string => names.get(row) ?? ''
      return (a, b) => sign * compareText(nameOf(a), nameOf(b)) || table.pages[b] - table.pages[a]
    }
    default:
      return assertUnreachable(sort)
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** What page_owner_sort says beside the stack, and the stack's handle. -1 and the empty string for what is not told. */
export interface Who {
  readonly comm: string
  readonly allocatedBy: string
  readonly task: number
  readonly tgid: number
  readonly handle: number
}

/** Looks up what a row says beside its stack. */
export function whoOf({ stackTotals, strings }: Trace, table: StackTotalsOfFile, row: number): Who {
  const at = table.row[row]
  const handle = table.handle[row]
  if (at < 0) return { comm: '', allocatedBy: '', task: NONE, tgid: NONE, handle }
  return {
    comm: strings.text(stackTotals.comm[at]),
    allocatedBy: strings.text(stackTotals.allocator[at]),
    task: stackTotals.pid[at],
    tgid: stackTotals.tgid[at],
    handle,
  }
}
