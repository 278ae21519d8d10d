import { compareNumbered } from '../base/compare-numbered.ts'
import { findAtLeast } from '../base/bisect.ts'
import { oncePer } from '../base/once-per.ts'
import { type Trace } from '../model/trace.ts'
import { stackTotalsOf, type StackTotalsOfFile } from './stack-totals.ts'

/**
 * One file that tells who allocated: records of page_owner, or totals by stack (page_owner_stacks, page_owner_sort).
 * Several in one capture are the same memory at several times: they are compared, never added up.
 */
export interface OwnerDump {
  /** Stable, for links: the file's name, with ` (totals)` behind it when the file tells records as well. */
  readonly id: string
  readonly file: number
  readonly kind: StackTotalsOfFile['kind']
  /** What it tells by stack; records that were freed are not in it. */
  readonly table: StackTotalsOfFile
  /** Rows `[startRow, endRow)` of `trace.owners`; none for totals. */
  readonly startRow: number
  readonly endRow: number
  /** Row of the allocation with the latest time: the dump was taken no earlier. -1 when the kernel prints no time. */
  readonly newestRow: number
  /** Absolute local_clock ns of it; -1 when not told. */
  readonly newestTs: number
}

/** All dumps of a capture, oldest first. */
export interface OwnerDumps {
  readonly dumps: readonly OwnerDump[]
  /** How dumps of records are ordered: by the newest allocation in each, else by name. Totals tell no time: always by name. */
  readonly orderedBy: 'time' | 'name'
}

/** The dumps of a capture: those of records, oldest first, then totals. O(records), once per trace. */
export const ownerDumpsOf: (trace: Trace) => OwnerDumps = oncePer((trace: Trace): OwnerDumps => {
  const tables = stackTotalsOf(trace)
  const found = tables.map((table) => dumpOf(trace, table, tables))
  const records = found.filter(({ kind }) => kind === 'records')
  const totals = found.filter(({ kind }) => kind === 'totals').sort(byName)
  const isTimed = records.every(({ newestTs }) => newestTs >= 0)
  records.sort(isTimed ? (a, b) => a.newestTs - b.newestTs || byName(a, b) : byName)
  return { dumps: [...records, ...totals], orderedBy: isTimed && records.length > 0 ? 'time' : 'name' }
})

/**
 * Place of a page_owner record's dump among the dumps of records, 0 being the oldest. O(log dumps) after the first call.
 */
export function dumpRankOf(trace: Trace, row: number): number {
  const spans = rankedSpansOf(trace)
  let low = 0
  let high = spans.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (spans[middle].startRow <= row) low = middle
    else high = middle - 1
  }
  return spans.at(low)?.rank ?? 0
}

const rankedSpansOf = oncePer((trace: Trace) =>
  ownerDumpsOf(trace)
    .dumps.filter(({ kind }) => kind === 'records')
    .map(({ startRow }, rank) => ({ startRow, rank }))
    .sort((a, b) => a.startRow - b.startRow),
)

/** `po-2` before `po-10`. */
function byName(a: OwnerDump, b: OwnerDump): number {
  return compareNumbered(a.id, b.id)
}

function dumpOf(trace: Trace, table: StackTotalsOfFile, all: readonly StackTotalsOfFile[]): OwnerDump {
  const { file, kind } = table
  const { name } = trace.files[file]
  const isSecond = kind === 'totals' && all.some((other) => other.file === file && other.kind === 'records')
  const [startRow, endRow] = kind === 'records' ? rowsOfFile(trace, file) : [0, 0]
  const newestRow = newestOf(trace, startRow, endRow)
  return {
    id: isSecond ? `${name} (totals)` : name,
    file,
    kind,
    table,
    startRow,
    endRow,
    newestRow,
    newestTs: newestRow < 0 ? -1 : trace.owners.ts[newestRow],
  }
}

/** Rows are in the order of the files, so those of a file follow each other. */
function rowsOfFile({ files, owners }: Trace, file: number): readonly [number, number] {
  const end = file + 1 < files.length ? findAtLeast(owners.line, files[file + 1].firstLine) : owners.length
  return [findAtLeast(owners.line, files[file].firstLine), end]
}

function newestOf({ owners }: Trace, startRow: number, endRow: number): number {
  let newest = -1
  for (let row = startRow; row < endRow; row++) {
    if (owners.ts[row] >= 0 && (newest < 0 || owners.ts[row] > owners.ts[newest])) newest = row
  }
  return newest
}
