import { type TimeNs } from '../../base/clock.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'

const NS_PER_SECOND = 1_000_000_000
/** Differences this many times in a row larger than the one before are none. */
const MOST_EARLY = 4096

/**
 * Times of a file whose first sample is printed at 0: either from that sample on (perf script --reltime), or each the
 * difference to the sample before (--deltatime), which a time that goes back tells apart. perf sorts its samples.
 *
 *     --reltime     0.000000  0.000379  0.000391
 *     --deltatime   0.000000  0.000379  0.000012      added up here: 0, 379, 391 us
 */
export class RelativeTimes {
  isDifference = false
  readonly #into: TraceBuilder
  /** Samples before it is known what their times are; undefined when it never will be. */
  #early: { readonly ns: number; row: EventRow }[] | undefined = []
  #lastNs = 0
  #totalNs = 0

  constructor(into: TraceBuilder) {
    this.#into = into
  }

  /** True when times are as printed, whatever comes: they were no differences for long enough. */
  get isSettled(): boolean {
    return this.#early === undefined && !this.isDifference
  }

  /** Time of a sample printed as `ns`. */
  timeOf(ns: number): TimeNs {
    if (!this.isDifference && this.#early !== undefined && ns < this.#lastNs) this.#addUp(this.#early)
    this.#lastNs = ns
    if (!this.isDifference) {
      this.#early?.push({ ns, row: NONE as EventRow })
      if (this.#early !== undefined && this.#early.length > MOST_EARLY) this.#early = undefined
      return this.#at(ns)
    }
    this.#totalNs += ns
    return this.#at(this.#totalNs)
  }

  /** The sample that was timed last is the event `row`. */
  bind(row: EventRow): void {
    const last = this.#early?.at(-1)
    if (last !== undefined) last.row = row
  }

  #addUp(early: readonly { readonly ns: number; readonly row: EventRow }[]): void {
    this.isDifference = true
    for (const { ns, row } of early) {
      this.#totalNs += ns
      if (row >= 0) this.#into.shiftEvents(row, row + 1, this.#totalNs - ns)
    }
    this.#early = undefined
  }

  #at(ns: number): TimeNs {
    return this.#into.timeOfSeconds(Math.floor(ns / NS_PER_SECOND), ns % NS_PER_SECOND)
  }
}
