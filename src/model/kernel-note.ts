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
      /** `cma: number of available pages: … => %lu free of %lu total pages` behind it (CMA_DEBUG). */
      readonly freePages?: number
      readonly totalPages?: number
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
  /** `memory memory20: Offline failed.` (drivers/base/core.c device_offline() callers): block 20 from physical address 0. */
  | { readonly kind: 'block_failed'; readonly block: number; readonly timeNs?: number; readonly line: LineId }
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
      /** `mode:` as printed, `0xcc0(GFP_KERNEL)`. */
      readonly gfp?: string
      /** As printed: `(null)` when any node would do, `/`, `0-1`. Absent in old kernels. */
      readonly nodemask?: string
      readonly cpuset?: string
      readonly memsAllowed?: string
      /** Who asked: the call trace behind the message. */
      readonly trace?: CallTrace
      /** `Mem-Info:` behind it. */
      readonly memory?: MemoryInfo
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `%s: page allocation stalls for %ums, order:%u` (mm/page_alloc.c, 4.9 to 4.14). */
  | {
      readonly kind: 'alloc_stalled'
      readonly comm: string
      readonly order: number
      readonly stalledMs: number
      readonly gfp?: string
      /** As printed: `(null)` when any node would do, `/`, `0-1`. Absent in old kernels. */
      readonly nodemask?: string
      readonly cpuset?: string
      readonly memsAllowed?: string
      /** Who asked: the call trace behind the message. */
      readonly trace?: CallTrace
      /** `Mem-Info:` behind it. */
      readonly memory?: MemoryInfo
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `HugeTLB: allocating %u of page size %s failed.  Only allocated %u hugepages.` (mm/hugetlb.c); names no range. */
  | {
      readonly kind: 'hugetlb_failed'
      readonly wanted: number
      /** As printed, `1.00 GiB`. */
      readonly pageSize: string
      readonly allocated: number
      /** Absent when any node would do. */
      readonly node?: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `Offlined Pages %ld` (mm/memory_hotplug.c): memory that did go; names no range. */
  | { readonly kind: 'offlined'; readonly pages: number; readonly timeNs?: number; readonly line: LineId }
  /** `Node %d, zone %8s: page owner found early allocated %lu pages` (mm/page_owner.c): their stacks were not recorded. */
  | {
      readonly kind: 'owner_early'
      readonly node: number
      readonly zone: string
      readonly pages: number
      readonly timeNs?: number
      readonly line: LineId
    }
  /** `page_owner is disabled` (mm/page_owner.c). */
  | { readonly kind: 'owner_off'; readonly timeNs?: number; readonly line: LineId }

/**
 * `Mem-Info:` behind a failed allocation (mm/show_mem.c, before 6.3 mm/page_alloc.c show_free_areas()), as far as it was
 * printed. Counts of the whole machine are in pages.
 */
export interface MemoryInfo {
  readonly freePages?: number
  readonly freeCmaPages?: number
  /** `%lu pages RAM`, `%lu pages cma reserved`. */
  readonly ramPages?: number
  readonly cmaReservedPages?: number
  readonly zones: readonly ZoneMemory[]
  readonly line: LineId
  readonly lastLine: LineId
}

/** A zone in `Mem-Info:`; sizes in kB, as printed. */
export interface ZoneMemory {
  /** Absent up to 4.5. */
  readonly node?: number
  readonly name: string
  readonly freeKb: number
  readonly minKb?: number
  readonly freeCmaKb?: number
  /** Free blocks by order; absent when the line was not printed. */
  readonly blocks?: readonly FreeBlocks[]
}

/** `5*8kB (UMC)`: free blocks of one order. `types` has a letter for each migratetype: U M E H C I. */
export interface FreeBlocks {
  readonly count: number
  /** Size of one block. */
  readonly kb: number
  readonly types: string
}

/** A `Call Trace:` of the kernel log with what stands around it. Frames behind `?` are not in the stack. */
export interface CallTrace {
  /** Source line of the check that failed, `mm/gup.c:717`; absent where none did. */
  readonly at?: string
  readonly cpu?: number
  readonly pid?: number
  readonly comm?: string
  /** Leaf first, the function that died included; -1 when no frame was printed. */
  readonly stack: StackId
  /** First line of it. */
  readonly line: LineId
  readonly lastLine: LineId
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
  /** From `page last pinned …`: page_pinner's part, in kernels that have it. */
  readonly pinned?: DumpPinned
  /** The oops or report that the dump belongs to: which check failed and who came there. */
  readonly report?: CallTrace
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

/** page_pinner's part of a dump: the last recorded pin of the page (Android, include/linux/page_pinner.h). */
export interface DumpPinned {
  /** CLOCK_BOOTTIME, absolute ns. */
  readonly bootNs: number
  /** As printed: get sites seen, or page_count, by kernel. */
  readonly count: number
  readonly stack: StackId
  readonly line: LineId
}

/** The PFN window a capture says it covers (a note beside kpage dumps); end exclusive. */
export interface PfnWindow {
  readonly startPfn: number
  readonly endPfn: number
  readonly line: LineId
}
