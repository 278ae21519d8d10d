import { type Column } from '../base/column.ts'
import { rowsOf } from '../base/group-index.ts'
import { type Extremes, extremesOf, unionsOf } from '../base/extremes.ts'
import { isRefusedFreeze } from '../derive/attribution/refused-freeze.ts'
import { LAYER_COUNT, splitCounts } from '../derive/counts/class-layers.ts'
import { type CountColumns, countColumnsOf } from '../derive/counts/count-columns.ts'
import { type Derived } from '../derive/derived.ts'
import { type LifetimeTable } from '../derive/counts/lifetime-table.ts'
import { type EventRow, type PageId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { layersPresent } from './timeline-layers.ts'

/** The counts of one page after each of its reference events, with what finds the extremes and the exceptions of any stretch. */
export interface CountSeries extends CountColumns {
  readonly countExtremes: Extremes
  /** Positions of contradictions, and of freezes that the kernel refused. */
  readonly gaps: Int32Array
  readonly refusals: Int32Array
}

/**
 * The same with what each count is made of and how migration would judge it: made once for a page, so that each window of
 * its timeline costs what it shows and not what it spans.
 */
export interface TimelineSeries extends CountSeries {
  /** `NOT_KNOWN` where nothing tells. */
  readonly expected: Column<number>
  readonly excess: Column<number>
  /** Layers that any event has references in, as they are stacked; `units` has one cell for each, event by event. */
  readonly layers: readonly number[]
  readonly units: Int32Array
  /** Layers with references in a stretch: a bit for each position in `layers`. */
  readonly layersIn: (start: number, end: number) => number
  readonly excessExtremes: Extremes
}

/** Series kept: a person compares up to eight pages, and goes back and forth. */
const MOST_SERIES = 12
/** Events of all series kept: about 60 bytes each. */
const MOST_EVENTS = 4_000_000

/** What a series was made by, besides the lifetimes. */
interface KeptSeries {
  readonly series: TimelineSeries
  readonly rules: Derived['rules']
  /** Of the page: one whose holds are paired later is made anew. */
  readonly holds: number
}

/** By lifetimes: they stay when the holds of more pages are paired, which say the same of this one. */
const kept = new WeakMap<LifetimeTable, Map<PageId, KeptSeries>>()

/** The series of a page. O(events and holds of the page) when first asked, free while it is among the last few pages. */
export function timelineSeriesOf(trace: Trace, derived: Derived, page: PageId): TimelineSeries {
  const { lifetimes, rules } = derived
  const ofPages = kept.get(lifetimes) ?? new Map<PageId, KeptSeries>()
  kept.set(lifetimes, ofPages)
  const known = ofPages.get(page)
  const holds = rowsOf(derived.holds.byPage, page).length
  const isSame = known?.rules === rules && known.holds === holds
  const series = isSame ? known.series : buildSeries(trace, derived, page)
  ofPages.delete(page)
  ofPages.set(page, { series, rules, holds }) // used last
  forgetOldest(ofPages)
  return series
}

/** By trace: a page's counts are the same whatever its holds are. */
const keptCounts = new WeakMap<Trace, Map<PageId, CountSeries>>()

/** The counts of a page alone. O(events of the page) when first asked, an eighth of what it takes to tell what they are made of. */
export function countSeriesOf(trace: Trace, page: PageId): CountSeries {
  const ofPages = keptCounts.get(trace) ?? new Map<PageId, CountSeries>()
  keptCounts.set(trace, ofPages)
  const series = ofPages.get(page) ?? buildCounts(trace, page)
  ofPages.delete(page)
  ofPages.set(page, series) // used last
  let events = 0
  for (const { length } of ofPages.values()) events += length
  for (const [oldest, { length }] of ofPages) {
    if (ofPages.size <= 1 || (ofPages.size <= MOST_SERIES && events <= MOST_EVENTS)) break
    ofPages.delete(oldest)
    events -= length
  }
  return series
}

function buildCounts(trace: Trace, page: PageId): CountSeries {
  const counts = countColumnsOf(trace, page)
  const { length } = counts
  return {
    ...counts,
    countExtremes: extremesOf(counts.count),
    gaps: positionsOf(length, (at) => counts.gapKind[at] !== 0),
    refusals: positionsOf(length, (at) => isRefusedFreeze(trace, counts.row[at] as EventRow)), // a row of the page
  }
}

function forgetOldest(ofPages: Map<PageId, KeptSeries>): void {
  let events = 0
  for (const { series } of ofPages.values()) events += series.length
  for (const [page, { series }] of ofPages) {
    if (ofPages.size <= 1 || (ofPages.size <= MOST_SERIES && events <= MOST_EVENTS)) return
    ofPages.delete(page)
    events -= series.length
  }
}

function buildSeries(trace: Trace, derived: Derived, page: PageId): TimelineSeries {
  const counts = countSeriesOf(trace, page)
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
    excessExtremes: extremesOf(made.excess),
  }
}

function positionsOf(length: number, isOne: (at: number) => boolean): Int32Array {
  const found: number[] = []
  for (let at = 0; at < length; at++) if (isOne(at)) found.push(at)
  return Int32Array.from(found)
}
