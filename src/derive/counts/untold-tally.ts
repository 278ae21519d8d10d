import { type Column } from '../../base/column.ts'
import { type TimeNs } from '../../base/clock.ts'
import { type EventKind, SET } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type ShapeId } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'
import { type KnownLoss, knownLossIn } from '../known-loss.ts'
import { deltaOf } from '../operation.ts'
import { statedCount } from './effect.ts'

/** Changes closer than this may have raced the sampled count, ns. */
const RACE_WINDOW_NS = 50_000
/** A share of fewer pairs than this says nothing. */
const FEWEST_COMPARED = 50
/** Events that are enough to measure a share by: it is known to a tenth of a percent then, and better. */
const ENOUGH_EVENTS = 2_000_000

/** What an event may state besides a count. */
const [NOT_KNOWN, STATES_NOTHING, STATES_COUNT] = [0, 1, 2]

/**
 * Compares the count of each reference event with the one before it of the same page: see `untoldShareOf`. Events come in
 * order of time, as they lie: of each page the last one is kept, so that no other row is read again.
 */
export class UntoldTally {
  readonly #trace: Trace
  readonly #time: Column<TimeNs>
  readonly #count: Column<number>
  readonly #shape: Column<ShapeId>
  readonly #isKnownLoss: KnownLoss
  readonly #changes: ShapeChanges
  /** Of the last event of each page; a count of 0 where there was none. */
  readonly #lastTime: Float64Array
  readonly #lastCount: Int32Array
  readonly #lastFile: Int32Array
  #compared = 0
  #untold = 0

  constructor(trace: Trace) {
    const { length } = trace.pages
    this.#trace = trace
    this.#time = trace.events.time
    this.#count = trace.events.count
    this.#shape = trace.events.shape
    this.#isKnownLoss = knownLossIn(trace)
    this.#changes = new ShapeChanges(trace)
    this.#lastTime = new Float64Array(length)
    this.#lastCount = new Int32Array(length)
    this.#lastFile = new Int32Array(length)
  }

  get share(): number {
    return this.#compared < FEWEST_COMPARED ? 0 : this.#untold / this.#compared
  }

  /** Takes the next reference event of a page. */
  take(row: EventRow, page: PageId, kind: EventKind): void {
    const shape = this.#shape[row]
    const { delta, stated } = this.#changes.of(shape, row)
    const count = stated[shape] === STATES_COUNT ? this.#changes.count[shape] : this.#count[row]
    const time = this.#time[row]
    const file = this.#fileOf(row)
    const before = this.#lastCount[page]
    const timeBefore = this.#lastTime[page]
    const isPair = kind !== SET && before > 0 && time - timeBefore > RACE_WINDOW_NS && this.#lastFile[page] === file
    if (isPair && !this.#isKnownLoss(timeBefore, time)) {
      this.#compared++
      if (count !== before + delta[shape]) this.#untold++
    }
    this.#lastTime[page] = time
    this.#lastCount[page] = count
    this.#lastFile[page] = file
  }

  /** Asked of events in their order: their lines may lie in a file. */
  #fileOf(row: EventRow): number {
    const { files, events } = this.#trace
    return files.length === 1 ? 0 : fileLineOf({ files }, events.line[row]).file
  }
}

/** What the events of each shape do to a count, asked of the first one: a shape has the kind and all that an operation prints. */
class ShapeChanges {
  readonly delta: Int32Array
  /** STATES_COUNT where `count` is what the operation itself states. */
  readonly stated: Uint8Array
  readonly count: Int32Array
  readonly #trace: Trace

  constructor(trace: Trace) {
    const { length } = trace.shapes
    this.#trace = trace
    this.delta = new Int32Array(length)
    this.stated = new Uint8Array(length).fill(NOT_KNOWN)
    this.count = new Int32Array(length)
  }

  /** These, with the shape of an event known. */
  of(shape: ShapeId, row: EventRow): this {
    if (this.stated[shape] === NOT_KNOWN) this.#learn(shape, row)
    return this
  }

  #learn(shape: ShapeId, row: EventRow): void {
    const count = statedCount(this.#trace, row)
    this.delta[shape] = deltaOf(this.#trace, row)
    this.stated[shape] = count === undefined ? STATES_NOTHING : STATES_COUNT
    this.count[shape] = count ?? 0
  }
}

/**
 * Which pages are compared: those whose id has no bit of this mask, every one, every second, fourth and so on in the order
 * in which the trace first shows them, where these have events enough. The same trace always gives the same. O(pages).
 */
export function comparedMask(trace: Trace, enough: number = ENOUGH_EVENTS): number {
  const { offsets } = trace.indexes.byPage
  const step = 2 ** Math.max(0, Math.floor(Math.log2(trace.events.length / enough)))
  let events = 0
  if (step > 1) for (let page = 0; page < trace.pages.length; page += step) events += offsets[page + 1] - offsets[page]
  return events >= enough / 2 ? step - 1 : 0
}
