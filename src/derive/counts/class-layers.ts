import { type Column, column } from '../../base/column.ts'
import { findAtLeastNear } from '../../base/bisect.ts'
import { type TimeNs } from '../../base/clock.ts'
import { finishSteps } from '../../base/finish-steps.ts'
import { rowsOf } from '../../base/group-index.ts'
import { REFERENCE_CLASSES } from '../attribution/reference-class.ts'
import { type Derived } from '../derived.ts'
import { HOLD_BEGAN_BEFORE, HOLD_OPEN, type HoldRow } from '../holds/hold-table.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type CountColumns, countColumnsOf, POINTS_A_STEP } from './count-columns.ts'
import { type ExpectedReferences } from './expected-references.ts'
import { EDGE_CERTAIN, type LifetimeRow } from './lifetime-table.ts'
import { lifeOfRow } from './lifetimes.ts'
import { type Reckon, reckoningOf } from './reckoning.ts'

/** `expected` and `excess` where the data does not tell. */
export const NOT_KNOWN = -1

/**
 * The count of a page split by what its references are for, after each of its reference events.
 *
 *     point        0   1   2
 *     count        2   3   1027
 *     units        1 1 0 …   1 1 1 …   // REFERENCE_CLASSES.length + 1 a point: one for each class, last those untold
 */
export interface ClassLayers {
  readonly page: PageId
  readonly length: number
  readonly row: Column<EventRow>
  readonly time: Column<TimeNs>
  /** The count after the event, see `CountPoint`. */
  readonly count: Column<number>
  /**
   * Point-major, `LAYER_COUNT` a point; the layers of a point add up to its count. A hold whose put was not traced is
   * cut down to what the count leaves room for.
   */
  readonly units: Column<number>
  /** References that migration or a person's rules would accept, migration's own included while it has one; NOT_KNOWN where nothing tells. */
  readonly expected: Column<number>
  /** `count - expected`, at least 0; NOT_KNOWN where `expected` is. */
  readonly excess: Column<number>
}

/** Layers of a point: one for each class, in the order of `REFERENCE_CLASSES`, and `UNTOLD_LAYER`. */
export const LAYER_COUNT = REFERENCE_CLASSES.length + 1
/** References of the count that no traced get explains: taken before the trace, or by an event that was lost. */
export const UNTOLD_LAYER = REFERENCE_CLASSES.length

type Tables = Pick<Derived, 'holds' | 'lifetimes' | 'rules'>

/**
 * Splits the count of a page at each reference event with `fromRow <= row <= toRow`.
 * O(events of the page × classes + holds of the page).
 */
export function classLayersOf(
  trace: Trace,
  derived: Tables,
  page: PageId,
  fromRow = 0,
  toRow = Number.POSITIVE_INFINITY,
): ClassLayers {
  return splitCounts(trace, derived, page, countColumnsOf(trace, page, fromRow, toRow))
}

/** The same of counts that were read before. */
export function splitCounts(trace: Trace, derived: Tables, page: PageId, points: CountColumns): ClassLayers {
  return finishSteps(splitCountsInSteps(trace, derived, page, points))
}

/** The same with a pause after every few thousand points or holds; none for fewer. */
export function* splitCountsInSteps(
  trace: Trace,
  derived: Tables,
  page: PageId,
  points: CountColumns,
): Generator<undefined, ClassLayers> {
  const units = yield* openUnitsInSteps(derived, page, points.row)
  const reckon = reckoningOf(trace, derived, page)
  const made = { units, expected: new Int32Array(points.length), excess: new Int32Array(points.length) }
  for (let from = 0; from < points.length; from += POINTS_A_STEP) {
    splitPoints(points, reckon, made, from, Math.min(points.length, from + POINTS_A_STEP))
    if (from + POINTS_A_STEP < points.length) yield
  }
  return {
    page,
    length: points.length,
    row: column(points.row),
    time: column(points.time),
    count: column(points.count),
    units: column(units),
    expected: column(made.expected),
    excess: column(made.excess),
  }
}

interface SplitPoints {
  readonly units: Int32Array
  readonly expected: Int32Array
  readonly excess: Int32Array
}

function splitPoints(
  { row, count }: CountColumns,
  reckon: Reckon,
  { units, expected, excess }: SplitPoints,
  from: number,
  to: number,
): void {
  const split = new Int32Array(LAYER_COUNT) // one for all: a view of `units` for each costs more than to copy
  for (let at = from; at < to; at++) {
    const first = at * LAYER_COUNT
    for (let layer = 0; layer < LAYER_COUNT; layer++) split[layer] = units[first + layer]
    const reckoned = reckon(row[at] as EventRow, count[at], split)
    expected[at] = reckoned !== undefined && reckoned.least === reckoned.most ? reckoned.least : NOT_KNOWN
    excess[at] = expected[at] === NOT_KNOWN ? NOT_KNOWN : Math.max(0, count[at] - expected[at])
    fitToCount(split, count[at], excess[at])
    for (let layer = 0; layer < LAYER_COUNT; layer++) units[first + layer] = split[layer]
  }
}

/**
 * What migration reckons with right after one event of a page, by the same model as the layers, with bounds where the
 * capture leaves something open. Undefined for typed pages and while the count is frozen. O(holds of the page + events
 * of the life).
 */
export function expectedAfter(
  trace: Trace,
  derived: Tables,
  page: PageId,
  row: EventRow,
): ExpectedReferences | undefined {
  const points = countColumnsOf(trace, page, row, row)
  return points.length === 0
    ? undefined
    : reckoningOf(trace, derived, page)(row, points.count[0], finishSteps(openUnitsInSteps(derived, page, points.row)))
}

/** Units of the holds that are open right after each point, by class: differences at both ends, then summed up. */
function* openUnitsInSteps(
  { holds, lifetimes }: Pick<Derived, 'holds' | 'lifetimes'>,
  page: PageId,
  eventRows: Int32Array,
): Generator<undefined, Int32Array> {
  const rows = column<EventRow>(eventRows)
  const units = new Int32Array((rows.length + 1) * LAYER_COUNT)
  // Holds follow each other in time, and a put its get: the next place is looked for from the last one on.
  let near = 0
  const add = (row: number, layer: number, change: number): void => {
    near = findAtLeastNear(rows, row, near)
    units[near * LAYER_COUNT + layer] += change
  }
  const ofPage = rowsOf(holds.byPage, page)
  for (let from = 0; from < ofPage.length; from += POINTS_A_STEP) {
    addHolds({ holds, lifetimes }, page, ofPage.subarray(from, from + POINTS_A_STEP), add)
    if (from + POINTS_A_STEP < ofPage.length) yield
  }
  const sumsAStep = POINTS_A_STEP * LAYER_COUNT
  for (let from = LAYER_COUNT; from < units.length; from += sumsAStep) {
    const to = Math.min(units.length, from + sumsAStep)
    for (let at = from; at < to; at++) units[at] += units[at - LAYER_COUNT]
    if (to < units.length) yield
  }
  return units.subarray(0, rows.length * LAYER_COUNT)
}

function addHolds(
  { holds, lifetimes }: Pick<Derived, 'holds' | 'lifetimes'>,
  page: PageId,
  some: Column<HoldRow>,
  add: (row: number, layer: number, change: number) => void,
): void {
  for (let at = 0; at < some.length; at++) {
    const hold = some[at]
    const firstKnown = holds.kind[hold] === HOLD_BEGAN_BEFORE ? holds.putRow[hold] : holds.getRow[hold]
    const life = lifeOfRow(lifetimes, page, firstKnown)
    const begin = beginOf({ holds, lifetimes }, hold, life)
    if (begin === undefined) continue
    add(begin, holds.class[hold], holds.units[hold])
    if (holds.kind[hold] !== HOLD_OPEN) add(holds.putRow[hold], holds.class[hold], -holds.units[hold])
    else if (lifetimes.endEdge[life] === EDGE_CERTAIN)
      add(lifetimes.endRow[life], holds.class[hold], -holds.units[hold])
  }
}

/**
 * Row from which a hold counts: its get's; the first of its life when it began before the trace. Undefined for a put
 * without a get in a life that is known from its birth: when it was taken cannot be told.
 */
function beginOf(
  { holds, lifetimes }: Pick<Derived, 'holds' | 'lifetimes'>,
  hold: HoldRow,
  life: LifetimeRow,
): number | undefined {
  if (holds.kind[hold] !== HOLD_BEGAN_BEFORE) return holds.getRow[hold]
  return lifetimes.startEdge[life] === EDGE_CERTAIN ? undefined : lifetimes.firstRow[life]
}

/**
 * Makes the layers add up to the count. What is missing is untold. What is too much (a put that was lost, one half of a
 * pin, a sampled count that raced) is taken from unexpected classes down to the excess, then from the largest layer.
 */
function fitToCount(units: Int32Array, count: number, excess: number): void {
  const surplus = sumOf(units) - Math.max(0, count)
  if (surplus <= 0) {
    units[UNTOLD_LAYER] -= surplus
    return
  }
  let unexpected = 0
  for (let layer = 0; layer < UNTOLD_LAYER; layer++) unexpected += UNEXPECTED[layer] * units[layer]
  const doubted = excess === NOT_KNOWN ? 0 : Math.min(surplus, Math.max(0, unexpected - excess))
  takeFromLargest(units, doubted, UNEXPECTED)
  takeFromLargest(units, surplus - doubted, ALL)
}

/** 1 for each class that is meant. Read for every layer of every event of a page: tables, because calls take too long. */
const UNEXPECTED = Uint8Array.from(REFERENCE_CLASSES, ({ isExpected }) => (isExpected ? 0 : 1))
const ALL = new Uint8Array(REFERENCE_CLASSES.length).fill(1)

function sumOf(units: Int32Array): number {
  let sum = 0
  for (let layer = 0; layer < units.length; layer++) sum += units[layer]
  return sum
}

function takeFromLargest(units: Int32Array, amount: number, chosen: Uint8Array): void {
  for (let left = amount; left > 0;) {
    let largest = -1
    for (let layer = 0; layer < UNTOLD_LAYER; layer++) {
      if (chosen[layer] === 1 && units[layer] > 0 && (largest < 0 || units[layer] > units[largest])) largest = layer
    }
    if (largest < 0) return
    const taken = Math.min(left, units[largest])
    units[largest] -= taken
    left -= taken
  }
}
