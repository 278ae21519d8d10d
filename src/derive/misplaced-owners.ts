import { oncePer } from '../base/once-per.ts'
import { type OwnerShapeId, type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { bareSymbol } from './holder-frame.ts'
import { migratetypeName } from './migratetype-names.ts'
import { notRecorded } from './special-stacks.ts'

/**
 * What a record says of an allocation's place. `right` it asked to be movable, or its block is for such as it;
 * `cma` and `movable` it did not, and lies where the kernel keeps room for movable pages; `area_own` it was made by
 * cma_alloc() itself, whom the area is for; `unknown` neither a mask nor a type was recorded.
 */
export type OwnerPlace = 'right' | 'cma' | 'movable' | 'area_own' | 'unknown'

/** How a place is known: page_owner prints the block's type, or a file tells the area or the zone. */
export interface PlaceBasis {
  readonly kind: 'block' | 'area' | 'zone'
  /** Name of the area or the zone as a file tells it; empty where it tells none. */
  readonly name: string
}

/** `___GFP_MOVABLE` (include/linux/gfp_types.h): the same bit in all kernels that have page_owner. */
const GFP_MOVABLE = 8

/** The allocator of a CMA area and of contiguous ranges (mm/cma.c, mm/page_alloc.c): its pages are meant to be there. */
const AREA_FRAMES = /^_*(?:cma_alloc\w*|alloc_contig_\w+)$/

/** Judges one record. O(areas) where its block's type does not tell, O(frames) once per stack. */
export function placeOfOwner(trace: Trace, row: number): OwnerPlace {
  const { asks, blocks } = shapesOf(trace)
  const { owners } = trace
  const shape = owners.shape[row]
  if (asks[shape] === ASKS_MOVABLE) return 'right'
  const place = blocks[shape] === '' ? (rangeOf(trace, row)?.place ?? 'right') : blocks[shape]
  if (place === 'right') return 'right'
  if (asks[shape] === ASKS_UNKNOWN || isStandIn(trace, row)) return 'unknown'
  return place === 'cma' && isAreaOwn(trace, owners.stack[row]) ? 'area_own' : place
}

/** How the place of a record that `placeOfOwner` finds wrong is known. */
export function placeBasisOf(trace: Trace, row: number): PlaceBasis {
  if (shapesOf(trace).blocks[trace.owners.shape[row]] !== '') return { kind: 'block', name: '' }
  const range = rangeOf(trace, row)
  return { kind: range?.place === 'movable' ? 'zone' : 'area', name: range?.name ?? '' }
}

const ASKS_MOVABLE = 1
const ASKS_OTHER = 0
const ASKS_UNKNOWN = -1

interface ShapesJudged {
  readonly asks: Int8Array
  /** `cma` or `movable`, `right` for other types that are told; empty where the type does not say what the block is for. */
  readonly blocks: readonly ('cma' | 'movable' | '')[]
}

const shapesOf = oncePer((trace: Trace): ShapesJudged => {
  const { shapes } = trace.owners
  const { strings } = trace
  const asks = new Int8Array(shapes.length)
  const blocks: ('cma' | 'movable' | '')[] = []
  for (let id = 0; id < shapes.length; id++) {
    const shape = id as OwnerShapeId
    asks[id] = asksOf(strings.text(shapes.pageType[shape]), strings.text(shapes.gfp[shape]))
    const block = blockName(trace, strings.text(shapes.blockType[shape]))
    blocks.push(block === 'CMA' ? 'cma' : block === 'Movable' ? 'movable' : '')
  }
  return { asks, blocks }
})

/** False when no record names the type of its pageblock, and no file tells CMA areas or zones: then no place can be judged. */
export function tellsPlaces(trace: Trace): boolean {
  if (rangesOf(trace).length > 0) return true
  const { shapes } = trace.owners
  for (let id = 0; id < shapes.length; id++) {
    if (blockName(trace, trace.strings.text(shapes.blockType[id])) !== '') return true
  }
  return false
}

/** Kernels before 4.6 print a number, which means nothing while the release is not known: 4.4 numbered the types anew. */
function blockName(trace: Trace, told: string): string {
  if (!/^\d+$/.test(told)) return told
  const isKnown = trace.machine.release !== '' || trace.machine.migratetypes.length > 0
  return isKnown ? migratetypeName(trace, Number(told)) : ''
}

/** By the migratetype that the allocation asked for, else by its mask. */
function asksOf(pageType: string, gfp: string): number {
  if (pageType === 'Movable' || pageType === 'CMA') return ASKS_MOVABLE
  if (pageType !== '') return ASKS_OTHER
  const mask = Number.parseInt(gfp, 16)
  if (Number.isNaN(mask)) return ASKS_UNKNOWN
  return (mask & GFP_MOVABLE) === 0 ? ASKS_OTHER : ASKS_MOVABLE
}

interface Range {
  readonly startPfn: number
  readonly endPfn: number
  readonly place: 'cma' | 'movable'
  readonly name: string
}

/** CMA areas and ZONE_MOVABLE, where files tell them. */
const rangesOf = oncePer((trace: Trace): readonly Range[] => [
  ...(trace.machine.cmaAreas ?? []).map(({ startPfn, endPfn, name }) => ({
    startPfn,
    endPfn,
    place: 'cma' as const,
    name,
  })),
  ...trace.notes.flatMap((note) =>
    note.kind === 'cma_reserved'
      ? [{ startPfn: note.startPfn, endPfn: note.endPfn, place: 'cma' as const, name: '' }]
      : [],
  ),
  ...trace.machine.zones
    .filter(({ name }) => name === 'Movable')
    .map(({ startPfn, endPfn, name }) => ({ startPfn, endPfn, place: 'movable' as const, name })),
])

function rangeOf(trace: Trace, row: number): Range | undefined {
  const { owners } = trace
  const pfn = owners.pfn[row]
  return rangesOf(trace).find(({ startPfn, endPfn }) => startPfn <= pfn && pfn < endPfn)
}

/** Allocated before page_owner began: its mask 0x0() is made up (mm/page_owner.c init_pages_in_zone()). */
function isStandIn(trace: Trace, row: number): boolean {
  const { owners, strings } = trace
  const mask = strings.text(owners.shapes.gfp[owners.shape[row]])
  return Number.parseInt(mask, 16) === 0 && notRecorded(trace, owners.stack[row]) !== ''
}

function isAreaOwn(trace: Trace, stack: StackId): boolean {
  if (stack < 0) return false
  const judged = areaStacksOf(trace)
  if (judged[stack] === 0) judged[stack] = hasAreaFrame(trace, stack) ? 2 : 1
  return judged[stack] === 2
}

/** By stack: 0 not looked at, 1 no, 2 yes. */
const areaStacksOf = oncePer((trace: Trace) => new Uint8Array(trace.stacks.length))

function hasAreaFrame({ stacks, frames, strings }: Trace, stack: StackId): boolean {
  const own = framesOf(stacks, stack)
  for (let at = 0; at < own.length; at++) {
    if (AREA_FRAMES.test(bareSymbol(strings.text(frames.symbol[own[at]])))) return true
  }
  return false
}
