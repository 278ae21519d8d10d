import { type HeatMode } from '../../queries/map/map-heat.ts'
import { type MapMode } from '../../queries/map/map-modes.ts'
import { flag, oneOf, pfnSpans } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What the memory map can show, and what PFN × time can count, as links write them; the first is the usual one. */
export const MAP_MODE_IDS = [
  'blocked',
  'holds',
  'excess',
  'migratetype',
  'order',
  'age',
  'events',
] as const satisfies readonly MapMode[]
export const HEAT_MODE_IDS = ['events', 'holds', 'excess'] as const satisfies readonly HeatMode[]

/** What the memory map keeps in the link beside what all screens share. Of spans the first counts. */
export const MAP_LINK = {
  mapMode: entry('mapby', oneOf(MAP_MODE_IDS)),
  /** Holds are those at the selected failure, not those that are open as the trace ends. */
  isHeldAtFailure: entry('heldat', flag),
  /** Pages in sight; all of memory when absent. */
  mapWindow: entry('mapat', pfnSpans),
  /** The cell, block or page that is selected. */
  mapCell: entry('mapcell', pfnSpans),
  /** Pages of PFN × time; those of the selected failure, of the first, or of the first CMA area when absent. */
  mapRange: entry('maprange', pfnSpans),
  heatMode: entry('heat', oneOf(HEAT_MODE_IDS)),
  /** PFN × time is folded away. */
  isHeatOff: entry('noheat', flag),
} as const satisfies LinkTable
