import { rowsOf } from '../../base/group-index.ts'
import { type Derived } from '../../derive/derived.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import { migratetypeName } from '../../derive/migratetype-names.ts'
import { type EventRow, type LineId, NONE, type StringId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { type PlaceAnswer } from '../wire.ts'
import { knownMemory, knownPages } from './known-pages.ts'
import { blockerAtLeast, blockersOf, eventsBefore, excessOf, isHeldUnexpected } from './map-counts.ts'
import { MAP_PLACEMENTS, type MapPlacement } from './map-modes.ts'
import { ageOf, firstOwnerOver, type OwnerMap, ownerMapOf } from './owner-map.ts'
import { unitWords } from './unit-words.ts'
import { pagesInRuns, touchesRuns } from './pfn-runs.ts'

/** What the files tell of `[startPfn, endPfn)`: a pageblock, a page, or what a cell of the map covers. */
export interface MapUnit {
  readonly startPfn: number
  readonly endPfn: number
  /** `unknown`: no file knows of it; `memory`: it is there, nothing is told of its pages. */
  readonly known: 'unknown' | 'memory' | 'pages'
  /** Pages that a file tells of. */
  readonly knownPages: number
  readonly events: number
  /** Pages that events name. */
  readonly eventPages: number
  /** Allocations of page_owner that reach into it, and the pages of it that they cover. */
  readonly allocations: number
  readonly allocatedPages: number
  /** Pages by the migratetype that their allocation asked for, most first. */
  readonly pageTypes: readonly NamedPages[]
  /** Migratetypes of its blocks as page_owner names them; else as the last event of one of its pages prints it. */
  readonly blockTypes: readonly string[]
  readonly blockTypeSource: 'page_owner' | 'events' | 'none'
  /** The gravest placement, with the pages that stand so. */
  readonly placement: MapPlacement
  readonly placementPages: number
  /** -1 when no allocation is told. */
  readonly mostOrder: number
  /** Age of the oldest allocation against the newest in the dumps, ns; -1 when not told. */
  readonly oldestAgeNs: number
  /** Open holds that migration does not expect, by class, most first. */
  readonly openHolds: number
  readonly holders: readonly { readonly class: ReferenceClassId; readonly holds: number }[]
  /** Times that a page of it blocked a range, and the pages that did. */
  readonly blocked: number
  readonly blockingPfns: readonly number[]
  /** The greatest excess of them; -1 when not told. */
  readonly excess: number
  /** Ids of failed ranges that reach into it. */
  readonly failedRanges: number
  /** A line that tells of each, the first of its kind: allocation, worst placement, get of an open hold, event. */
  readonly places: readonly { readonly what: string; readonly place: PlaceAnswer }[]
  /** All of it in words, see `unitWords`. */
  readonly facts: readonly string[]
}

interface NamedPages {
  readonly name: string
  readonly pages: number
}

/** Blocking pages named of one unit, and those judged for their excess. */
const MOST_BLOCKING = 16

/** Everything that the map shows of a stretch of memory. O(records and pages with events in it). */
export function mapUnit(trace: Trace, derived: Derived, startPfn: number, endPfn: number): MapUnit {
  const allocated = allocationsIn(trace, startPfn, endPfn)
  const told = holdsIn(trace, derived, startPfn, endPfn)
  const blocking = blockingIn(trace, derived, startPfn, endPfn)
  const known = knownPages(trace)
  const block = allocated.blockTypes.length > 0 ? allocated.blockTypes : told.blockTypes
  const pages = pagesInRuns(known, startPfn, endPfn)
  const unit: Omit<MapUnit, 'facts'> = {
    startPfn,
    endPfn,
    known: pages > 0 ? 'pages' : touchesRuns(knownMemory(trace), startPfn, endPfn) ? 'memory' : 'unknown',
    knownPages: pages,
    ...allocated.counts,
    blockTypes: block,
    blockTypeSource: allocated.blockTypes.length > 0 ? 'page_owner' : block.length > 0 ? 'events' : 'none',
    ...told.counts,
    ...blocking,
    failedRanges: derived.ranges.filter((range) => range.startPfn < endPfn && range.endPfn > startPfn).length,
    places: [...allocated.places, ...told.places],
  }
  return { ...unit, facts: unitWords(unit) }
}

function allocationsIn(trace: Trace, startPfn: number, endPfn: number) {
  const map = ownerMapOf(trace)
  const types = new Map<StringId, number>()
  const blocks = new Set<string>()
  const placed = new Float64Array(MAP_PLACEMENTS.length)
  let [allocations, allocatedPages, mostOrder, oldestAgeNs, worst] = [0, 0, -1, -1, 0]
  let worstAt = -1
  const first = firstOwnerOver(map, startPfn)
  for (let at = first; at < map.length && map.start[at] < endPfn; at++) {
    const shape = trace.owners.shape[map.row[at]]
    const pages = Math.min(map.end[at], endPfn) - Math.max(map.start[at], startPfn)
    allocations++
    allocatedPages += pages
    const type = trace.owners.shapes.pageType[shape]
    types.set(type, (types.get(type) ?? 0) + pages)
    const block = trace.strings.text(trace.owners.shapes.blockType[shape])
    if (block !== '') blocks.add(block)
    placed[map.placement[at]] += pages
    if (map.placement[at] > worst) [worst, worstAt] = [map.placement[at], at]
    mostOrder = Math.max(mostOrder, map.order[at])
    oldestAgeNs = Math.max(oldestAgeNs, ageOf(map, at))
  }
  const isGrave = MAP_PLACEMENTS[worst] !== 'none' && MAP_PLACEMENTS[worst] !== 'alike'
  return {
    counts: {
      allocations,
      allocatedPages,
      pageTypes: [...types]
        .map(([id, pages]) => ({ name: trace.strings.text(id) || 'not told', pages }))
        .sort((a, b) => b.pages - a.pages || (a.name < b.name ? -1 : 1)),
      placement: MAP_PLACEMENTS[worst],
      placementPages: worst === 0 ? 0 : placed[worst],
      mostOrder,
      oldestAgeNs,
    },
    blockTypes: [...blocks],
    places: [
      ...(allocations > 0 ? [{ what: 'first allocation', place: ownerPlace(trace, map, first) }] : []),
      ...(isGrave && worstAt !== first
        ? [{ what: 'misplaced allocation', place: ownerPlace(trace, map, worstAt) }]
        : []),
    ],
  }
}

function ownerPlace(trace: Trace, map: OwnerMap, at: number): PlaceAnswer {
  return placeOf(trace, trace.owners.line[map.row[at]])
}

function holdsIn(trace: Trace, derived: Derived, startPfn: number, endPfn: number) {
  const { pages } = trace
  const { holds } = derived
  const before = eventsBefore(trace)
  const [first, end] = [pages.positionAtLeast(startPfn), pages.positionAtLeast(endPfn)]
  const classes = new Map<number, number>()
  const blockTypes = new Set<string>()
  let openHolds = 0
  let [getLine, eventLine] = [NONE as LineId, NONE as LineId]
  for (let at = first; at < end; at++) {
    const page = pages.byPfn[at]
    const own = rowsOf(holds.byPage, page)
    for (let position = 0; position < own.length; position++) {
      const hold = own[position]
      if (!isHeldUnexpected(holds, hold, 'end')) continue
      openHolds++
      classes.set(holds.class[hold], (classes.get(holds.class[hold]) ?? 0) + 1)
      if (getLine < 0 && holds.getRow[hold] >= 0) getLine = trace.events.line[holds.getRow[hold]]
    }
    const rows = rowsOf(trace.indexes.byPage, page)
    if (rows.length > 0 && eventLine < 0) eventLine = trace.events.line[rows[0]]
    const mt = lastMigratetype(trace, rows)
    if (mt >= 0) blockTypes.add(migratetypeName(trace, mt) || `mt ${mt}`)
  }
  const holders = [...classes]
    .map(([index, count]) => ({ class: REFERENCE_CLASSES[index].id, holds: count }))
    .sort((a, b) => b.holds - a.holds)
  return {
    counts: { events: before[end] - before[first], eventPages: end - first, openHolds, holders },
    blockTypes: [...blockTypes],
    places: [
      ...(getLine < 0 ? [] : [{ what: 'get of an open hold', place: placeOf(trace, getLine) }]),
      ...(eventLine < 0 ? [] : [{ what: 'first event', place: placeOf(trace, eventLine) }]),
    ],
  }
}

/** Looked back this far: events without `mt=` are few between those with it. */
const LOOKED_BACK = 16

function lastMigratetype(
  { events, shapes }: Trace,
  rows: { readonly length: number; readonly [at: number]: EventRow },
) {
  for (let at = rows.length - 1; at >= 0 && at >= rows.length - LOOKED_BACK; at--) {
    const mt = shapes.mt[events.shape[rows[at]]]
    if (mt >= 0) return mt
  }
  return NONE
}

function blockingIn(trace: Trace, derived: Derived, startPfn: number, endPfn: number) {
  const blockers = blockersOf(derived)
  const [first, end] = [blockerAtLeast(blockers, startPfn), blockerAtLeast(blockers, endPfn)]
  const pfns = new Set<number>()
  let excess = -1
  for (let at = first; at < end; at++) {
    if (pfns.size < MOST_BLOCKING) pfns.add(blockers[at].pfn)
    if (at - first < MOST_BLOCKING) excess = Math.max(excess, excessOf(trace, derived, blockers[at]) ?? -1)
  }
  return { blocked: end - first, blockingPfns: [...pfns], excess }
}
