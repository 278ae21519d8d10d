import { type Column } from '../base/column.ts'
import { type Extremes, extremesOf, unionsOf } from '../base/extremes.ts'
import { isRefusedFreeze } from '../derive/attribution/refused-freeze.ts'
import { LAYER_COUNT, splitCounts } from '../derive/counts/class-layers.ts'
import { type CountColumns, countColumnsOf } from '../derive/counts/count-columns.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { layersPresent } from './timeline-layers.ts'

/**
 * The reference events of one page as columns, with what finds the extremes and the exceptions of any stretch of them:
 * made once for a page, so that each window of its timeline costs what it shows and not what it spans.
 */
export interface TimelineSeries extends CountColumns {
  /** `NOT_KNOWN` where nothing tells. */
  readonly expected: Column<number>
  readonly excess: Column<number>
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
  const counts = countColumnsOf(trace, page)
  const made = splitCounts(trace, derived, page, counts)
  const layers = layersPresent(made)
  const { length } = counts
  const units = new Int32Array(length * layers.length)
  const masks = new Int32Array(length)
  for (let at = 0; at < length; at++) {
    let mask = 0
    for (let place = 0; place < layers.length; place++) {
      const own = made.units[at * LAYER_COUNT + layers[place]]
      units[at * layers.length + place] = own
      if (own !== 0) mask |= 1 << place
    }
    masks[at] = mask
  }
  return {
    ...counts,
    expected: made.expected,
    excess: made.excess,
    layers,
    units,
    layersIn: unionsOf(masks),
    countExtremes: extremesOf(counts.count),
    excessExtremes: extremesOf(made.excess),
    gaps: positionsOf(length, (at) => counts.gapKind[at] !== 0),
    refusals: positionsOf(length, (at) => isRefusedFreeze(trace, counts.row[at] as EventRow)), // a row of the page
  }
}

function positionsOf(length: number, isOne: (at: number) => boolean): Int32Array {
  const found: number[] = []
  for (let at = 0; at < length; at++) if (isOne(at)) found.push(at)
  return Int32Array.from(found)
}
