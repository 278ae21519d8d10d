import { rowsOf } from '../../base/group-index.ts'
import { classifierOf } from '../attribution/classify.ts'
import { type RuleSet } from '../attribution/rule-set.ts'
import { EDGE_CERTAIN, type LifetimeRow, type LifetimeTable } from '../counts/lifetime-table.ts'
import { COPYING_FRAMES } from '../frame-rules.ts'
import { functionIdsOf } from '../function-ids.ts'
import { bareSymbol } from '../holder-frame.ts'
import { NONE, type PageId, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type HoldTable } from './hold-table.ts'
import { HoldTableBuilder } from './hold-table-builder.ts'
import { PageWalk, teachingPages } from './page-walk.ts'
import { pairFinderOf } from './pair-finder.ts'
import { type PageSample } from './page-sample.ts'
import { PairModel } from './pair-model.ts'
import { firstWithIt } from './untraced-get.ts'

/**
 * All holds of a trace, life by life: first every life teaches which puts answer which gets, then every life is
 * paired with what was learned, and with the known pairs of the rule set. O(events × open holds of a page).
 */
export function buildHolds(trace: Trace, lifetimes: LifetimeTable, rules: RuleSet): HoldTable {
  return finish(pairSteps(trace, lifetimes, rules)).first
}

/** Takes all steps at once. */
export function finish<Step, Value>(steps: Generator<Step, Value>): Value {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Holds of a trace as far as they are paired, and what pairs the rest of them just so. */
export interface Pairing {
  /** Holds of the pages of the sample; all where there is none. */
  readonly first: HoldTable
  /** Holds of all pages, those of `first` in their place among them. Yields lives that are done. */
  restSteps(): Generator<number, HoldTable>
  /** The holds of one page and of no other, in the order in which all tables have them. O(events of the page). */
  ofPage(page: PageId): HoldTable
}

/** Lives between two steps: some milliseconds. */
const LIVES_A_STEP = 2048

/**
 * Pairs gets with puts on the pages of a sample, or on all. What was learned is learned of the sample alone, whoever
 * asks for which page later: a page has the same holds then as if it had been of the sample. Yields lives that are done.
 */
export function* pairSteps(
  trace: Trace,
  lifetimes: LifetimeTable,
  rules: RuleSet,
  sample?: PageSample,
): Generator<number, Pairing> {
  const { isKnown, isKnownPut } = pairFinderOf(trace, rules)
  const model = new PairModel({
    isSameFunction: sameFunctions(trace),
    isCopy: copyingStacks(trace),
    isKnown,
    isKnownPut,
  })
  const classifier = classifierOf(trace, rules)
  const walk = new PageWalk(trace, classifier, model)
  const bounds = new LifeBounds(trace, lifetimes)
  const lives = new LivesOfSample(lifetimes, sample)
  // A sample is a small part of the events: to ask each of its lives is less than to look through all that happened.
  const teaches = sample === undefined ? teachingPages(trace, classifier) : undefined
  for (let life = lives.first(); life < lifetimes.length; life = lives.next(life)) {
    if (lives.isStep) yield LEARNING * life
    if (teaches !== undefined && teaches[lifetimes.page[life]] === 0) continue
    bounds.moveTo(life)
    walk.learn(bounds.begin, bounds.end)
  }
  const pairLife = lifePairer(trace, lifetimes, walk, bounds)
  const table = new HoldTableBuilder(trace.events.time)
  for (let life = lives.first(); life < lifetimes.length; life = lives.next(life)) {
    if (lives.isStep) yield LEARNING * lifetimes.length + (1 - LEARNING) * life
    pairLife(life, table)
  }
  const first = table.build(trace.pages.length, trace.stacks.length)
  return {
    first,
    restSteps: () => restSteps(trace, lifetimes, first, sample, pairLife),
    ofPage: (page) => holdsOfPage(trace, lifetimes, page, pairLife),
  }
}

/** The lives of the pages of a sample, in order; of all pages where there is none. */
class LivesOfSample {
  readonly #lifetimes: LifetimeTable
  readonly #sample: PageSample | undefined
  #passed = 0

  constructor(lifetimes: LifetimeTable, sample: PageSample | undefined) {
    this.#lifetimes = lifetimes
    this.#sample = sample
  }

  /** True now and then: some milliseconds of work have gone by. */
  get isStep(): boolean {
    return this.#passed % LIVES_A_STEP === 0
  }

  /** As `next`, from the beginning on. */
  first(): LifetimeRow {
    this.#passed = 0
    return this.#atOrAfter(0)
  }

  /** The next life of the sample; the number of all lives when there is none. */
  next(life: LifetimeRow): LifetimeRow {
    this.#passed++
    return this.#atOrAfter(life + 1)
  }

  /** Lives are in order of their pages, so that a page that is left out is passed at once. */
  #atOrAfter(life: LifetimeRow): LifetimeRow {
    const { page, length, byPage } = this.#lifetimes
    const sample = this.#sample
    let at = life
    if (sample !== undefined) while (at < length && sample[page[at]] === 0) at = byPage.offsets[page[at] + 1]
    return at
  }
}

/** Share of the time that learning takes, about. */
const LEARNING = 0.3

function* restSteps(
  trace: Trace,
  lifetimes: LifetimeTable,
  first: HoldTable,
  sample: PageSample | undefined,
  pairLife: LifePairer,
): Generator<number, HoldTable> {
  if (sample === undefined) return first
  const table = new HoldTableBuilder(trace.events.time)
  for (let life = 0; life < lifetimes.length; life++) {
    if (life % LIVES_A_STEP === 0) yield life
    const page = lifetimes.page[life]
    if (sample[page] === 0) pairLife(life, table)
    else if (life === 0 || lifetimes.page[life - 1] !== page) table.copy(first, rowsOf(first.byPage, page))
  }
  return table.build(trace.pages.length, trace.stacks.length)
}

function holdsOfPage(trace: Trace, lifetimes: LifetimeTable, page: PageId, pairLife: LifePairer): HoldTable {
  const table = new HoldTableBuilder(trace.events.time)
  const lives = rowsOf(lifetimes.byPage, page)
  for (let at = 0; at < lives.length; at++) pairLife(lives[at], table)
  return table.build(trace.pages.length, trace.stacks.length)
}

/** The holds of some pages alone, in the same order. O(holds). */
export function holdsOfSample(trace: Trace, holds: HoldTable, sample: PageSample): HoldTable {
  const table = new HoldTableBuilder(trace.events.time)
  for (let page = 0; page < sample.length; page++)
    if (sample[page] === 1) table.copy(holds, rowsOf(holds.byPage, page as PageId))
  return table.build(trace.pages.length, trace.stacks.length)
}

/** Adds the holds of one life to a table. */
type LifePairer = (life: LifetimeRow, table: HoldTableBuilder) => void

function lifePairer(trace: Trace, lifetimes: LifetimeTable, walk: PageWalk, bounds: LifeBounds): LifePairer {
  const traceEnd = lastTime(trace)
  let from = 0
  const beginOf = (putRow: number, units: number): number => {
    const row = firstWithIt(trace, bounds, { putRow, units })
    return row === NONE ? from : trace.events.time[row]
  }
  return (life, table) => {
    const isEndCertain = lifetimes.endEdge[life] === EDGE_CERTAIN
    bounds.moveTo(life)
    from = lifetimes.from[life]
    table.beginLife(lifetimes.page[life], isEndCertain ? lifetimes.to[life] : traceEnd)
    walk.walk(bounds.begin, bounds.end, lifetimes.startEdge[life] === EDGE_CERTAIN, isEndCertain, table)
    table.endLife(beginOf)
  }
}

/** Where the events of a life stand in the index by page. Lives that are asked for in order are found without a search. */
class LifeBounds {
  readonly #trace: Trace
  readonly #lifetimes: LifetimeTable
  begin = 0
  end = 0

  constructor(trace: Trace, lifetimes: LifetimeTable) {
    this.#trace = trace
    this.#lifetimes = lifetimes
  }

  moveTo(life: LifetimeRow): void {
    const { offsets, rows } = this.#trace.indexes.byPage
    const { page, firstRow, lastRow } = this.#lifetimes
    const [ofPage, endOfPage] = [offsets[page[life]], offsets[page[life] + 1]]
    const isNext = this.end >= ofPage && this.end < endOfPage && rows[this.end] <= firstRow[life]
    this.begin = isNext ? this.end : ofPage
    while (rows[this.begin] < firstRow[life]) this.begin++
    this.end = this.begin
    while (this.end < endOfPage && rows[this.end] <= lastRow[life]) this.end++
  }
}

/** True when one function took and dropped. */
function sameFunctions(trace: Trace): (put: StackId, get: StackId) => boolean {
  const functionOf = functionIdsOf(trace)
  return (put, get) => put >= 0 && get >= 0 && functionOf(put) === functionOf(get)
}

/** Judges each distinct stack once, at its first call. */
function copyingStacks(trace: Trace): (stack: StackId) => boolean {
  const known = new Int8Array(trace.stacks.length).fill(-1)
  return (stack) => {
    if (stack < 0) return false
    if (known[stack] < 0) known[stack] = Number(isCopying(trace, stack))
    return known[stack] === 1
  }
}

function isCopying(trace: Trace, stack: StackId): boolean {
  const { stacks, strings, frames } = trace
  const ofStack = framesOf(stacks, stack)
  for (let at = 0; at < ofStack.length; at++)
    if (COPYING_FRAMES.test(bareSymbol(strings.text(frames.symbol[ofStack[at]])))) return true
  return false
}

function lastTime(trace: Trace): number {
  return trace.events.length === 0 ? 0 : trace.events.time[trace.events.length - 1]
}
