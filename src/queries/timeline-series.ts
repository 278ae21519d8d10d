import { type Extremes, extremesOf, unionsOf } from '../base/extremes.ts'
import { classLayersOf, LAYER_COUNT } from '../derive/counts/class-layers.ts'
import { type CountPoint } from '../derive/counts/count-point.ts'
import { countPointsOf } from '../derive/counts/count-points.ts'
import { type Derived } from '../derive/derived.ts'
import { isRefused } from '../derive/operation.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { FREEZE } from '../model/event-kind.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { layersPresent } from './timeline-layers.ts'

/**
 * The reference events of one page as columns, with what finds the extremes and the exceptions of any stretch of them:
 * made once for a page, so that each window of its timeline costs what it shows and not what it spans.
 */
export interface TimelineSeries {
  readonly length: number
  readonly row: Int32Array
  readonly time: Float64Array
  readonly count: Int32Array
  readonly isExact: Uint8Array
  /** `NO_MAPCOUNT` where it is not known. */
  readonly mapcount: Int32Array
  /** Contradiction to the event before, in references, and its kind: a position in `GAP_KINDS`. */
  readonly gap: Int32Array
  readonly gapKind: Uint8Array
  /** `NOT_KNOWN` where nothing tells. */
  readonly expected: Int32Array
  readonly excess: Int32Array
  /** Layers that any event has references in, as they are stacked; `units` has one cell for each, event by event. */
  readonly layers: readonly number[]
  readonly units: Int32Array
  /** Layers with references in a stretch: a bit for each position in `layers`. */
  readonly layersIn: (start: number, end: number) => number
  readonly countExtremes: Extremes
  readonly excessExtremes: Extremes
  /** Positions of contradictions, and of freezes that the kernel refused. */
  readonly gaps: Int32Array
  readonly refusals: Int32Array
}

export const GAP_KINDS = ['none', 'race', 'missing'] as const
export const NO_MAPCOUNT = -0x8000_0000

/** Series kept: a person goes back and forth between a few pages. */
const MOST_SERIES = 4
/** Events of all series kept: about 60 bytes each. */
const MOST_EVENTS = 4_000_000

const kept = new WeakMap<HoldTable, Map<PageId, TimelineSeries>>()

/** The series of a page. O(events and holds of the page) when first asked, free while it is among the last few pages. */
export function timelineSeriesOf(trace: Trace, derived: Derived, page: PageId): TimelineSeries {
  const ofHolds = kept.get(derived.holds) ?? new Map<PageId, TimelineSeries>()
  kept.set(derived.holds, ofHolds)
  const series = ofHolds.get(page) ?? buildSeries(trace, derived, page)
  ofHolds.delete(page)
  ofHolds.set(page, series) // used last
  forgetOldest(ofHolds)
  return series
}

function forgetOldest(series: Map<PageId, TimelineSeries>): void {
  let events = 0
  for (const { length } of series.values()) events += length
  for (const [page, { length }] of series) {
    if (series.size <= 1 || (series.size <= MOST_SERIES && events <= MOST_EVENTS)) return
    series.delete(page)
    events -= length
  }
}

function buildSeries(trace: Trace, derived: Derived, page: PageId): TimelineSeries {
  const points = countPointsOf(trace, page)
  const made = classLayersOf(trace, derived, page)
  const layers = layersPresent(made)
  const units = new Int32Array(points.length * layers.length)
  const masks = new Int32Array(points.length)
  for (let at = 0; at < points.length; at++) {
    for (const [place, layer] of layers.entries()) {
      const own = made.units[at * LAYER_COUNT + layer]
      units[at * layers.length + place] = own
      if (own !== 0) masks[at] |= 1 << place
    }
  }
  const [count, excess] = [numbers(points, (point) => point.count), Int32Array.from(made.excess)]
  return {
    length: points.length,
    row: numbers(points, (point) => point.row),
    time: Float64Array.from(made.time),
    count,
    isExact: Uint8Array.from(points, (point) => Number(point.isExact)),
    mapcount: numbers(points, (point) => point.mapcount ?? NO_MAPCOUNT),
    gap: numbers(points, (point) => point.gap),
    gapKind: Uint8Array.from(points, (point) => GAP_KINDS.indexOf(point.gapKind)),
    expected: Int32Array.from(made.expected),
    excess,
    layers,
    units,
    layersIn: unionsOf(masks),
    countExtremes: extremesOf(count),
    excessExtremes: extremesOf(excess),
    gaps: positionsOf(points, (point) => point.gapKind !== 'none'),
    refusals: positionsOf(points, (point) => isRefusedFreeze(trace, point.row)),
  }
}

function isRefusedFreeze(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === FREEZE && isRefused(trace, row)
}

function numbers(points: readonly CountPoint[], of: (point: CountPoint) => number): Int32Array {
  const values = new Int32Array(points.length)
  for (let at = 0; at < values.length; at++) values[at] = of(points[at])
  return values
}

function positionsOf(points: readonly CountPoint[], isOne: (point: CountPoint) => boolean): Int32Array {
  const found: number[] = []
  for (let at = 0; at < points.length; at++) if (isOne(points[at])) found.push(at)
  return Int32Array.from(found)
}
