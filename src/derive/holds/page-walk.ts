import { type Classifier, PIN_BIAS } from '../attribution/classify.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { type Column, column } from '../../base/column.ts'
import { type EventKind, FREEZE, isRefKind, MOD, MOD_UNLESS, SET, UNFREEZE } from '../../model/event-kind.ts'
import { type EventRow, NONE, type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { deltaOf, isRefused } from '../operation.ts'
import { findAtLeast } from '../../base/bisect.ts'
import { classWithoutStack, isCacheKept, isOffLru } from './nameless.ts'
import { type OpenHold } from './open-hold.ts'
import { OpenHolds } from './open-holds.ts'
import { type PairModel } from './pair-model.ts'
import { answerableStacks, findAnswered, isStackless, isWorthLearning, mayAnswer, type Put } from './put-match.ts'

/** A hold as it stands when its page's life has been walked. */
export interface WalkedHold {
  readonly getRow: number
  readonly putRow: number
  readonly class: number
  readonly stack: StackId
  readonly task: TaskId
  readonly units: number
}

/** A put that answered no get (yet). */
interface LonePut {
  readonly row: EventRow
  readonly put: Put
  left: number
}

const ALLOCATION = classIndexOf('allocation')
const MAPPING = classIndexOf('mapping')
const MIGRATION = classIndexOf('migration')
const UNKNOWN = classIndexOf('unknown')
/** Longer than any real isolation; what began earlier and has no putback lost it. */
const LONGEST_ISOLATION_NS = 1_000_000_000
const PAGE_CACHE = classIndexOf('page_cache')
const GUP_PIN = classIndexOf('gup_pin')
/** Classes that the first half of a pin may be taken for by its stack alone. */
const HALF_CLASSES = (['gup_pin', 'gup_get', 'driver', 'io', 'unknown'] as const).map(classIndexOf)

/**
 * Walks the reference events of one life of one page and pairs gets with puts.
 *
 * - A put answers the open hold that fits best (class, learned and known pairs, task, amount); see `findAnswered`.
 * - The fast path of FOLL_PIN is two events, +1 and +1023, of one task: one hold of 1024 (mm/gup.c try_grab_folio()), of
 *   class gup_pin unless a person's rule says what the stack is.
 * - freeze to zero and unfreeze are one operation; only the difference changes hands (mm/migrate.c).
 * - When the life certainly ended at zero, gets and puts that are left over answer each other in order of time where
 *   their classes allow it, and all of them when the life was seen whole: every reference was given back, only by whom
 *   was not told.
 */
export class PageWalk {
  readonly #trace: Trace
  readonly #classifier: Classifier
  readonly #model: PairModel
  readonly #open = new OpenHolds()
  readonly #lonePuts: LonePut[] = []
  readonly #done: WalkedHold[] = []
  #frozen = 0
  #rows: Column<EventRow> = column(new Int32Array())
  #lastRow = NONE
  /** First reference event of the life, and the one before the event that is walked; NONE before there is one. */
  #firstRef = NONE
  #before = NONE
  /** Mappings from before the life's first event, whose references nothing showed and nothing gave back yet. */
  #impliedMappings = 0

  constructor(trace: Trace, classifier: Classifier, model: PairModel) {
    this.#trace = trace
    this.#classifier = classifier
    this.#model = model
  }

  /** Walks one life and returns its holds by time of get (of put, where there is no get). The result is reused by the next call. */
  walk(
    rows: Column<EventRow>,
    firstRow: number,
    lastRow: number,
    isStartCertain: boolean,
    isEndCertain: boolean,
  ): readonly WalkedHold[] {
    this.#begin(rows, lastRow)
    for (let at = findAtLeast(rows, firstRow); at < rows.length && rows[at] <= lastRow; at++) {
      const row = rows[at]
      if (!isRefKind(this.#trace.events.kind[row])) continue
      this.#apply(row, this.#changeAt(row), at)
    }
    if (isEndCertain) this.#settle(isStartCertain)
    this.#finish()
    return this.#done.sort((a, b) => orderOf(a) - orderOf(b))
  }

  /** Walks one life only to learn which puts answer which gets. */
  learn(rows: Column<EventRow>, firstRow: number, lastRow: number): void {
    this.#begin(rows, lastRow)
    for (let at = findAtLeast(rows, firstRow); at < rows.length && rows[at] <= lastRow; at++) {
      const row = rows[at]
      if (!isRefKind(this.#trace.events.kind[row])) continue
      const delta = this.#changeAt(row)
      if (delta < 0) {
        const put = this.#putOf(row, -delta, at)
        if (isWorthLearning(put)) this.#model.observe(put.stack, answerableStacks(this.#open, put))
      }
      this.#apply(row, delta, at)
    }
  }

  #begin(rows: Column<EventRow>, lastRow: number): void {
    this.#rows = rows
    this.#lastRow = lastRow
    this.#firstRef = NONE
    this.#before = NONE
    this.#open.clear()
    this.#lonePuts.length = 0
    this.#done.length = 0
    this.#frozen = 0
  }

  /** References that changed hands at an event; a freeze and its unfreeze count once, at the unfreeze. */
  #changeAt(row: EventRow): number {
    const kind = this.#trace.events.kind[row]
    if (kind === FREEZE) {
      if (!isRefused(this.#trace, row)) this.#frozen = -deltaOf(this.#trace, row)
      return 0
    }
    if (kind !== UNFREEZE) return deltaOf(this.#trace, row)
    const before = this.#frozen
    this.#frozen = 0
    return before === 0 ? 0 : deltaOf(this.#trace, row) - before
  }

  /** Takes an event at a position of the page's rows. */
  #apply(row: EventRow, delta: number, at: number): void {
    if (this.#firstRef === NONE) this.#beginLifeAt(row)
    if (delta > 0) this.#get(row, delta, at)
    else if (delta < 0) this.#put(row, -delta, at)
    this.#before = row
  }

  #beginLifeAt(row: EventRow): void {
    this.#firstRef = row
    this.#impliedMappings = this.#trace.events.kind[row] === SET ? 0 : (mappingsOf(this.#trace, row) ?? 0)
  }

  #get(row: EventRow, units: number, at: number): void {
    const { events, contexts } = this.#trace
    const task = contexts.task[events.context[row]]
    const cls = this.#classOf(row, units, at)
    const half = this.#firstHalf(row, task, units, cls)
    if (half !== undefined) {
      this.#open.remove(half)
      const given = this.#classOfPin(row, units, half)
      this.#open.push({ ...half, class: given, units: half.units + units, left: half.left + units })
      return
    }
    const isPin = cls === GUP_PIN || this.#isAdded(row, units)
    const whole = isPin ? wholePins(events.kind[row], units) : units
    this.#open.push({ getRow: row, class: cls, stack: events.stack[row], task, units: whole, left: whole })
  }

  /** The open +1 that a +1023 makes a pin: the task's newest, whatever other CPUs did to the page between the two. */
  #firstHalf(row: EventRow, task: TaskId, units: number, cls: number): OpenHold | undefined {
    if (this.#trace.events.kind[row] !== MOD || units % (PIN_BIAS - 1) !== 0) return undefined
    const isHalf = (hold: OpenHold): boolean =>
      hold.task === task && this.#isFirstHalf(hold) && hold.units * (PIN_BIAS - 1) === units
    const classes = HALF_CLASSES.includes(cls) ? HALF_CLASSES : [...HALF_CLASSES, cls]
    const halves = classes.map((index) => this.#open.ofClass(index).findLast(isHalf))
    return halves.reduce(newer, undefined)
  }

  /** A pin, unless a person's rule knows the stack of either half: the second one's, which tells by its amount, first. */
  #classOfPin(row: EventRow, units: number, half: OpenHold): number {
    if (this.#isAdded(row, units))
      return this.#classifier.classOf(this.#trace.events.kind[row], units, this.#trace.events.stack[row])
    return this.#isAdded(half.getRow, half.units) ? half.class : GUP_PIN
  }

  #isAdded(row: EventRow, units: number): boolean {
    const { kind, stack } = this.#trace.events
    return this.#classifier.isAdded(kind[row], units, stack[row])
  }

  /** The first half is a conditional get, whatever its stack: what pins may be inlined into a driver's function. */
  #isFirstHalf(hold: OpenHold): boolean {
    return hold.class === GUP_PIN || isStackless(hold) || this.#trace.events.kind[hold.getRow] === MOD_UNLESS
  }

  #putOf(row: EventRow, units: number, at: number): Put {
    const { events, contexts } = this.#trace
    const task = contexts.task[events.context[row]]
    return {
      class: this.#classOf(row, -units, at),
      stack: events.stack[row],
      task,
      units,
      isMappingKept: this.#isMappingKept(row),
      isCacheKept: isCacheKept(this.#trace, this.#before, row),
      isOffLru: isOffLru(this.#trace, row),
    }
  }

  /** Class by the stack; without one by what changed on the page, and by the isolating task being at work on it. */
  #classOf(row: EventRow, delta: number, at: number): number {
    const { events, contexts } = this.#trace
    const kind = events.kind[row]
    if (kind === UNFREEZE) return PAGE_CACHE
    const told = this.#classifier.classOf(kind, delta, events.stack[row])
    if (told !== UNKNOWN || events.stack[row] >= 0) return told
    const neighbours = { first: this.#firstRef as EventRow, before: this.#before, next: this.#nextRef(at) }
    const changed = classWithoutStack(this.#trace, row, delta, neighbours)
    if (changed !== undefined) return changed
    return this.#isIsolating(contexts.task[events.context[row]], row) ? MIGRATION : UNKNOWN
  }

  #nextRef(at: number): number {
    for (let next = at + 1; next < this.#rows.length && this.#rows[next] <= this.#lastRow; next++)
      if (isRefKind(this.#trace.events.kind[this.#rows[next]])) return this.#rows[next]
    return NONE
  }

  /** True when a task has just isolated the page: until it puts the page back, what it does to it is migration's. */
  #isIsolating(task: TaskId, row: EventRow): boolean {
    const { time } = this.#trace.events
    return this.#open
      .ofClass(MIGRATION)
      .some((hold) => hold.task === task && time[row] - time[hold.getRow] <= LONGEST_ISOLATION_NS)
  }

  /** True when every reference of a mapping, seen or implied, still has its mapping: a put gives none of them back. */
  #isMappingKept(row: EventRow): boolean {
    const mappings = mappingsOf(this.#trace, row)
    const open = this.#open.ofClass(MAPPING).length + this.#open.ofClass(ALLOCATION).length
    return mappings !== undefined && mappings > 0 && open + this.#impliedMappings <= mappings
  }

  #put(row: EventRow, units: number, at: number): void {
    const put = this.#putOf(row, units, at)
    let left = units
    while (left > 0) {
      const hold = findAnswered(this.#open, put, left, this.#model)
      if (hold === undefined) break
      left -= this.#answer(hold, row, put, left)
    }
    if (left === 0) return
    this.#lonePuts.push({ row, put, left })
    // At the first event of a life the mapping that it gives back has gone already.
    if (put.class === MAPPING && row !== this.#firstRef)
      this.#impliedMappings = Math.max(0, this.#impliedMappings - left)
  }

  /** Gives up to `units` back to a hold; closes it when all is back. Returns how many it took. */
  #answer(hold: OpenHold, row: number, put: Put, units: number): number {
    const taken = Math.min(units, hold.left)
    hold.left -= taken
    if (hold.left === 0) {
      this.#open.remove(hold)
      this.#close(isStackless(hold) ? { ...hold, class: put.class } : hold, row)
    }
    return taken
  }

  #close(hold: OpenHold, putRow: number): void {
    const { getRow, stack, task, units } = hold
    this.#done.push({ getRow, putRow, class: hold.class, stack, task, units })
  }

  /** Pairs what is left of a life that ended at zero; one that was seen whole has no put for nothing. */
  #settle(isWhole: boolean): void {
    if (this.#lonePuts.length === 0) return
    this.#settleLeft(mayAnswer)
    const left = this.#open.inOrder().reduce((sum, hold) => sum + hold.left, 0)
    const put = this.#lonePuts.reduce((sum, lone) => sum + lone.left, 0)
    if (isWhole && left === put) this.#settleLeft(() => true)
  }

  #settleLeft(isAllowed: (put: Put, hold: OpenHold) => boolean): void {
    for (const hold of this.#open.inOrder()) {
      for (const lone of this.#lonePuts) {
        if (lone.left > 0 && hold.left > 0 && lone.row > hold.getRow && isAllowed(lone.put, hold))
          lone.left -= this.#answer(hold, lone.row, lone.put, lone.left)
      }
    }
  }

  #finish(): void {
    for (const hold of this.#open.inOrder()) this.#close({ ...hold, units: hold.left }, NONE)
    for (const { row, put, left } of this.#lonePuts) {
      if (left > 0)
        this.#done.push({ getRow: NONE, putRow: row, class: put.class, stack: put.stack, task: put.task, units: left })
    }
  }
}

/** A second half whose first was lost is still a pin, and will be given back whole. */
function wholePins(kind: EventKind, units: number): number {
  const isSecondHalf = kind === MOD && units % (PIN_BIAS - 1) === 0
  return isSecondHalf ? (units / (PIN_BIAS - 1)) * PIN_BIAS : units
}

function newer(one: OpenHold | undefined, other: OpenHold | undefined): OpenHold | undefined {
  return one === undefined || (other !== undefined && other.getRow > one.getRow) ? other : one
}

function orderOf(hold: WalkedHold): number {
  return hold.getRow === NONE ? hold.putRow : hold.getRow
}
