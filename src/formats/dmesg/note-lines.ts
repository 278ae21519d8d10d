import { type LineId } from '../../model/ids.ts'
import { type KernelNote } from '../../model/kernel-note.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { type PrintkLine } from './printk-line.ts'

/** Makes the note once the page size is known. */
export type PendingNote = (pageBytes: number) => KernelNote

/** A message that states a fact. */
interface NoteLine {
  readonly pattern: RegExp
  /** The kernel prints a physical address, so PFNs depend on the page size. */
  readonly isByAddress?: true
  readonly make: (match: RegExpExecArray, at: NotePlace, pageBytes: number) => KernelNote
}

interface NotePlace {
  readonly timeNs?: number
  readonly line: LineId
}

const hex = (digits: string): number => Number.parseInt(digits, 16)
const MIB = 1 << 20

function reserved(at: NotePlace, pageBytes: number, base: string, mib: string): KernelNote {
  const startPfn = Math.floor(hex(base) / pageBytes)
  return { kind: 'cma_reserved', startPfn, endPfn: startPfn + (Number(mib) * MIB) / pageBytes, ...at }
}

/** `, mode:0xcc0(GFP_KERNEL), nodemask=0,2,cpuset=/,mems_allowed=0-1`: names of flags since 4.9, the rest since 4.11. */
function requestIn(text: string): {
  readonly gfp?: string
  readonly nodemask?: string
  readonly cpuset?: string
  readonly memsAllowed?: string
} {
  const gfp = /^, mode:(0x[0-9a-f]+(?:\([^)]*\))?)/.exec(text)?.[1]
  const nodemask = /, nodemask=(\(null\)|[\d,-]+?)(?=,cpuset=|,?\s*$)/.exec(text)?.[1]
  const cpuset = /,cpuset=(.*),mems_allowed=([\d,-]*)\s*$/.exec(text)
  return {
    ...(gfp === undefined ? {} : { gfp }),
    ...(nodemask === undefined ? {} : { nodemask }),
    ...(cpuset === null ? {} : { cpuset: cpuset[1], memsAllowed: cpuset[2] }),
  }
}

const NOTE_LINES: readonly NoteLine[] = [
  // mm/page_alloc.c up to 5.12: hex without 0x, end exclusive
  {
    pattern: /\balloc_contig_range: \[([0-9a-f]+), ([0-9a-f]+)\) PFNs busy/,
    make: (match, at) => ({ kind: 'contig_busy', startPfn: hex(match[1]), endPfn: hex(match[2]), ...at }),
  },
  // mm/cma.c: the area's name since 5.13, the function called __cma_alloc since it was split
  {
    pattern: /\bcma: (?:__)?cma_alloc(?:\(\))?: (?:(.+): )?alloc failed, req-size: (\d+) pages, ret: (-?\d+)/,
    make: (match, at) => ({
      kind: 'cma_failed',
      area: match[1] ?? '',
      pages: Number(match[2]),
      ret: Number(match[3]),
      ...at,
    }),
  },
  {
    pattern: /\bcma: Reserved (\d+) MiB at (?:0x)?([0-9a-f]+)/i,
    isByAddress: true,
    make: (match, at, pageBytes) => reserved(at, pageBytes, match[2], match[1]),
  },
  // kernel/dma/contiguous.c, areas of the device tree
  {
    pattern: /\bcreated CMA memory pool at (?:0x)?([0-9a-f]+), size (\d+) MiB/,
    isByAddress: true,
    make: (match, at, pageBytes) => reserved(at, pageBytes, match[1], match[2]),
  },
  // mm/memory_hotplug.c: the printed end is the last byte; no reason up to 4.20
  {
    pattern: /\bmemory offlining \[mem 0x([0-9a-f]+)-0x([0-9a-f]+)\] failed(?: due to (.*))?/,
    isByAddress: true,
    make: (match, at, pageBytes) => ({
      kind: 'offline_failed',
      startPfn: Math.floor(hex(match[1]) / pageBytes),
      endPfn: Math.floor(hex(match[2]) / pageBytes) + 1,
      reason: (match[3] ?? '').trim(),
      ...at,
    }),
  },
  // drivers/base/memory.c through the driver core: N of memoryN is the address over the size of a block
  {
    pattern: /^memory memory(\d{1,10}): Offline failed\b/,
    make: (match, at) => ({ kind: 'block_failed', block: Number(match[1]), ...at }),
  },
  // mm/memory_hotplug.c: hex without 0x; ret > 0 is a number of folios, < 0 an errno
  {
    pattern: /^migrating pfn ([0-9a-f]+) failed ret:(-?\d+)/,
    make: (match, at) => ({ kind: 'migrate_failed', pfn: hex(match[1]), ret: Number(match[2]), ...at }),
  },
  {
    pattern: /^failed to isolate pfn ([0-9a-f]+)/,
    make: (match, at) => ({ kind: 'isolate_failed', pfn: hex(match[1]), ...at }),
  },
  // mm/memory_hotplug.c
  {
    pattern: /^Offlined Pages (\d+)\s*$/,
    make: (match, at) => ({ kind: 'offlined', pages: Number(match[1]), ...at }),
  },
  // mm/page_owner.c
  {
    pattern: /^Node (\d+), zone +(\S+): page owner found early allocated (\d+) pages/,
    make: (match, at) => ({
      kind: 'owner_early',
      node: Number(match[1]),
      zone: match[2],
      pages: Number(match[3]),
      ...at,
    }),
  },
  { pattern: /^page_owner is disabled\s*$/, make: (_, at) => ({ kind: 'owner_off', ...at }) },
  // mm/page_alloc.c warn_alloc; a comm may hold anything. `failure.` up to 3.x
  {
    pattern: /^(.+?): page allocation failure[:.] order:(\d+)(.*)/,
    make: (match, at) => ({
      kind: 'alloc_failed',
      comm: match[1],
      order: Number(match[2]),
      ...requestIn(match[3]),
      ...at,
    }),
  },
  {
    pattern: /^(.+?): page allocation stalls for (\d+)ms, order:(\d+)(.*)/,
    make: (match, at) => ({
      kind: 'alloc_stalled',
      comm: match[1],
      order: Number(match[3]),
      stalledMs: Number(match[2]),
      ...requestIn(match[4]),
      ...at,
    }),
  },
  // mm/hugetlb.c hugetlb_hstate_alloc_pages_errcheck() and hugetlb_hstate_alloc_pages_onenode()
  {
    pattern: /^HugeTLB: allocating (\d+) of page size (.+?) failed(?: node:?(\d+))?\.\s+Only allocated (\d+) hugepages/,
    make: (match, at) => ({
      kind: 'hugetlb_failed',
      wanted: Number(match[1]),
      pageSize: match[2],
      allocated: Number(match[4]),
      ...(match[3] === undefined ? {} : { node: Number(match[3]) }),
      ...at,
    }),
  },
]

/** One of these words is in every message that `noteOf` knows. */
const LIKELY = [
  'PFNs busy',
  'alloc failed',
  'eserved ',
  'CMA memory pool',
  'offlining',
  'Offline failed',
  'Offlined Pages',
  'pfn ',
  'page allocation ',
  'HugeTLB: ',
  'page owner found',
  'page_owner is',
]

/** The fact that a message states; undefined for all others. `isByAddress` when its PFNs depend on the page size. */
export function noteOf(
  said: PrintkLine,
  line: LineId,
): { readonly isByAddress: boolean; readonly pending: PendingNote } | undefined {
  if (!LIKELY.some((words) => said.message.includes(words))) return undefined
  const at = { ...(said.timeNs === undefined ? {} : { timeNs: said.timeNs }), line }
  for (const { pattern, isByAddress, make } of NOTE_LINES) {
    const match = pattern.exec(said.message)
    if (match !== null && isTold(make(match, at, LEAST_PAGE_BYTES))) {
      return { isByAddress: isByAddress ?? false, pending: (pageBytes) => make(match, at, pageBytes) }
    }
  }
  return undefined
}

const LEAST_PAGE_BYTES = 4096

/** False where a number is so large (no machine has as many of anything that these messages count), or a range so empty, that no kernel printed it: what is said of it would be invented. */
function isTold(note: KernelNote): boolean {
  if ('startPfn' in note && note.startPfn >= note.endPfn) return false
  return Object.entries(note).every(([name, value]) => {
    return name === 'timeNs' || typeof value !== 'number' || Math.abs(value) < PFN_LIMIT
  })
}

/** A message that begins as one of ours but cannot be read. */
export function isSpoiltNote(message: string): boolean {
  return /^(?:migrating pfn |failed to isolate pfn |alloc_contig_range: \[.*busy)/.test(message)
}

/** `cma: number of available pages: 6@122+9@151=> 15 free of 2097152 total pages`, an early revision `=>15 pages, total: 2048 pages`. */
const AVAILABLE = /\bcma: number of available pages: .*=>\s*(\d+) (?:free of|pages, total:) (\d+)/

/** What the message behind a failed CMA allocation tells of its area, in pages; undefined for every other. */
export function availableIn(message: string): { readonly freePages: number; readonly totalPages: number } | undefined {
  const match = message.includes('available pages') ? AVAILABLE.exec(message) : null
  return match === null ? undefined : { freePages: Number(match[1]), totalPages: Number(match[2]) }
}
