import { counted } from '../../base/counted.ts'
import { formatDuration } from '../../base/clock.ts'
import { formatPfn } from '../../base/pfn.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type MapPlacement } from './map-modes.ts'
import { type MapUnit } from './map-unit.ts'

/** What a stretch of memory is, said: one fact each, short, without what is not told. */
export function unitWords(unit: Omit<MapUnit, 'facts'>): readonly string[] {
  if (unit.known === 'unknown') return ['no file knows of this memory']
  if (unit.known === 'memory') return ['the memory is there; no file tells of its pages']
  return [...allocationWords(unit), ...blockingWords(unit), ...holdWords(unit)]
}

/** The gravest way in which pages stand in their pageblock; empty where there is nothing to say. */
const PLACEMENT_WORDS: Readonly<Record<MapPlacement, string>> = {
  none: '',
  alike: '',
  isolated: 'in an isolated block',
  other: 'of another type than the block',
  movable_elsewhere: 'movable outside movable blocks',
  reclaimable_in_movable: 'reclaimable in a movable block',
  unmovable_in_movable: 'unmovable in a movable block',
  unmovable_in_cma: 'not movable in a CMA block',
}

function allocationWords(unit: Omit<MapUnit, 'facts'>): readonly string[] {
  const pages = unit.endPfn - unit.startPfn
  const types = unit.pageTypes.map(({ name, pages: own }) => (pages === 1 ? name : `${name} ${own}`)).join(', ')
  const source = unit.blockTypeSource === 'events' ? ' by mt= of events' : ''
  const block = unit.blockTypes.length === 0 ? 'block type not told' : `block ${unit.blockTypes.join(', ')}${source}`
  if (unit.allocations === 0) return [block, 'no page_owner record']
  const placed = PLACEMENT_WORDS[unit.placement]
  return [
    block,
    pages === 1 ? `allocated as ${types}` : `allocated ${unit.allocatedPages} of ${pages}: ${types}`,
    ...(placed === '' ? [] : [pages === 1 ? placed : `${unit.placementPages} ${placed}`]),
    `order ${pages > 1 ? 'up to ' : ''}${unit.mostOrder}`,
    ...(unit.oldestAgeNs < 0 ? [] : [`${pages > 1 ? 'oldest' : 'age'} ${formatDuration(unit.oldestAgeNs)}`]),
  ]
}

function blockingWords({ blocked, blockingPfns, excess, failedRanges }: Omit<MapUnit, 'facts'>): readonly string[] {
  const pfns = blockingPfns.map(formatPfn).join(' ')
  return [
    ...(failedRanges === 0 ? [] : [`in ${counted(failedRanges, 'failed range')}`]),
    ...(blocked === 0 ? [] : [`blocked ${counted(blocked, 'time')}: ${pfns}`]),
    ...(excess < 0 ? [] : [`excess ${excess}`]),
  ]
}

function holdWords({ events, eventPages, openHolds, holders }: Omit<MapUnit, 'facts'>): readonly string[] {
  if (eventPages === 0) return ['no events']
  const classes = holders.map(({ class: id, holds }) => `${labelOf(id)} ${holds}`).join(', ')
  return [
    `open holds ${openHolds}${openHolds === 0 ? '' : `: ${classes}`}`,
    `${counted(events, 'event')} on ${counted(eventPages, 'page')}`,
  ]
}

function labelOf(id: MapUnit['holders'][number]['class']): string {
  return REFERENCE_CLASSES.find((entry) => entry.id === id)?.label ?? id
}
