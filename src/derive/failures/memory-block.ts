import { type Trace } from '../../model/trace.ts'

/** Pages of a sparsemem section of 128 MiB at 4 KiB: x86-64 and, from 5.12 on, arm64 (SECTION_SIZE_BITS 27). */
export const SECTION_PAGES = 0x8000

/** A memory block: what /sys/devices/system/memory/memoryN offlines at once. */
export interface MemoryBlock {
  readonly startPfn: number
  readonly endPfn: number
  /** How the size is known, in words. */
  readonly basis: string
}

/**
 * The memory block that a PFN lies in. A capture that says which PFN window it covers, and whose window is whole
 * sections, is believed; else one section is assumed (drivers/base/memory.c: blocks are sections, larger on big hosts).
 */
export function memoryBlockOf(trace: Trace, pfn: number): MemoryBlock {
  const window = trace.windows.find(
    (note) => pfn >= note.startPfn && pfn < note.endPfn && isWholeSections(note.startPfn, note.endPfn),
  )
  if (window)
    return {
      startPfn: window.startPfn,
      endPfn: window.endPfn,
      basis: 'the block is the PFN window that the capture covers',
    }
  const startPfn = pfn - (pfn % SECTION_PAGES)
  return { startPfn, endPfn: startPfn + SECTION_PAGES, basis: 'the block is taken to be one 128 MiB section' }
}

function isWholeSections(startPfn: number, endPfn: number): boolean {
  return startPfn % SECTION_PAGES === 0 && endPfn % SECTION_PAGES === 0
}
