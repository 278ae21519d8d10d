import { type Column } from '../base/column.ts'
import { type GroupIndex } from '../base/group-index.ts'
import { type Pfn } from '../base/pfn.ts'
import { type LineId, type StackId, type StringId } from './ids.ts'

/**
 * The largest order an allocation may have: 16 GiB huge pages of 4 KiB pages, on powerpc (mm/page_alloc.c
 * alloc_contig_range() records them in one). More is garbage.
 */
export const MAX_ORDER = 22

/**
 * Records of page_owner dumps (mm/page_owner.c): who allocated, not who holds. A state, not an event.
 * One row covers `1 << order` pages from `pfn`. Absent numbers are -1, absent ids NONE.
 */
export interface OwnerTable {
  readonly length: number
  readonly pfn: Column<Pfn>
  readonly order: Column<number>
  /** gfp mask as printed, `0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP)`. */
  readonly gfp: Column<StringId>
  readonly pid: Column<number>
  readonly tgid: Column<number>
  readonly comm: Column<StringId>
  /** Allocation time as printed: absolute local_clock ns (-1 when absent). Not the trace's origin. */
  readonly ts: Column<number>
  /** free_ts of the previous life, absolute ns, -1 when absent. */
  readonly freeTs: Column<number>
  /** Migratetype the allocation asked for, by name. */
  readonly pageType: Column<StringId>
  /** Migratetype of the pageblock, by name. */
  readonly blockType: Column<StringId>
  /** Page flags as printed. */
  readonly flags: Column<StringId>
  /** Last migrate reason by name, or NONE. */
  readonly migrateReason: Column<StringId>
  /** NONE when the record gives no stack, nor a handle that any file explains. */
  readonly stack: Column<StackId>
  /** Stack depot handle (print modes `handle` and `stack_handle` of newer kernels). */
  readonly handle: Column<number>
  /** First line of the record. */
  readonly line: Column<LineId>
  /** Rows by ascending PFN. */
  readonly byPfn: Column<number>
  /** Rows by allocating stack. */
  readonly byStack: GroupIndex<StackId, number>
}

/** One record, as a reader hands it over; see `OwnerTable` for the fields. */
export interface OwnerRecord {
  pfn: number
  order: number
  gfp: StringId
  pid: number
  tgid: number
  comm: StringId
  ts: number
  freeTs: number
  pageType: StringId
  blockType: StringId
  flags: StringId
  migrateReason: StringId
  stack: StackId
  handle: number
  line: LineId
}
