import { type ContextId, type ShapeId, type StringId } from './ids.ts'

/** Rows `[from, to)` of the events of one file, in the order they were read. */
export interface EventSpan {
  readonly from: number
  readonly to: number
}

/** What two events are compared by. `name`, `val` and `pid` are asked of the interned tables. */
export interface ComparedEvents {
  readonly timeOf: (row: number) => number
  readonly pageOf: (row: number) => number
  readonly countOf: (row: number) => number
  readonly shapeOf: (row: number) => ShapeId
  readonly contextOf: (row: number) => ContextId
  readonly nameOf: (shape: ShapeId) => StringId
  readonly valOf: (shape: ShapeId) => number
  readonly pidOf: (context: ContextId) => number
}

/** How one file repeats another. */
export interface Repeat {
  /** Which one is to be left out as far as the other has its events. */
  readonly left: 'first' | 'second'
  /** True for a row of the one left out that the other has too. */
  readonly isRepeated: (row: number) => boolean
  /** What is added to times of the one left out to make them the other's: two tools, two clocks. 0 for one clock. */
  readonly shiftNs: number
}

/** Two prints of one time differ by less than the coarser one's last digit: six digits, a microsecond. */
const ROUNDING_NS = 1000
/** Two tools stamp one event one after the other; an interrupt may come between. */
const JITTER_NS = 1_000_000
/** Events compared before it is said whether one file repeats the other. */
const SAMPLE = 1000
/** Share of the sample that must be found: a cut line or a lost event is no proof against it. */
const ENOUGH = 0.99

/**
 * Tells whether two files hold the same events over the time that both cover: the same name, page, count, value and pid
 * at the same time, up to rounding, or at times that are always the same apart, up to what lies between two tools.
 * `isSecondBetter` says which one to keep when both hold all; else the one that holds the other's is kept. Undefined
 * when they are different traces. O(n) for spans in time order, O(n log n) else.
 */
export function findRepeat(
  events: ComparedEvents,
  first: EventSpan,
  second: EventSpan,
  isSecondBetter: boolean,
): Repeat | undefined {
  const matchers: Matchers = [new Matcher(events, first), new Matcher(events, second)]
  const atOnce = compare(matchers, 0, ROUNDING_NS, isSecondBetter)
  if (atOnce !== undefined) return atOnce
  const apartNs = findApart(events, first, second)
  return apartNs === undefined ? undefined : compare(matchers, apartNs, JITTER_NS, isSecondBetter)
}

type Matchers = readonly [first: Matcher, second: Matcher]

/** `apartNs` is how much later the second file puts an event than the first. */
function compare(
  [first, second]: Matchers,
  apartNs: number,
  withinNs: number,
  isSecondBetter: boolean,
): Repeat | undefined {
  const start = Math.max(first.earliest, second.earliest - apartNs)
  const end = Math.min(first.latest, second.latest - apartNs)
  if (!(start <= end)) return undefined
  // At the edges one file may lack what the other just has.
  const edge = end - start > 4 * withinNs ? withinNs : 0
  const [from, to] = [start + edge, end - edge]
  const inFirst = (row: number): boolean => first.has(row, -apartNs, withinNs)
  const inSecond = (row: number): boolean => second.has(row, apartNs, withinNs)
  const isSecondIn = isIn(inFirst, second.rowsBetween(from + apartNs, to + apartNs))
  const isFirstIn = isIn(inSecond, first.rowsBetween(from, to))
  if (!isSecondIn && !isFirstIn) return undefined
  const isFirstLeft = isFirstIn && (!isSecondIn || isSecondBetter)
  return isFirstLeft
    ? { left: 'first', isRepeated: inSecond, shiftNs: apartNs }
    : { left: 'second', isRepeated: inFirst, shiftNs: -apartNs }
}

function isIn(has: (row: number) => boolean, rows: Uint32Array): boolean {
  const sample = spread(rows)
  const found = sample.filter(has).length
  return sample.length > 0 && found >= sample.length * ENOUGH
}

/** At most `SAMPLE` of the rows, evenly spread, the first and the last among them. */
function spread(rows: Uint32Array): readonly number[] {
  if (rows.length <= SAMPLE) return [...rows]
  return Array.from({ length: SAMPLE }, (_, at) => rows[Math.round((at * (rows.length - 1)) / (SAMPLE - 1))])
}

/** Finds the like of an event among those of one file. */
class Matcher {
  readonly #events: ComparedEvents
  readonly #order: Uint32Array

  constructor(events: ComparedEvents, span: EventSpan) {
    this.#events = events
    this.#order = inTimeOrder(events, span)
  }

  get earliest(): number {
    return this.#events.timeOf(this.#order[0])
  }

  get latest(): number {
    return this.#events.timeOf(this.#order[this.#order.length - 1])
  }

  /** Rows of the file with a time in `[from, to]`, in time order. */
  rowsBetween(from: number, to: number): Uint32Array {
    return this.#order.subarray(this.#firstAtLeast(from), this.#firstAtLeast(to + 1))
  }

  /** True when the file has the like of `row`, `shiftNs` later, up to `withinNs`. */
  has(row: number, shiftNs: number, withinNs: number): boolean {
    const { timeOf } = this.#events
    const middle = timeOf(row) + shiftNs
    for (let at = this.#firstAtLeast(middle - withinNs); at < this.#order.length; at++) {
      const other = this.#order[at]
      if (timeOf(other) > middle + withinNs) return false
      if (isLike(this.#events, row, other)) return true
    }
    return false
  }

  #firstAtLeast(wanted: number): number {
    const { timeOf } = this.#events
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (timeOf(this.#order[middle]) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

function inTimeOrder({ timeOf }: ComparedEvents, { from, to }: EventSpan): Uint32Array {
  const order = Uint32Array.from({ length: to - from }, (_, at) => from + at)
  let isOrdered = true
  for (let row = from + 1; row < to && isOrdered; row++) isOrdered = timeOf(row - 1) <= timeOf(row)
  return isOrdered ? order : order.sort((a, b) => timeOf(a) - timeOf(b) || a - b)
}

/** True when two events say the same, whenever they happened. */
function isLike(events: ComparedEvents, row: number, other: number): boolean {
  const { pageOf, countOf, shapeOf, contextOf } = events
  return (
    pageOf(row) === pageOf(other) &&
    countOf(row) === countOf(other) &&
    isShapeLike(events, shapeOf(row), shapeOf(other)) &&
    events.pidOf(contextOf(row)) === events.pidOf(contextOf(other))
  )
}

function isShapeLike({ nameOf, valOf }: ComparedEvents, shape: ShapeId, other: ShapeId): boolean {
  return shape === other || (nameOf(shape) === nameOf(other) && valOf(shape) === valOf(other))
}

/** Likes that an event may have in the other file and still tell how far apart the clocks are. */
const MOST_LIKES = 4
/** Pairs that must agree before a distance is worth a try. */
const FEWEST_VOTES = 20

/**
 * How much later the second file puts the same events than the first: the distance that most pairs of rare events agree
 * on. Undefined when no distance stands out.
 */
function findApart(events: ComparedEvents, first: EventSpan, second: EventSpan): number | undefined {
  const rows = spread(Uint32Array.from({ length: second.to - second.from }, (_, at) => second.from + at))
  const byPage = new Map<number, number[]>()
  for (const row of rows) {
    const page = events.pageOf(row)
    if (page >= 0) byPage.set(page, [...(byPage.get(page) ?? []), row])
  }
  const likes = new Map<number, number[]>()
  for (let row = first.from; row < first.to; row++) {
    for (const wanted of byPage.get(events.pageOf(row)) ?? []) {
      if (!isLike(events, wanted, row)) continue
      const found = likes.get(wanted) ?? []
      if (found.length <= MOST_LIKES) found.push(events.timeOf(wanted) - events.timeOf(row))
      likes.set(wanted, found)
    }
  }
  return mostAgreed([...likes.values()].filter((found) => found.length <= MOST_LIKES).flat())
}

/** Middle of the span of `JITTER_NS` with the most values in it. */
function mostAgreed(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort()
  let [best, count] = [0, 0]
  for (let low = 0, high = 0; high < sorted.length; high++) {
    while (sorted[high] - sorted[low] > JITTER_NS) low++
    if (high - low + 1 > count) [best, count] = [low, high - low + 1]
  }
  return count < FEWEST_VOTES ? undefined : Math.round(sorted[best + (count >> 1)])
}
