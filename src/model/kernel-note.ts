import { type LineId, type StackId } from './ids.ts'

/** Facts that dmesg states. Times are absolute ns of the printk clock (local_clock), absent without a timestamp. */
export type KernelNote =
  /** `alloc_contig_range: [%lx, %lx) PFNs busy` (mm/page_alloc.c up to 5.12). */
  | {
      readonly kind: 'contig_busy'
      readonly startPfn: number
      readonly endPfn: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `cma: cma_alloc: <area>: alloc failed, req-size: %lu pages, ret: %d` (mm/cma.c). */
  | {
      readonly kind: 'cma_failed'
      readonly area: string
      readonly pages: number
      readonly ret: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `cma: Reserved %ld MiB at %pa` : base as PFN, size in pages. */
  | {
      readonly kind: 'cma_reserved'
      readonly startPfn: number
      readonly endPfn: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `memory offlining [mem %#010llx-%#010llx] failed due to %s` (mm/memory_hotplug.c); end exclusive here. */
  | {
      readonly kind: 'offline_failed'
      readonly startPfn: number
      readonly endPfn: number
      readonly reason: string
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `migrating pfn %lx failed ret:%d` (mm/memory_hotplug.c). */
  | {
      readonly kind: 'migrate_failed'
      readonly pfn: number
      readonly ret: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `failed to isolate pfn %lx` (mm/memory_hotplug.c). */
  | { readonly kind: 'isolate_failed'; readonly pfn: number; readonly timeNs?: number; readonly line: LineId }
  /** `%s: page allocation failure: order:%u` (mm/page_alloc.c). */
  | {
      readonly kind: 'alloc_failed'
      readonly comm: string
      readonly order: number
      readonly timeNs?: number
      readonly line: LineId
    }

/** One `dump_page()` block (mm/debug.c). Numbers that the kernel did not print are absent. */
export interface PageDump {
  /** Absent before 5.10 when no neighbouring line names it. */
  readonly pfn?: number
  /** `refcount:` (or `count:`) of the folio. */
  readonly refcount: number
  /** `mapcount:` as printed by dump_page: number of mappings. */
  readonly mapcount: number
  /** `order:` of a compound page, 0 else. */
  readonly order: number
  /** Page flags as printed, `anon flags: ` marks included in `pageKind`. */
  readonly flags: string
  readonly pageKind: 'anon' | 'ksm' | 'file' | 'unknown'
  /** `mapping:` is non-NULL. Absent when it cannot be told. */
  readonly hasMapping?: boolean
  /** After `page dumped because: `; empty when the block was cut. */
  readonly reason: string
  /** From `page last allocated via …`: who allocated. */
  readonly allocation?: DumpAllocation
  readonly timeNs?: number
  /** First line of the block. */
  readonly line: LineId
  /** Last line of the block. */
  readonly lastLine: LineId
}

/** page_owner's part of a dump: who allocated, not who holds. */
export interface DumpAllocation {
  readonly order: number
  readonly migratetype: string
  readonly gfp: string
  readonly pid?: number
  readonly comm?: string
  readonly ts?: number
  readonly stack: StackId
  /** Line of `page last allocated via`. */
  readonly line: LineId
}

/** The PFN window a capture says it covers (a note beside kpage dumps); end exclusive. */
export interface PfnWindow {
  readonly startPfn: number
  readonly endPfn: number
  readonly line: LineId
}
