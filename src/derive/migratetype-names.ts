import { oncePer } from '../base/once-per.ts'
import { type Column } from '../base/column.ts'
import { type EventRow, NONE, type PageId, type StringId } from '../model/ids.ts'
import { releaseNumber } from '../model/kernel-release.ts'
import { type Trace } from '../model/trace.ts'
import { windowOf } from './failures/cma-failures.ts'
import { findMarks } from './failures/marks.ts'

/** Names by number; empty where a number has none. */
type Layout = readonly string[]

const words = (text: string): Layout => text.split(' ')

/** `enum migratetype` (include/linux/mmzone.h) up to 4.3. */
const OLD = words('Unmovable Reclaimable Movable Reserve CMA Isolate')
/** From 4.4 on, with CONFIG_CMA, without it, and in Android and Qualcomm trees that keep CMA pages in per-CPU lists. */
const MAINLINE = words('Unmovable Movable Reclaimable HighAtomic CMA Isolate')
const WITHOUT_CMA = words('Unmovable Movable Reclaimable HighAtomic Isolate')
const ANDROID = words('Unmovable Movable Reclaimable CMA HighAtomic Isolate')
const OLD_UNTIL = 4_004
/** Numbers that mean the same in every configuration from 4.4 on. */
const SHARED = MAINLINE.slice(0, 3)

/**
 * Name of a migratetype number (`mt=`) on the kernel of this capture: as pagetypeinfo's header says, else by the release
 * and by what the numbers of CMA pages can only mean. Several names with `or` between them where the configuration
 * decides and no file tells it; empty when the number has no name.
 */
export function migratetypeName(trace: Trace, mt: number): string {
  if (mt < 0) return ''
  const names = layoutsOf(trace).map((layout) => layout.at(mt) ?? '')
  return [...new Set(names)].filter((name) => name !== '').join(' or ')
}

/** Every name that a migratetype can have here: those of pagetypeinfo, else of all kernels, since no file says which one. */
export function migratetypeNames({ machine }: Trace): readonly string[] {
  const layouts = machine.migratetypes.length > 0 ? [machine.migratetypes] : [MAINLINE, OLD]
  return [...new Set(layouts.flat())].filter((name) => name !== '')
}

const layoutsOf = oncePer((trace: Trace): readonly Layout[] => {
  const { migratetypes } = trace.machine
  return migratetypes.length > 0 ? [migratetypes] : fittingLayouts(trace)
})

function fittingLayouts(trace: Trace): readonly Layout[] {
  const release = releaseNumber(trace.machine.release)
  if (release !== undefined && release < OLD_UNTIL) return [OLD]
  const ofCma = numbersOfCma(trace)
  if (ofCma.length === 2) return [layoutWith(ofCma[0], ofCma[1])]
  const fitting = [MAINLINE, ANDROID, ...(hasCma(trace) ? [] : [WITHOUT_CMA])].filter(
    (layout) => highestNumber(trace) < layout.length && ofCma.every((mt) => isCmaOrIsolate(layout[mt])),
  )
  return fitting.length > 0 ? fitting : [SHARED]
}

function isCmaOrIsolate(name: string): boolean {
  return name === 'CMA' || name === 'Isolate'
}

/**
 * A pageblock of CMA is CMA or, while an allocation tries it, Isolate, which is the last of the enum: two numbers of CMA
 * pages are those two. Vendors add types of their own, of which nothing is said.
 */
function layoutWith(cma: number, isolate: number): Layout {
  const known = [MAINLINE, ANDROID].find((names) => names[cma] === 'CMA' && names[isolate] === 'Isolate')
  if (known !== undefined) return known
  return Array.from({ length: isolate + 1 }, (_, mt) =>
    mt === cma ? 'CMA' : mt === isolate ? 'Isolate' : (SHARED.at(mt) ?? ''),
  )
}

function highestNumber({ shapes }: Trace): number {
  let highest: number = NONE
  for (let shape = 0; shape < shapes.length; shape++) highest = Math.max(highest, shapes.mt[shape])
  return highest
}

function hasCma(trace: Trace): boolean {
  return (
    cmaRanges(trace).length > 0 ||
    trace.machine.zones.some((zone) => zone.cma > 0) ||
    trace.notes.some((note) => note.kind === 'cma_failed')
  )
}

interface Pfns {
  readonly startPfn: number
  readonly endPfn: number
}

/** What lies in a CMA area for certain: areas that debugfs or the boot log tell, and windows that allocations tried. */
function cmaRanges(trace: Trace): readonly Pfns[] {
  const reserved = trace.notes.filter((note) => note.kind === 'cma_reserved')
  const tried = findMarks(trace).flatMap((mark) => (mark.kind.startsWith('cma_alloc') ? (windowOf(mark) ?? []) : []))
  return [...(trace.machine.cmaAreas ?? []), ...reserved, ...tried]
}

/** Migratetype numbers, ascending, that events print for pages of CMA. O(events). */
function numbersOfCma(trace: Trace): readonly number[] {
  const isCma = pagesOfCma(trace)
  const found = new Set<number>()
  for (let at = 0; at < trace.events.length; at++) {
    const row = at as EventRow
    const page = trace.events.page[row]
    const mt = trace.shapes.mt[trace.events.shape[row]]
    if (page !== NONE && mt >= 0 && isCma[page] === 1) found.add(mt)
  }
  return [...found].sort((a, b) => a - b)
}

/** By page: 1 for those in a CMA range, or in a block that page_owner or page_pinner calls CMA. */
function pagesOfCma(trace: Trace): Uint8Array {
  const { pages } = trace
  const isCma = new Uint8Array(pages.length)
  for (const { startPfn, endPfn } of cmaRanges(trace)) {
    const end = pages.positionAtLeast(endPfn)
    for (let at = pages.positionAtLeast(startPfn); at < end; at++) isCma[pages.byPfn[at]] = 1
  }
  const { owners, pinners } = trace
  markBlocks(trace, isCma, pinners.pfn, (row) => pinners.blockType[row])
  markBlocks(trace, isCma, owners.pfn, (row) => owners.shapes.blockType[owners.shape[row]])
  return isCma
}

function markBlocks(trace: Trace, isCma: Uint8Array, pfn: Column<number>, blockType: (row: number) => StringId): void {
  const cma = trace.strings.find('CMA')
  if (cma === NONE) return
  for (let row = 0; row < pfn.length; row++) {
    if (blockType(row) !== cma) continue
    const page: PageId = trace.pages.find(pfn[row])
    if (page !== NONE) isCma[page] = 1
  }
}
