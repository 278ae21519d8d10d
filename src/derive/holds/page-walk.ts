import { type Classifier, PIN_BIAS } from '../attribution/classify.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { type Column } from '../../base/column.ts'
import { type EventKind, FREEZE, isRefKind, MOD, MOD_UNLESS, SET, UNFREEZE } from '../../model/event-kind.ts'
import { type EventRow, NONE, type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { NOT_TOLD } from '../counts/mapcount.ts'
import { deltaOf, isRefused } from '../operation.ts'
import { CurrentPut } from './current-put.ts'
import { classWithoutStack, type PageSigns, pageSignsOf } from './nameless.ts'
import { type HoldSink, NOWHERE } from './hold-sink.ts'
import { type HoldRow } from './hold-table.ts'
import { type OpenHold } from './open-hold.ts'
import { OpenHolds } from './open-holds.ts'
import { type PairModel } from './pair-model.ts'
import { collectAnswerable, findAnswered, isStackless, isWorthLearning, mayAnswer } from './put-match.ts'

/** A put that answered no get (yet). */
interface LonePut {
  readonly row: EventRow
  readonly class: number
  /** The hold that it is the end of, should it answer none. */
  readonly hold: HoldRow
  left: number
}

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
  readonly #signs: PageSigns
  readonly #rows: Column<EventRow>
  readonly #open = new OpenHolds()
  readonly #put: CurrentPut
  readonly #lonePuts: LonePut[] = []
  readonly #answerable: StackId[] = []
  #sink: HoldSink = NOWHERE
  #frozen = 0
  #end = 0
  /** First reference event of the life, and the one before the event that is walked; NONE before there is one. */
  #firstRef = NONE
  #before = NONE

  constructor(trace: Trace, classifier: Classifier, model: PairModel) {
    this.#trace = trace
    this.#classifier = classifier
    this.#model = model
    this.#signs = pageSignsOf(trace)
    this.#rows = trace.indexes.byPage.rows
    this.#put = new CurrentPut(this.#signs, this.#open)
  }

  /** Walks one life, whose events are positions `[begin, end)` of the index by page; its holds come by time of get (of put, where there is no get). */
  walk(begin: number, end: number, isStartCertain: boolean, isEndCertain: boolean, into: HoldSink): void {
    this.#begin(end, into)
    for (let at = begin; at < end; at++) {
      const row = this.#rows[at]
      if (isRefKind(this.#trace.events.kind[row])) this.#apply(row, this.#changeAt(row), at)
    }
    if (isEndCertain) this.#settle(isStartCertain)
    this.#finish()
    this.#sink = NOWHERE // a walk that waits for the next page holds no table of the last one
  }

  /** Walks one life only to learn which puts answer which gets: as far as it has such puts. */
  learn(begin: number, end: number): void {
    const last = this.#lastTeaching(begin, end)
    if (last === NONE) return
    this.#begin(end, NOWHERE)
    for (let at = begin; at <= last; at++) {
      const row = this.#rows[at]
      if (!isRefKind(this.#trace.events.kind[row])) continue
      const delta = this.#changeAt(row)
      this.#apply(row, delta, at, true)
    }
  }

  /** Position of the last put of a life that teaches; NONE when there is none. */
  #lastTeaching(begin: number, end: number): number {
    for (let at = end - 1; at >= begin; at--) if (isTeaching(this.#trace, this.#classifier, this.#rows[at])) return at
    return NONE
  }

  #begin(end: number, sink: HoldSink): void {
    this.#sink = sink
    this.#end = end
    this.#firstRef = NONE
    this.#before = NONE
    this.#open.clear()
    if (this.#lonePuts.length > 0) this.#lonePuts.length = 0
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

  /** Takes an event at a position of the index by page. */
  #apply(row: EventRow, delta: number, at: number, isLearning = false): void {
    if (this.#firstRef === NONE) this.#beginLifeAt(row)
    if (delta > 0) this.#takeGet(row, delta, at)
    else if (delta < 0) this.#takePut(row, -delta, at, isLearning)
    this.#before = row
  }

  #beginLifeAt(row: EventRow): void {
    const mappings = this.#signs.mappings[this.#signs.shape[row]]
    this.#firstRef = row
    this.#put.impliedMappings = this.#trace.events.kind[row] === SET || mappings === NOT_TOLD ? 0 : mappings
  }

  #takeGet(row: EventRow, units: number, at: number): void {
    const { events, contexts } = this.#trace
    const task = contexts.task[events.context[row]]
    const cls = this.#classOf(row, units, at)
    if (!isSecondHalf(events.kind[row], units)) {
      this.#openHold(row, cls, task, units)
      return
    }
    const half = this.#firstHalf(task, units, cls)
    if (half !== undefined) {
      this.#open.extend(half, this.#classOfPin(row, units, half), units)
      return
    }
    // A second half whose first was lost is still a pin, and will be given back whole.
    const isPin = cls === GUP_PIN || this.#isAdded(row, units)
    this.#openHold(row, cls, task, isPin ? (units / (PIN_BIAS - 1)) * PIN_BIAS : units)
  }

  #openHold(row: EventRow, cls: number, task: TaskId, units: number): void {
    const stack = this.#trace.events.stack[row]
    this.#open.open(row, cls, stack, task, units, this.#sink.begin(row, stack, task))
  }

  /** The open +1 that a +1023 makes a pin: the task's newest, whatever other CPUs did to the page between the two. */
  #firstHalf(task: TaskId, units: number, cls: number): OpenHold | undefined {
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

  /** Class by the stack; without one by what changed on the page, and by the isolating task being at work on it. */
  #classOf(row: EventRow, delta: number, at: number): number {
    const { events } = this.#trace
    const kind = events.kind[row]
    if (kind === UNFREEZE) return PAGE_CACHE
    const told = this.#classifier.classOf(kind, delta, events.stack[row])
    return told !== UNKNOWN || events.stack[row] >= 0 ? told : this.#classWithoutStack(row, delta, at)
  }

  #classWithoutStack(row: EventRow, delta: number, at: number): number {
    const { events, contexts } = this.#trace
    const neighbours = { first: this.#firstRef as EventRow, before: this.#before, next: this.#nextRef(at) } // set by now
    const changed = classWithoutStack(this.#signs, row, delta, neighbours)
    if (changed !== undefined) return changed
    return this.#isIsolating(contexts.task[events.context[row]], row) ? MIGRATION : UNKNOWN
  }

  #nextRef(at: number): number {
    for (let next = at + 1; next < this.#end; next++)
      if (isRefKind(this.#trace.events.kind[this.#rows[next]])) return this.#rows[next]
    return NONE
  }

  /** True when a task has just isolated the page: until it puts the page back, what it does to it is migration's. */
  #isIsolating(task: TaskId, row: EventRow): boolean {
    const { time } = this.#trace.events
    for (const hold of this.#open.ofClass(MIGRATION))
      if (hold.task === task && time[row] - time[hold.getRow] <= LONGEST_ISOLATION_NS) return true
    return false
  }

  #takePut(row: EventRow, units: number, at: number, isLearning: boolean): void {
    const { events, contexts } = this.#trace
    const put = this.#put
    put.begin(row, events.stack[row], contexts.task[events.context[row]], units)
    put.class = this.#classOf(row, -units, at)
    put.before = this.#before
    if (isLearning && put.stack >= 0 && isWorthLearning(put.class)) {
      collectAnswerable(this.#open, put, this.#answerable)
      this.#model.observe(put.stack, this.#answerable)
    }
    const left = this.#answerWith(put)
    if (left === 0) return
    this.#lonePuts.push({ row, class: put.class, hold: this.#sink.begin(NONE, put.stack, put.task), left })
    // At the first event of a life the mapping that it gives back has gone already.
    if (put.class === MAPPING && row !== this.#firstRef) put.impliedMappings = Math.max(0, put.impliedMappings - left)
  }

  /** Gives a put back to the holds that it answers; returns the units that are left. */
  #answerWith(put: CurrentPut): number {
    let left = put.units
    while (left > 0) {
      const hold = findAnswered(this.#open, put, left, this.#model)
      if (hold === undefined) break
      if (left > hold.left) put.settleKept()
      left -= this.#answer(hold, put.row, put.class, left)
    }
    return left
  }

  /** Gives up to `units` back to a hold; closes it when all is back. Returns how many it took. */
  #answer(hold: OpenHold, row: number, cls: number, units: number): number {
    const taken = Math.min(units, hold.left)
    hold.left -= taken
    if (hold.left > 0) return taken
    this.#open.remove(hold)
    this.#sink.end(hold.row, row, isStackless(hold) ? cls : hold.class, hold.units)
    return taken
  }

  /** Pairs what is left of a life that ended at zero; one that was seen whole has no put for nothing. */
  #settle(isWhole: boolean): void {
    if (this.#lonePuts.length === 0) return
    this.#settleLeft(false)
    const left = this.#open.inOrder().reduce((sum, hold) => sum + hold.left, 0)
    const put = this.#lonePuts.reduce((sum, lone) => sum + lone.left, 0)
    if (isWhole && left === put) this.#settleLeft(true)
  }

  #settleLeft(isAnyAllowed: boolean): void {
    for (const hold of this.#open.inOrder()) {
      for (const lone of this.#lonePuts) {
        if (lone.left > 0 && hold.left > 0 && lone.row > hold.getRow && (isAnyAllowed || mayAnswer(lone, hold)))
          lone.left -= this.#answer(hold, lone.row, lone.class, lone.left)
      }
    }
  }

  #finish(): void {
    this.#open.endAll(this.#sink)
    for (const { row, class: cls, hold, left } of this.#lonePuts)
      if (left > 0) this.#sink.end(hold, row, cls, left)
      else this.#sink.drop(hold)
  }
}

/** 1 for each page with puts to learn from. One pass in order of time, as the events lie: a look at each page costs more. */
export function teachingPages(trace: Trace, classifier: Classifier): Uint8Array {
  const teaches = new Uint8Array(trace.pages.length)
  const { length, page } = trace.events
  for (let row = 0; row < length; row++) if (isTeaching(trace, classifier, row)) teaches[page[row]] = 1
  return teaches
}

/** True for a put that teaches: those without a stack never do, nor those of expected classes. */
function isTeaching({ events, shapes }: Trace, classifier: Classifier, row: number): boolean {
  const stack = events.stack[row]
  const delta = shapes.val[events.shape[row]]
  const kind = events.kind[row]
  return delta < 0 && stack >= 0 && isRefKind(kind) && isWorthLearning(classifier.classOf(kind, delta, stack))
}

/** The second event of a pin that takes two. */
function isSecondHalf(kind: EventKind, units: number): boolean {
  return kind === MOD && units >= PIN_BIAS - 1 && units % (PIN_BIAS - 1) === 0
}

function newer(one: OpenHold | undefined, other: OpenHold | undefined): OpenHold | undefined {
  return one === undefined || (other !== undefined && other.getRow > one.getRow) ? other : one
}
