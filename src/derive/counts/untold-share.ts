import { oncePer } from '../../base/once-per.ts'
import { isRefKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'
import { deltaOf } from '../operation.ts'
import { knownLossIn } from '../known-loss.ts'
import { statedCount } from './effect.ts'

/** Changes closer than this may have raced the sampled count, ns. */
const RACE_WINDOW_NS = 50_000

/** A share of fewer pairs than this says nothing. */
const FEWEST_COMPARED = 50

/**
 * Share of reference events, 0 … 1, before which the count of the page changed with no event to show it: what the
 * trace lost in silence, as far as the counts tell: next to nothing in a whole trace, x where a share x of the events is
 * missing. What crosses a loss that the file itself tells of (a marker, a CPU whose buffer starts late, a cut) is no
 * silence and is left out. 0 for a trace with too few pairs of events to compare. O(events), once.
 */
export const untoldShareOf: (trace: Trace) => number = oncePer(countUntold)

/** One pass in order of time, as the events lie: of each page the last event is kept, so that no other row is read again. */
function countUntold(trace: Trace): number {
  const { kind, page, time, length } = trace.events
  const last = new LastEvents(trace)
  const isKnownLoss = knownLossIn(trace)
  let compared = 0
  let untold = 0
  for (let at = 0; at < length; at++) {
    const row = at as EventRow
    const of = page[row]
    if (!isRefKind(kind[row]) || of < 0) continue
    const count = countAt(trace, row)
    const [timeBefore, countBefore] = [last.time[of], last.count[of]]
    const isPair = kind[row] !== SET && countBefore > 0 && time[row] - timeBefore > RACE_WINDOW_NS
    if (isPair && last.isOfFile(of, row) && !isKnownLoss(timeBefore, time[row])) {
      compared++
      if (count !== countBefore + deltaOf(trace, row)) untold++
    }
    last.put(of, row, count)
  }
  return compared < FEWEST_COMPARED ? 0 : untold / compared
}

/** The last reference event of each page; a count of 0 where there was none. */
class LastEvents {
  readonly time: Float64Array
  readonly count: Int32Array
  readonly #file: Int32Array
  readonly #trace: Trace

  constructor(trace: Trace) {
    const { length } = trace.pages
    this.#trace = trace
    this.time = new Float64Array(length)
    this.count = new Int32Array(length)
    this.#file = new Int32Array(length)
  }

  put(page: PageId, row: EventRow, count: number): void {
    this.time[page] = this.#trace.events.time[row]
    this.count[page] = count
    this.#file[page] = this.#fileOf(row)
  }

  /** True when the last event of a page was recorded in the same file. */
  isOfFile(page: PageId, row: EventRow): boolean {
    return this.#file[page] === this.#fileOf(row)
  }

  /** Asked of events in their order: their lines may lie in a file. */
  #fileOf(row: EventRow): number {
    const { files, events } = this.#trace
    return files.length === 1 ? 0 : fileLineOf({ files }, events.line[row]).file
  }
}

function countAt(trace: Trace, row: EventRow): number {
  return statedCount(trace, row) ?? trace.events.count[row]
}
