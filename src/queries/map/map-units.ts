import { findAbove } from '../../base/bisect.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { knownPages } from './known-pages.ts'
import { findMapCells } from './map-cells.ts'
import { type MapMode } from './map-modes.ts'
import { mapUnit, type MapUnit } from './map-unit.ts'

/** One stretch of memory, all that is told of it. */
export interface MapUnitQuestion extends PfnSpan {
  readonly thresholdNs: number
}

/** Units of `unitPages` pages, aligned to that, of which a file tells something: a window of them. */
export interface MapUnitsQuestion {
  readonly spans: readonly PfnSpan[]
  readonly unitPages: number
  readonly mode: MapMode
  /** By ascending PFN, or by the value of the mode, the greatest first. */
  readonly sort: 'pfn' | 'value'
  readonly thresholdNs: number
  readonly offset: number
  readonly limit: number
}

/** Answer to `mapUnits`. */
export interface MapUnitsAnswer {
  readonly offset: number
  readonly total: number
  readonly rows: readonly MapUnit[]
  readonly isPairing: boolean
}

/** Units that can be sorted by value. */
const MOST_SORTED = 400_000

/** A window of the units that files tell of. O(units + what is told of those in the window). */
export function findMapUnits(
  trace: Trace,
  derived: Derived,
  question: MapUnitsQuestion,
  isPairing = false,
): MapUnitsAnswer {
  const { unitPages, offset, limit } = question
  const units = unitsIn(trace, question.spans, unitPages)
  const order =
    question.sort === 'value' && units.length <= MOST_SORTED ? byValue(trace, derived, question, units) : units
  const rows = [...order.subarray(offset, offset + limit)].map((startPfn) =>
    mapUnit(trace, derived, startPfn, startPfn + unitPages),
  )
  return { offset, total: order.length, rows, isPairing }
}

/** First PFNs of the units, ascending. */
function unitsIn(trace: Trace, spans: readonly PfnSpan[], unitPages: number): Float64Array {
  const known = knownPages(trace)
  const units: number[] = []
  for (const { startPfn, endPfn } of spans) {
    for (let at = findAbove(known.end, startPfn); at < known.length && known.start[at] < endPfn; at++) {
      const from = Math.max(known.start[at], startPfn)
      const to = Math.min(known.end[at], endPfn)
      for (let unit = from - (from % unitPages); unit < to; unit += unitPages)
        if (units.length === 0 || units[units.length - 1] < unit) units.push(unit)
    }
  }
  return Float64Array.from(units)
}

function byValue(trace: Trace, derived: Derived, question: MapUnitsQuestion, units: Float64Array): Float64Array {
  const { unitPages, mode, thresholdNs } = question
  const spans = [...units].map((startPfn) => ({ startPfn, endPfn: startPfn + unitPages }))
  const { value } = findMapCells(trace, derived, { spans, cellPages: unitPages, mode, thresholdNs })
  const order = Uint32Array.from(units, (_, at) => at).sort((a, b) => value[b] - value[a] || a - b)
  return Float64Array.from(order, (at) => units[at])
}
