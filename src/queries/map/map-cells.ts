import { type PfnSpan } from '../../base/pfn-spans.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type Derived } from '../../derive/derived.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import { type Trace } from '../../model/trace.ts'
import { timeAnswer } from '../time-answer.ts'
import { type TimeAnswer } from '../wire.ts'
import { knownMemory, knownPages } from './known-pages.ts'
import {
  blockerAtLeast,
  blockersOf,
  eventsBefore,
  excessOf,
  type HeldAt,
  holdsBefore,
  isHeldUnexpected,
  type MapBlocker,
  MOST_TOLD,
} from './map-counts.ts'
import { type MapMode } from './map-modes.ts'
import { ageOf, firstOwnerOver, ownerMapOf } from './owner-map.ts'
import { type PfnRuns } from './pfn-runs.ts'

/** Cells of `cellPages` pages each, from the start of every span on; the last of a span may reach beyond its end. */
export interface MapCellsQuestion {
  /** Ascending, not empty. */
  readonly spans: readonly PfnSpan[]
  readonly cellPages: number
  readonly mode: MapMode
  readonly thresholdNs: number
  /** Id of a failed range: holds are those at its time, not those that are open as the trace ends. */
  readonly heldAt?: string
}

/** No file knows of these pages. */
export const CELL_UNKNOWN = 0
/** A file says that the memory is there, none tells of its pages. */
const CELL_MEMORY = 1
/** A file tells of a page of it. */
const CELL_KNOWN = 2

/** Answer to `mapCells`: one value a cell, span after span. */
export interface MapCellsAnswer {
  readonly mode: MapMode
  readonly cellPages: number
  /** What the cells are of: as asked, cut where there would be too many. */
  readonly spans: readonly PfnSpan[]
  /** CELL_UNKNOWN, CELL_MEMORY or CELL_KNOWN. */
  readonly known: readonly number[]
  /** In the mode's unit (`migratetype`: position in `MAP_PLACEMENTS`; `age`: ns); -1 where no file tells it. */
  readonly value: readonly number[]
  /** With `cellPages` 1: order of the allocation that covers the page, -1 when not told; else empty. */
  readonly order: readonly number[]
  /** With `cellPages` 1: 1 + class of the page's first hold that counts and migration does not expect, 0 for none; else empty. */
  readonly holder: readonly number[]
  /** Classes by what `holder` counts from 1 on. */
  readonly holderClasses: readonly ReferenceClassId[]
  /** The greatest value. */
  readonly most: number
  /** Blocking pages whose excess was not looked up, because there are too many in sight; mode `excess` only. */
  readonly untold: number
  /** Time of the failed range at which holds are counted; absent where they are those open as the trace ends. */
  readonly heldAt?: TimeAnswer
  /** Holds of some pages are still being paired. */
  readonly isPairing: boolean
}

/** Cells answered at most: more than any screen has. */
const MOST_CELLS = 400_000

/** The cells of some stretches of memory. O(cells · log pages + records in sight). */
export function findMapCells(
  trace: Trace,
  derived: Derived,
  question: MapCellsQuestion,
  isPairing = false,
): MapCellsAnswer {
  const { cellPages, mode } = question
  const spans = fitting(question)
  const heldAt = derived.findings.find(({ range }) => range.id === question.heldAt)?.range.time
  const cells = spans.reduce((sum, span) => sum + cellsOf(span, cellPages), 0)
  const isPages = cellPages === 1
  const into: Cells = {
    known: new Uint8Array(cells),
    value: new Float64Array(cells).fill(-1),
    order: new Int8Array(isPages ? cells : 0).fill(-1),
    holder: new Uint8Array(isPages ? cells : 0),
    untold: 0,
  }
  let offset = 0
  for (const span of spans) {
    const count = cellsOf(span, cellPages)
    const place: Place = { startPfn: span.startPfn, offset, count, cellPages }
    markRuns(into.known, knownMemory(trace), place, CELL_MEMORY)
    markRuns(into.known, knownPages(trace), place, CELL_KNOWN)
    fillMode(trace, derived, mode, into, place, heldAt ?? 'end')
    if (isPages) labelPages(trace, derived, into, place, heldAt ?? 'end')
    offset += count
  }
  let most = 0
  for (const value of into.value) if (value > most) most = value
  return {
    mode,
    cellPages,
    spans,
    known: [...into.known],
    value: [...into.value],
    order: [...into.order],
    holder: [...into.holder],
    holderClasses: isPages ? REFERENCE_CLASSES.map(({ id }) => id) : [],
    most,
    untold: into.untold,
    ...(heldAt === undefined ? {} : { heldAt: timeAnswer(trace, heldAt) }),
    isPairing,
  }
}

interface Cells {
  readonly known: Uint8Array
  readonly value: Float64Array
  readonly order: Int8Array
  readonly holder: Uint8Array
  untold: number
}

interface Place {
  readonly startPfn: number
  readonly offset: number
  readonly count: number
  readonly cellPages: number
}

function cellsOf({ startPfn, endPfn }: PfnSpan, cellPages: number): number {
  return Math.ceil((endPfn - startPfn) / cellPages)
}

function fitting({ spans, cellPages }: MapCellsQuestion): readonly PfnSpan[] {
  const fit: PfnSpan[] = []
  let left = MOST_CELLS
  for (const span of spans) {
    const cells = Math.min(left, cellsOf(span, cellPages))
    left -= cells
    if (cells > 0)
      fit.push({ startPfn: span.startPfn, endPfn: Math.min(span.endPfn, span.startPfn + cells * cellPages) })
  }
  return fit
}

/** Marks the cells that a run touches. */
function markRuns(known: Uint8Array, runs: PfnRuns, { startPfn, offset, count, cellPages }: Place, mark: number): void {
  const endPfn = startPfn + count * cellPages
  for (let at = firstRunOver(runs, startPfn); at < runs.length && runs.start[at] < endPfn; at++) {
    const first = Math.max(0, Math.floor((runs.start[at] - startPfn) / cellPages))
    const end = Math.min(count, Math.ceil((runs.end[at] - startPfn) / cellPages))
    known.fill(mark, offset + first, offset + end)
  }
}

function firstRunOver({ end, length }: PfnRuns, pfn: number): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (end[middle] <= pfn) low = middle + 1
    else high = middle
  }
  return low
}

function fillMode(trace: Trace, derived: Derived, mode: MapMode, into: Cells, place: Place, heldAt: HeldAt): void {
  switch (mode) {
    case 'blocked':
      return fillBlocked(into, place, blockersOf(derived))
    case 'excess':
      return fillExcess(trace, derived, into, place)
    case 'holds':
      return fillSums(trace, into, place, holdsBefore(trace, derived.holds, heldAt))
    case 'events':
      return fillSums(trace, into, place, eventsBefore(trace))
    default:
      return fillOwners(trace, mode, into, place)
  }
}

/** Nothing blocked is a fact of what is known alone. */
function fillBlocked({ known, value }: Cells, place: Place, blockers: readonly MapBlocker[]): void {
  for (let cell = place.offset; cell < place.offset + place.count; cell++)
    if (known[cell] === CELL_KNOWN) value[cell] = 0
  eachBlocker(blockers, place, (_, cell) => {
    value[cell] = Math.max(0, value[cell]) + 1
  })
}

function fillExcess(trace: Trace, derived: Derived, into: Cells, place: Place): void {
  const told = { left: MOST_TOLD }
  eachBlocker(blockersOf(derived), place, (blocker, cell) => {
    if (told.left-- <= 0) into.untold++
    else into.value[cell] = Math.max(into.value[cell], excessOf(trace, derived, blocker) ?? -1)
  })
}

function eachBlocker(
  blockers: readonly MapBlocker[],
  { startPfn, offset, count, cellPages }: Place,
  take: (blocker: MapBlocker, cell: number) => void,
): void {
  const endPfn = startPfn + count * cellPages
  for (let at = blockerAtLeast(blockers, startPfn); at < blockers.length && blockers[at].pfn < endPfn; at++)
    take(blockers[at], offset + Math.floor((blockers[at].pfn - startPfn) / cellPages))
}

/** Sums over pages that events name; a cell without such a page is told nothing of. */
function fillSums({ pages }: Trace, { value }: Cells, place: Place, before: Float64Array): void {
  const { startPfn, offset, count, cellPages } = place
  let first = pages.positionAtLeast(startPfn)
  for (let cell = 0; cell < count && first < pages.length; cell++) {
    const endPfn = startPfn + (cell + 1) * cellPages
    if (pages.pfn[pages.byPfn[first]] >= endPfn) continue
    const end = cellPages === 1 ? first + 1 : pages.positionAtLeast(endPfn)
    value[offset + cell] = before[end] - before[first]
    first = end
  }
}

/** The gravest placement, the greatest order, the greatest age of the allocations that reach into a cell. */
function fillOwners(trace: Trace, mode: MapMode, { value }: Cells, place: Place): void {
  const { startPfn, offset, count, cellPages } = place
  const map = ownerMapOf(trace)
  const endPfn = startPfn + count * cellPages
  const told = mode === 'order' ? map.order : map.placement
  // A placement of 0 is that none is told.
  const least = mode === 'order' ? 0 : 1
  for (let at = firstOwnerOver(map, startPfn); at < map.length && map.start[at] < endPfn; at++) {
    const own = mode === 'age' ? ageOf(map, at) : told[at] >= least ? told[at] : -1
    const first = Math.max(0, Math.floor((map.start[at] - startPfn) / cellPages))
    const end = Math.min(count, Math.ceil((map.end[at] - startPfn) / cellPages))
    for (let cell = offset + first; cell < offset + end; cell++) if (own > value[cell]) value[cell] = own
  }
}

function labelPages(trace: Trace, derived: Derived, { order, holder }: Cells, place: Place, heldAt: HeldAt): void {
  const { startPfn, offset, count } = place
  const map = ownerMapOf(trace)
  const endPfn = startPfn + count
  for (let at = firstOwnerOver(map, startPfn); at < map.length && map.start[at] < endPfn; at++)
    order.fill(
      map.order[at],
      offset + Math.max(0, map.start[at] - startPfn),
      offset + Math.min(count, map.end[at] - startPfn),
    )
  const { pages } = trace
  const { holds } = derived
  for (let at = pages.positionAtLeast(startPfn); at < pages.length; at++) {
    const page = pages.byPfn[at]
    if (pages.pfn[page] >= endPfn) return
    const own = rowsOf(holds.byPage, page)
    for (let hold = 0; hold < own.length; hold++) {
      if (!isHeldUnexpected(holds, own[hold], heldAt)) continue
      holder[offset + pages.pfn[page] - startPfn] = 1 + holds.class[own[hold]]
      break
    }
  }
}
