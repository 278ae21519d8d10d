/**
 * What the memory map shows of each cell. `blocked`: failed ranges that its pages blocked; `holds`: references that
 * migration does not expect and that no traced put let go; `excess`: references above what migration expected, at the
 * failures; `migratetype`: what was allocated against what the pageblock is for; `order`: of the largest allocation;
 * `age`: of the oldest allocation; `events`: traced events.
 */
export const MAP_MODES = ['blocked', 'holds', 'excess', 'migratetype', 'order', 'age', 'events'] as const
export type MapMode = (typeof MAP_MODES)[number]

/**
 * How an allocation stands to its pageblock, the mildest first; a cell shows the gravest. Unmovable and reclaimable pages
 * in a block for movable ones fragment it (mm/page_alloc.c steal_suitable_fallback()), in one of CMA they have no place
 * (gfp_migratetype() lets only movable requests there). `isolated`: an attempt has the block, its own type is not told.
 */
export const MAP_PLACEMENTS = [
  'none',
  'alike',
  'isolated',
  'other',
  'movable_elsewhere',
  'reclaimable_in_movable',
  'unmovable_in_movable',
  'unmovable_in_cma',
] as const
export type MapPlacement = (typeof MAP_PLACEMENTS)[number]

/** Position of a placement, which is its value in a cell. */
export function placementCode(placement: MapPlacement): number {
  return MAP_PLACEMENTS.indexOf(placement)
}

/** How a page of type `pageType` stands in a block of type `blockType`, both by name, empty when not told. */
export function placementOf(pageType: string, blockType: string): MapPlacement {
  if (pageType === '' || blockType === '') return 'none'
  if (pageType === blockType) return 'alike'
  if (blockType === 'Isolate') return 'isolated'
  if (blockType === 'CMA') return pageType === 'Movable' ? 'alike' : 'unmovable_in_cma'
  if (blockType === 'Movable' && pageType === 'Unmovable') return 'unmovable_in_movable'
  if (blockType === 'Movable' && pageType === 'Reclaimable') return 'reclaimable_in_movable'
  return pageType === 'Movable' ? 'movable_elsewhere' : 'other'
}
