import { type Column } from '../base/column.ts'
import { type Pfn } from '../base/pfn.ts'
import { type LineId, type OwnerShapeId, type StackId, type StringId } from './ids.ts'

/**
 * The largest order an allocation may have: 16 GiB huge pages of 4 KiB pages, on powerpc (mm/page_alloc.c
 * alloc_contig_range() records them in one). More is garbage.
 */
export const MAX_ORDER = 22

/**
 * Records of page_owner dumps (mm/page_owner.c): who allocated, not who holds. A state, not an event.
 * One row covers `1 << order` pages from `pfn`. Absent numbers are -1, absent ids NONE.
 *
 * What many records say alike is a shape, so that a record of a dump of millions costs about 25 bytes:
 * `owners.shapes.order[owners.shape[row]]`.
 */
export interface OwnerTable {
  readonly length: number
  readonly pfn: Column<Pfn>
  readonly shape: Column<OwnerShapeId>
  readonly shapes: OwnerShapeTable
  /** Allocation time as printed: absolute local_clock ns (-1 when absent). Not the trace's origin. */
  readonly ts: Column<number>
  /** free_ts of the previous life, absolute ns, -1 when absent. */
  readonly freeTs: Column<number>
  /** NONE when the record gives no stack, nor a handle that any file explains. */
  readonly stack: Column<StackId>
  /** Stack depot handle (print modes `handle` and `stack_handle` of newer kernels). */
  readonly handle: Column<number>
  /** First line of the record; ascends, as rows are in the order of the files. */
  readonly line: Column<LineId>
  /** Rows by ascending PFN; those of one PFN in the order of the files. */
  readonly byPfn: Column<number>
}

/** What records say beside the page, the times, the stack and the line: each combination once. */
export interface OwnerShapeTable {
  readonly length: number
  readonly order: Column<number>
  /** gfp mask as printed, `0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP)`. */
  readonly gfp: Column<StringId>
  readonly pid: Column<number>
  readonly tgid: Column<number>
  readonly comm: Column<StringId>
  /** Migratetype the allocation asked for, by name. */
  readonly pageType: Column<StringId>
  /** Migratetype of the pageblock, by name. */
  readonly blockType: Column<StringId>
  /** Page flags as printed. */
  readonly flags: Column<StringId>
  /** Last migrate reason by name, or NONE. */
  readonly migrateReason: Column<StringId>
}

/** All of a record that its shape is made of; see `OwnerShapeTable`. */
export interface OwnerShape {
  order: number
  gfp: StringId
  pid: number
  tgid: number
  comm: StringId
  pageType: StringId
  blockType: StringId
  flags: StringId
  migrateReason: StringId
}

/** One record, as a reader hands it over; see `OwnerTable` for the fields. */
export interface OwnerRecord extends OwnerShape {
  pfn: number
  ts: number
  freeTs: number
  stack: StackId
  handle: number
  line: LineId
}
