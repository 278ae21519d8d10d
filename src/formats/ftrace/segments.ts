import { findRepeat } from '../../model/duplicate-events.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The parts of a file that each begin with a header of their own, as after `cat trace >> all.txt; …; cat trace >>
 * all.txt`. Reading `trace` takes nothing out of the buffer, so that the next part tells most of the one before again.
 */
export class Segments {
  readonly #into: TraceBuilder
  /** Row of each segment's first event. */
  readonly #starts: number[]
  /** Events of this file so far. */
  #own = 0

  constructor(into: TraceBuilder) {
    this.#into = into
    this.#starts = [into.eventCount]
  }

  /** A header: a segment begins. */
  begin(): void {
    if (this.#starts.at(-1) !== this.#into.eventCount) this.#starts.push(this.#into.eventCount)
  }

  /** Events of the file were pushed. Hot. */
  events(count: number): void {
    this.#own += count
  }

  /**
   * The file is over: leaves out what two segments in a row tell alike, and says how many events that were. Not where
   * another reader pushed events in between (a mail), as it may still point at them.
   */
  leaveOutRepeated(): number {
    const [start] = this.#starts
    const isAlone = this.#into.eventCount - start === this.#own
    if (this.#starts.length < 2 || !isAlone) return 0
    const ends = [...this.#starts.slice(1), this.#into.eventCount]
    let gone = 0
    let before: Span = { from: start, to: ends[0] }
    for (const [at, end] of ends.entries()) {
      if (at === 0) continue
      const span = { from: before.to, to: end - gone }
      const left = this.#leaveOut(before, span)
      gone += left.gone
      before = left.next
    }
    return gone
  }

  /** Leaves out of two spans what both tell, of the first if it can: the second is whole then, and `next`. */
  #leaveOut(first: Span, second: Span): { readonly gone: number; readonly next: Span } {
    if (first.from === first.to || second.from === second.to) return { gone: 0, next: second }
    const repeat = findRepeat(this.#into.comparedEvents(), first, second, true)
    if (repeat === undefined || repeat.shiftNs !== 0) return { gone: 0, next: second }
    const span = repeat.left === 'first' ? first : second
    // All is asked before anything moves.
    const isGone = Uint8Array.from({ length: span.to - span.from }, (_, at) =>
      repeat.isRepeated(span.from + at) ? 1 : 0,
    )
    const gone = this.#into.removeEvents(span.from, span.to, (row) => isGone[row - span.from] === 1)
    if (repeat.left === 'first') return { gone, next: { from: second.from - gone, to: second.to - gone } }
    return { gone, next: { from: first.from, to: second.to - gone } }
  }
}
