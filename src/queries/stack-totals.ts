import { stackTotalsOf, type StackTotalsOfFile } from '../derive/stack-totals.ts'
import { NONE } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { formatLabel } from './format-label.ts'
import { placeOf } from './place.ts'
import { holderText, stackAnswer } from './stack-answer.ts'
import { depthNote } from './stack-depth.ts'
import { namesNobody, sortedRows, whoOf } from './stack-total-rows.ts'
import { type PlaceAnswer, type StackAnswer, type TaskAnswer } from './wire.ts'

/** Columns that totals by stack can be sorted by. */
export type StackTotalsSort = 'pages' | 'blocks' | 'allocator'

/** What each stack has allocated, by one file at a time: files count the same pages, so they are never added up. */
export interface StackTotalsQuestion {
  /** `id` of one of the answer's sources; empty for the first. One that is not there gives the first as well. */
  readonly source: string
  /** Substring of any frame of the stack, of the comm or the kind of allocation, or a pid or handle; empty = all. */
  readonly filter: string
  readonly sort: StackTotalsSort
  readonly isDescending: boolean
  readonly offset: number
  readonly limit: number
}

/** A file that tells totals by stack. */
export interface StackTotalsSource {
  /** Stable, for links: the file's name, with ` (totals)` behind it when the file tells records as well. */
  readonly id: string
  readonly file: number
  readonly fileName: string
  /** `page_owner dump`, `page_owner_stacks`, `page_owner_sort groups`. */
  readonly label: string
  /** `records`: added up here from the records of a dump; `totals`: rows as they stand in the file. */
  readonly kind: 'records' | 'totals'
  /** Rows. */
  readonly rows: number
  /** Base pages of all rows; rows that tell none are left out. */
  readonly pages: number
  /** Allocations of all rows; -1 when the file tells none (page_owner_stacks counts pages only). */
  readonly blocks: number
  /** Pages of `pages` whose stack was not recorded, so that no row names who allocated them. */
  readonly notRecordedPages: number
}

/** What one stack has allocated: who allocated, not who holds. */
export interface StackTotalAnswer {
  /** Unique within the answer's source and stable: `page_owner.txt:8127`. */
  readonly id: string
  /** Without frames when the file gives no stack here. */
  readonly stack: StackAnswer
  /** The allocating frame that says most; empty when no stack tells. */
  readonly allocator: string
  /** Why the row names no allocator, in words; empty when it does. Such rows are last, however the rows are sorted. */
  readonly notRecorded: string
  /** What is missing of the stack, in words; empty when nothing is. */
  readonly depthNote: string
  /** Base pages; -1 when not told. */
  readonly pages: number
  /** Allocations; -1 when not told. */
  readonly blocks: number
  /** `pages` in bytes by the answer's `pageBytes`; -1 when not told. */
  readonly sizeBytes: number
  /** Whose they are, where a row of page_owner_sort is of one task; comm empty and pid -1 else. */
  readonly task: TaskAnswer
  /** -1 when not told. */
  readonly tgid: number
  /** `CMA SLAB`: the kind of allocation that page_owner_sort guesses; empty else. */
  readonly allocatedBy: string
  /** Stack depot handle; -1 when not told. */
  readonly handle: number
  /** The row in the file; for `records` the first record with this stack. */
  readonly place: PlaceAnswer
}

/** Answer to `stackTotals`. */
export interface StackTotalsAnswer {
  /** Empty when no file tells totals by stack. */
  readonly sources: readonly StackTotalsSource[]
  /** `id` of the source that the rows are of; empty when there is none. */
  readonly source: string
  /** Rows that pass the filter. */
  readonly total: number
  readonly offset: number
  readonly rows: readonly StackTotalAnswer[]
  /** Size of a page that `sizeBytes` goes by. */
  readonly pageBytes: number
  /** True when no file tells the size of a page: 4096 is then taken for it, to be said beside the sizes. */
  readonly isPageSizeAssumed: boolean
}

/** Usual on x86-64 and on most arm64. */
const ASSUMED_PAGE_BYTES = 4096

function pageBytesOf({ machine }: Trace): number {
  return machine.pageBytes ?? ASSUMED_PAGE_BYTES
}

/** Totals by allocating stack of one file, sorted, one window. O(records) the first time, then O(rows log rows). */
export function findStackTotals(trace: Trace, question: StackTotalsQuestion): StackTotalsAnswer {
  const tables = stackTotalsOf(trace)
  const sources = tables.map((table) => sourceAnswer(trace, table, tables))
  const at = Math.max(
    0,
    sources.findIndex(({ id }) => id === question.source),
  )
  const rows = tables.length === 0 ? [] : sortedRows(trace, tables[at], question)
  const window = rows.slice(question.offset, question.offset + question.limit)
  return {
    sources,
    source: sources.at(at)?.id ?? '',
    total: rows.length,
    offset: question.offset,
    rows: window.map((row) => totalAnswer(trace, tables[at], row)),
    pageBytes: pageBytesOf(trace),
    isPageSizeAssumed: trace.machine.pageBytes === undefined,
  }
}

function sourceAnswer(trace: Trace, table: StackTotalsOfFile, all: readonly StackTotalsOfFile[]): StackTotalsSource {
  const { file, kind, length } = table
  const { name, format } = trace.files[file]
  const isSecond = kind === 'totals' && all.some((other) => other.file === file && other.kind === 'records')
  let notRecordedPages = 0
  for (let row = 0; row < length; row++) {
    if (namesNobody(trace, table, row) !== '') notRecordedPages += Math.max(0, table.pages[row])
  }
  return {
    id: isSecond ? `${name} (totals)` : name,
    file,
    fileName: name,
    label: formatLabel(format),
    kind,
    rows: length,
    pages: sumOf(table.pages) ?? 0,
    blocks: sumOf(table.blocks) ?? NONE,
    notRecordedPages,
  }
}

/** Sum of what is told; undefined when nothing is. */
function sumOf(values: StackTotalsOfFile['pages']): number | undefined {
  let sum: number | undefined
  for (let row = 0; row < values.length; row++) if (values[row] >= 0) sum = (sum ?? 0) + values[row]
  return sum
}

function totalAnswer(trace: Trace, table: StackTotalsOfFile, row: number): StackTotalAnswer {
  const place = placeOf(trace, table.line[row])
  const why = namesNobody(trace, table, row)
  const { comm, allocatedBy, task, tgid, handle } = whoOf(trace, table, row)
  return {
    id: `${place.fileName}:${place.line}`,
    stack: stackAnswer(trace, table.stack[row]),
    allocator: why === '' ? holderText(trace, table.stack[row]) : '',
    notRecorded: why,
    depthNote: depthNote(trace, table.stack[row]),
    pages: table.pages[row],
    blocks: table.blocks[row],
    sizeBytes: table.pages[row] < 0 ? NONE : table.pages[row] * pageBytesOf(trace),
    task: { comm, pid: task },
    tgid,
    allocatedBy,
    handle,
    place,
  }
}
