import { oncePer } from '../../base/once-per.ts'
import { type Trace } from '../../model/trace.ts'
import { type EventRow } from '../../model/ids.ts'
import { hasPageFlag } from '../page-flag-names.ts'
import { printsRawMapcount } from './raw-mapcount.ts'

/** Below this the field is a page type, not a number of mappings (include/linux/page-flags.h PGTY_*; -128 = buddy before 6.10). */
const LOWEST_MAPCOUNT = -1

/**
 * Mappings of the page at an event (0 = unmapped); undefined for typed pages (slab, buddy, …) whose field is no count.
 * For a large folio the raw `_mapcount` of the head says nothing of PMD mappings, so -1 there means "not known".
 */
export function mappingsOf(trace: Trace, row: EventRow): number | undefined {
  const mappings = mappingsByShape(trace)[trace.events.shape[row]]
  return mappings === NOT_TOLD ? undefined : mappings
}

/** Where the field is no count. */
export const NOT_TOLD = -1

/** Mappings by shape, NOT_TOLD where the field is no count; for who asks at every event. O(shapes), once. */
export const mappingsByShape: (trace: Trace) => Int32Array = oncePer((trace: Trace) =>
  Int32Array.from({ length: trace.shapes.length }, (_, shape) => mappingsOfShape(trace, shape) ?? NOT_TOLD),
)

function mappingsOfShape(trace: Trace, shape: number): number | undefined {
  const printed = trace.shapes.mapcount[shape]
  if (printed < LOWEST_MAPCOUNT) return undefined
  if (!printsRawMapcount(trace)) return printed
  if (printed === -1 && isLargeFolio(trace, shape)) return undefined
  return printed + 1
}

function isLargeFolio(trace: Trace, shape: number): boolean {
  return hasPageFlag(trace, trace.strings.text(trace.shapes.flags[shape]), 'head') === true
}

/** True when a `|`-joined list of page flags has a name. Hex flags have none. */
export function hasFlag(flags: string, name: string): boolean {
  return flags === name || flags.startsWith(`${name}|`) || flags.endsWith(`|${name}`) || flags.includes(`|${name}|`)
}
