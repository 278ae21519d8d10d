import { rowsOf } from '../../base/group-index.ts'
import { classifierOf } from '../attribution/classify.ts'
import { type RuleSet } from '../attribution/rule-set.ts'
import { EDGE_CERTAIN, type LifetimeRow, type LifetimeTable } from '../counts/lifetime-table.ts'
import { COPYING_FRAMES } from '../frame-rules.ts'
import { bareSymbol, holderFrameOf } from '../holder-frame.ts'
import { NONE, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type HoldTable } from './hold-table.ts'
import { HoldTableBuilder } from './hold-table-builder.ts'
import { PageWalk, teachingPages } from './page-walk.ts'
import { pairFinderOf } from './pair-finder.ts'
import { PairModel } from './pair-model.ts'
import { firstWithIt } from './untraced-get.ts'

/**
 * All holds of a trace, life by life: first every life teaches which puts answer which gets, then every life is
 * paired with what was learned, and with the known pairs of the rule set. O(events × open holds of a page).
 */
export function buildHolds(trace: Trace, lifetimes: LifetimeTable, rules: RuleSet): HoldTable {
  const steps = holdSteps(trace, lifetimes, rules)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Lives between two steps: some milliseconds. */
const LIVES_A_STEP = 2048

/** `buildHolds` with pauses, for who must do something else meanwhile: yields how much is done, 0 … 1. */
export function* holdSteps(trace: Trace, lifetimes: LifetimeTable, rules: RuleSet): Generator<number, HoldTable> {
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
  const teaches = teachingPages(trace, classifier)
  for (let life = 0; life < lifetimes.length; life++) {
    if (life % LIVES_A_STEP === 0) yield (0.3 * life) / lifetimes.length
    if (teaches[lifetimes.page[life]] === 0) continue
    bounds.moveTo(life)
    walk.learn(bounds.begin, bounds.end)
  }
  const table = new HoldTableBuilder(trace.events.time)
  const traceEnd = lastTime(trace)
  for (let life = 0; life < lifetimes.length; life++) {
    if (life % LIVES_A_STEP === 0) yield 0.3 + (0.7 * life) / lifetimes.length
    bounds.moveTo(life)
    pairLife(trace, lifetimes, life, walk, bounds, table, traceEnd)
  }
  return table.build(trace.pages.length, trace.stacks.length)
}

/** Adds the holds of one life to a table. */
function pairLife(
  trace: Trace,
  lifetimes: LifetimeTable,
  life: LifetimeRow,
  walk: PageWalk,
  { begin, end }: LifeBounds,
  table: HoldTableBuilder,
  traceEnd: number,
): void {
  const page = lifetimes.page[life]
  const isEndCertain = lifetimes.endEdge[life] === EDGE_CERTAIN
  const beginOf = (putRow: number, units: number): number => {
    const [firstRow, lastRow] = [lifetimes.firstRow[life], lifetimes.lastRow[life]]
    const row = firstWithIt(trace, rowsOf(trace.indexes.byPage, page), { firstRow, lastRow }, { putRow, units })
    return row === NONE ? lifetimes.from[life] : trace.events.time[row]
  }
  table.beginLife(page, isEndCertain ? lifetimes.to[life] : traceEnd)
  walk.walk(begin, end, lifetimes.startEdge[life] === EDGE_CERTAIN, isEndCertain, table)
  table.endLife(beginOf)
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

/** True when one function took and dropped; each distinct stack is named once. */
function sameFunctions(trace: Trace): (put: StackId, get: StackId) => boolean {
  const known = new Int32Array(trace.stacks.length).fill(-1)
  const ids = new Map<string, number>()
  const functionOf = (stack: StackId): number => {
    if (known[stack] >= 0) return known[stack]
    const { symbol } = holderFrameOf(trace, stack)
    const id = ids.get(symbol) ?? ids.size
    ids.set(symbol, id)
    known[stack] = id
    return id
  }
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
