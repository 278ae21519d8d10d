import { formatTime } from '../base/clock.ts'
import { assertUnreachable } from '../base/assert.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type KernelNote } from '../model/kernel-note.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { type EvidenceAnswer } from './wire.ts'

/** What the kernel log says about a page: notes that name it or a range around it. */
export function noteAnswers(trace: Trace, pfn: number): readonly EvidenceAnswer[] {
  return trace.notes
    .filter((note) => isAbout(note, pfn))
    .map((note) => ({ text: noteText(note), places: [placeOf(trace, note.line)], raw: [] }))
}

function isAbout(note: KernelNote, pfn: number): boolean {
  return names(note, pfn) || ('startPfn' in note && note.startPfn <= pfn && pfn < note.endPfn)
}

/** True when a note names this very PFN, not just a range around it. */
export function names(note: KernelNote, pfn: number): boolean {
  return 'pfn' in note && note.pfn === pfn
}

function noteText(note: KernelNote): string {
  const when = note.timeNs === undefined ? '' : ` at ${printkTime(note.timeNs)}`
  return `kernel log${when}: ${noteFact(note)}`
}

/** What a message of the kernel log states, in words, its time left out. */
export function noteFact(note: KernelNote): string {
  switch (note.kind) {
    case 'contig_busy':
      return `${formatPfnRange(note.startPfn, note.endPfn)} has busy PFNs`
    case 'cma_failed':
      return `CMA area ${note.area}: ${note.pages} pages not allocated, ret ${note.ret}`
    case 'cma_reserved':
      return `CMA area ${formatPfnRange(note.startPfn, note.endPfn)} reserved`
    case 'offline_failed':
      return `offlining ${formatPfnRange(note.startPfn, note.endPfn)} failed: ${note.reason}`
    case 'block_failed':
      return `memory block ${note.block} did not go offline`
    case 'migrate_failed':
      return `migrating pfn ${formatPfn(note.pfn)} failed, ret ${note.ret}`
    case 'isolate_failed':
      return `pfn ${formatPfn(note.pfn)} could not be isolated`
    case 'alloc_failed':
      return `${note.comm}: page allocation of order ${note.order} failed${modeOf(note.gfp)}`
    case 'alloc_stalled':
      return `${note.comm}: page allocation of order ${note.order} stalled for ${note.stalledMs} ms`
    case 'hugetlb_failed':
      return `${note.allocated} of ${note.wanted} huge pages of ${note.pageSize} allocated${onNode(note.node)}`
    case 'offlined':
      return `${note.pages} pages went offline`
    case 'owner_early':
      return `page_owner began after ${note.pages} pages of node ${note.node} ${note.zone} were allocated: their stacks are not recorded`
    case 'owner_off':
      return 'page_owner is disabled: the kernel records no allocations'
    default:
      return assertUnreachable(note)
  }
}

function modeOf(gfp: string | undefined): string {
  return gfp === undefined ? '' : `, mode ${gfp}`
}

function onNode(node: number | undefined): string {
  return node === undefined ? '' : ` on node ${node}`
}

/** printk prints seconds with six digits (kernel/printk/printk.c print_time()). */
export function printkTime(timeNs: number): string {
  return formatTime(timeNs, { originNs: '0', style: { unit: 'seconds', digits: 6 }, name: 'printk' })
}
