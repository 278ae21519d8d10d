import { type MapMode } from './map-modes.ts'
import { type MapUnit } from './map-unit.ts'

/** Placements of pages that lie where they should, or of whose block no type is told. */
const IN_PLACE: readonly MapUnit['placement'][] = ['none', 'alike', 'isolated']

/**
 * True where a stretch of memory has more to say than that its pages are allocated where they should be: a page of it
 * blocked a range or has an excess, a reference is held that migration does not expect, a page lies in a block of another
 * type, an event names one; or it has what the map is sorted by.
 */
export function tellsOf(unit: Omit<MapUnit, 'facts'>, by: MapMode | undefined): boolean {
  if (unit.blocked > 0 || unit.excess > 0 || unit.openHolds > 0 || unit.events > 0) return true
  if (!IN_PLACE.includes(unit.placement)) return true
  return by === 'order' ? unit.mostOrder > 0 : by === 'age' && unit.oldestAgeNs >= 0
}
