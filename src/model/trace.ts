import { findAtLeast } from '../base/bisect.ts'
import { type Clock, type TimeNs } from '../base/clock.ts'
import { type Column } from '../base/column.ts'
import { type GroupIndex } from '../base/group-index.ts'
import { type ContextTable, type TaskTable } from './context-table.ts'
import { type EventKind } from './event-kind.ts'
import { type FrameTable } from './frame-table.ts'
import {
  type ContextId,
  type EventRow,
  type LineId,
  type LineNumber,
  type PageId,
  type ShapeId,
  type StackId,
} from './ids.ts'
import { type KernelNote, type PageDump, type PfnWindow } from './kernel-note.ts'
import { type Loss } from './loss-table.ts'
import { type MachineFacts } from './machine-facts.ts'
import { type OwnerTable } from './owner-table.ts'
import { type PageTable } from './page-table.ts'
import { type PfnRunTable } from './pfn-run-table.ts'
import { type PinnerTable } from './pinner-table.ts'
import { type ShapeTable } from './shape-table.ts'
import { type SourceFile } from './source-file.ts'
import { type StackDepot } from './stack-depot.ts'
import { type StackTotalsTable } from './stack-totals-table.ts'
import { type StringTable } from './string-table.ts'

/** Every traced event, in time order; equal times keep file order. */
export interface EventTable {
  readonly length: number
  readonly time: Column<TimeNs>
  readonly kind: Column<EventKind>
  /** NONE (-1) for events that name no page. */
  readonly page: Column<PageId>
  /** `count=` as printed: `_refcount` re-read after the operation, so it may race. 0 for events without one. */
  readonly count: Column<number>
  readonly shape: Column<ShapeId>
  readonly context: Column<ContextId>
  /** NONE when no stack was recorded. */
  readonly stack: Column<StackId>
  readonly line: Column<LineId>
}

/** What is known of groups of `events` without a walk through all of them. */
export interface EventIndexes {
  /** Rows by page, each group in time order. */
  readonly byPage: GroupIndex<PageId, EventRow>
  /** Number of events by context: `ContextId` to count. */
  readonly ofContext: Column<number>
}

/** The frozen columns of one capture: the files of one boot. */
export interface Trace {
  readonly files: readonly SourceFile[]
  readonly clock: Clock
  readonly strings: StringTable
  readonly frames: FrameTable
  readonly stacks: StackDepot
  readonly pages: PageTable
  readonly tasks: TaskTable
  readonly contexts: ContextTable
  readonly shapes: ShapeTable
  readonly events: EventTable
  readonly indexes: EventIndexes
  readonly owners: OwnerTable
  readonly pinners: PinnerTable
  readonly notes: readonly KernelNote[]
  readonly dumps: readonly PageDump[]
  readonly windows: readonly PfnWindow[]
  readonly losses: readonly Loss[]
  /** Page flags by name (page-types, kpageflags): the value is a `StringId` of names with `|` between them. */
  readonly pageStates: PfnRunTable
  /** Mappings of a page (kpagecount, page-types -M). */
  readonly mapcounts: PfnRunTable
  /** Inode of the memory cgroup that a page is charged to (kpagecgroup, page-types -C); 0 for none. */
  readonly cgroups: PfnRunTable
  readonly stackTotals: StackTotalsTable
  readonly machine: MachineFacts
  /** Bytes of the event columns and their indexes, wherever they lie. */
  readonly sizeBytes: number
}

/** A place in a file, for evidence: 1-based line of `trace.files[file]`. */
export interface FileLine {
  readonly file: number
  readonly line: LineNumber
}

/** The file and line of a global line. O(log files). */
export function fileLineOf(trace: { readonly files: readonly SourceFile[] }, id: LineId): FileLine {
  let low = 0
  let high = trace.files.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (trace.files[middle].firstLine <= id) low = middle
    else high = middle - 1
  }
  const { firstLine, excerpt } = trace.files[low]
  const at = id - firstLine
  return { file: low, line: (excerpt?.lines[at] ?? at + 1) as LineNumber }
}

/** The global line of a line of a file, 1-based in the whole file: of an excerpt the nearest before it that is there. */
export function lineIdOf({ firstLine, excerpt }: SourceFile, line: number): LineId {
  const at = excerpt === undefined ? line - 1 : placeInExcerpt(excerpt.lines, line)
  return (firstLine + at) as LineId
}

/** The first of the lines with the number, else the last before it. */
function placeInExcerpt(lines: Float64Array, line: number): number {
  const at = findAtLeast(lines, line)
  return lines[at] === line ? at : Math.max(0, at - 1)
}
