import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { type MapMode } from '../../queries/map/map-modes.ts'
import { findMapSpace, type MapSpaceAnswer } from '../../queries/map/map-space.ts'
import { type MapUnit } from '../../queries/map/map-unit.ts'
import { findMapUnits } from '../../queries/map/map-units.ts'
import { tellsOf } from '../../queries/map/told-unit.ts'

/** What a memory map in text is asked for. */
export interface MapReportQuestion {
  /** All of memory when absent. */
  readonly range?: PfnSpan
  /** Sorted by it, the greatest first; by PFN when absent. */
  readonly by?: MapMode
  /** Pageblocks of which only an allocation in its place is told, too; pages of a small range are all told. */
  readonly isWhole?: boolean
}

/** The memory map as rows. */
export interface MapReport {
  readonly space: MapSpaceAnswer
  readonly range?: PfnSpan
  readonly by?: MapMode
  /** Pages of a row: 1, or those of a pageblock. */
  readonly unitPages: number
  readonly rows: readonly MapUnit[]
  /** Pageblocks that files tell of, and that are not among the rows: see `tellsOf`. */
  readonly leftOff: number
}

/** Pages up to which a range is told page by page. */
const SMALL_RANGE = 2048

/** A row for each pageblock of which there is something to tell, or for each page where the range is small. O(units). */
export function gatherMap(trace: Trace, derived: Derived, question: MapReportQuestion): MapReport {
  const { range, by, isWhole } = question
  const space = findMapSpace(trace, derived)
  const spans = range === undefined ? space.spans : [range]
  const isSmall = range !== undefined && range.endPfn - range.startPfn <= SMALL_RANGE
  const unitPages = isSmall ? 1 : 2 ** space.blockOrder
  const all = findMapUnits(trace, derived, {
    spans,
    unitPages,
    mode: by ?? 'blocked',
    sort: by === undefined ? 'pfn' : 'value',
    thresholdNs: derived.thresholdNs,
    offset: 0,
    limit: Number.MAX_SAFE_INTEGER,
  }).rows
  const rows = isSmall || isWhole ? all : all.filter((unit) => tellsOf(unit, by))
  return {
    space,
    ...(range === undefined ? {} : { range }),
    ...(by === undefined ? {} : { by }),
    unitPages,
    rows,
    leftOff: all.length - rows.length,
  }
}
