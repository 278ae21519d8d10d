import { releaseNumber } from '../../model/kernel-release.ts'
import { type Trace } from '../../model/trace.ts'

/** Pages of a sparsemem section of 128 MiB at 4 KiB: x86-64 and, from 5.12 on, arm64 (SECTION_SIZE_BITS 27). */
const SECTION_PAGES = 0x8000

/** Only x86-64 prints the size of a block, and its pages are of 4 KiB. */
const PAGE_BYTES = 4096

/** A memory block: what /sys/devices/system/memory/memoryN offlines at once. */
export interface MemoryBlock {
  readonly startPfn: number
  readonly endPfn: number
  /** How the size is known, in words. */
  readonly basis: string
}

/**
 * The memory block that a PFN lies in. Believed are, in this order: a capture that says which PFN window it covers, when
 * that is whole sections; the boot log; a block that did go offline, which is as large as the others; else one section of the machine
 * is assumed (drivers/base/memory.c: blocks are sections, larger on big hosts).
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
  const { pages, basis } = blockSizeOf(trace)
  const startPfn = pfn - (pfn % pages)
  return { startPfn, endPfn: startPfn + pages, basis }
}

/** The block that the kernel calls `memoryN`: N blocks lie before it, from physical address 0 (drivers/base/memory.c). */
export function numberedBlock(trace: Trace, number: number): MemoryBlock {
  return memoryBlockOf(trace, number * blockSizeOf(trace).pages)
}

/** Pages of a block, and how that is known, in words. */
function blockSizeOf(trace: Trace): { readonly pages: number; readonly basis: string } {
  const told = trace.machine.memoryBlockBytes
  if (told !== undefined)
    return { pages: told / PAGE_BYTES, basis: `the block is one of ${told / 2 ** 20} MiB, as the boot log says` }
  const offlined = trace.notes.find((note) => note.kind === 'offlined' && isBlockSize(note.pages))
  if (offlined?.kind === 'offlined')
    return {
      pages: offlined.pages,
      basis: `the block is taken to be as large as one that went offline, ${offlined.pages} pages`,
    }
  const section = sectionOf(trace)
  return { pages: section.pages, basis: `the block is taken to be one ${section.words} section` }
}

/** A block is a power of two of whole sections; `Offlined Pages` of less is a part of one, as virtio-mem unplugs. */
function isBlockSize(pages: number): boolean {
  return pages >= SECTION_PAGES && Number.isInteger(Math.log2(pages))
}

/** SECTION_SIZE_BITS of arch/<arch>/include/asm/sparsemem.h, where it is not 27. */
function sectionOf(trace: Trace): { readonly pages: number; readonly words: string } {
  const uname = trace.machine.texts.find((text) => text.kind === 'release')?.text ?? ''
  const release = releaseNumber(trace.machine.release)
  if (/\baarch64\b/.test(uname) && release !== undefined && release < 5_012)
    return { pages: 8 * SECTION_PAGES, words: '1 GiB (arm64 before 5.12)' }
  if (/\bs390x\b/.test(uname)) return { pages: 2 * SECTION_PAGES, words: '256 MiB (s390)' }
  return { pages: SECTION_PAGES, words: '128 MiB' }
}

function isWholeSections(startPfn: number, endPfn: number): boolean {
  return startPfn % SECTION_PAGES === 0 && endPfn % SECTION_PAGES === 0
}
