import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapSpaceAnswer } from '../../../queries/map/map-space.ts'
import { CLASS_STYLES, type ReferenceClassId } from '../../theme/class-style.ts'
import { type MapLayout, spansInSight } from '../../widgets/pfn-map-layout.ts'
import { type OutlinedSpan } from '../../widgets/pfn-map-paint.ts'

/** Cells that a memory block must be across to be outlined. */
const LEAST_CELLS = 16
const MOST_BLOCKS = 256

/** What is drawn around on a map: zones, CMA areas, memory blocks that are large enough to see, failed ranges on top. */
export function outlinesOf(space: MapSpaceAnswer, layout: MapLayout): readonly OutlinedSpan[] {
  const told = space.outlines.map((outline) => ({ ...outline }))
  return [
    ...told.filter(({ kind }) => kind === 'zone'),
    ...memoryBlocks(space, layout),
    ...told.filter(({ kind }) => kind === 'cma'),
    ...distinct(told.filter(({ kind }) => kind === 'failed')),
  ]
}

/** A range that failed several times is drawn once, and says how often. */
function distinct(outlines: readonly OutlinedSpan[]): readonly OutlinedSpan[] {
  const byLabel = new Map<string, { readonly outline: OutlinedSpan; times: number }>()
  for (const outline of outlines) {
    const known = byLabel.get(outline.label)
    if (known) known.times++
    else byLabel.set(outline.label, { outline, times: 1 })
  }
  return [...byLabel.values()].map(({ outline, times }) =>
    times === 1 ? outline : { ...outline, label: `${outline.label}, ${times} times` },
  )
}

function memoryBlocks({ memoryBlockPages: pages }: MapSpaceAnswer, layout: MapLayout): readonly OutlinedSpan[] {
  if (pages === undefined || pages / layout.grid.cellPages < LEAST_CELLS) return []
  const found: OutlinedSpan[] = []
  for (const { startPfn, endPfn } of spansInSight(layout)) {
    for (let start = startPfn - (startPfn % pages); start < endPfn && found.length < MOST_BLOCKS; start += pages)
      found.push({ kind: 'memory_block', startPfn: start, endPfn: start + pages, label: `memory${start / pages}` })
  }
  return found
}

/** Labels of what a cell lies in. */
export function labelsAround(outlines: readonly OutlinedSpan[], cell: PfnSpan | undefined): readonly string[] {
  if (cell === undefined) return []
  return outlines
    .filter(({ startPfn, endPfn }) => startPfn < cell.endPfn && endPfn > cell.startPfn)
    .map(({ label }) => label)
    .slice(0, 8)
}

/** Marks of holders by 1 + class. */
export function holderMarks(
  classes: readonly ReferenceClassId[],
): readonly { readonly glyph: string; readonly color: string }[] {
  return [
    { glyph: '', color: '' },
    ...classes.map((id) => ({ glyph: CLASS_STYLES[id].glyph, color: CLASS_STYLES[id].color })),
  ]
}
