import { rowsOf } from '../../base/group-index.ts'
import { classifierOf } from '../attribution/classify.ts'
import { type RuleSet } from '../attribution/rule-set.ts'
import { EDGE_CERTAIN, type LifetimeTable } from '../counts/lifetime-table.ts'
import { COPYING_FRAMES } from '../frame-rules.ts'
import { bareSymbol, holderFrameOf } from '../holder-frame.ts'
import { NONE, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type HoldTable } from './hold-table.ts'
import { HoldTableBuilder } from './hold-table-builder.ts'
import { PageWalk } from './page-walk.ts'
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
  const functionOf = (stack: StackId): string => holderFrameOf(trace, stack).symbol
  const isSameFunction = (put: StackId, get: StackId): boolean =>
    put >= 0 && get >= 0 && functionOf(put) === functionOf(get)
  const { isKnown } = pairFinderOf(trace, rules)
  const model = new PairModel({ isSameFunction, isCopy: copyingStacks(trace), isKnown })
  const walk = new PageWalk(trace, classifierOf(trace, rules), model)
  for (let life = 0; life < lifetimes.length; life++) {
    if (life % LIVES_A_STEP === 0) yield (0.3 * life) / lifetimes.length
    walk.learn(rowsOf(trace.indexes.byPage, lifetimes.page[life]), lifetimes.firstRow[life], lifetimes.lastRow[life])
  }
  const table = new HoldTableBuilder()
  const traceEnd = lastTime(trace)
  for (let life = 0; life < lifetimes.length; life++) {
    if (life % LIVES_A_STEP === 0) yield 0.3 + (0.7 * life) / lifetimes.length
    const page = lifetimes.page[life]
    const isEndCertain = lifetimes.endEdge[life] === EDGE_CERTAIN
    const lifeEnd = isEndCertain ? lifetimes.to[life] : traceEnd
    const rows = rowsOf(trace.indexes.byPage, page)
    const isStartCertain = lifetimes.startEdge[life] === EDGE_CERTAIN
    const [first, last] = [lifetimes.firstRow[life], lifetimes.lastRow[life]]
    const holds = walk.walk(rows, first, last, isStartCertain, isEndCertain)
    for (const hold of holds) {
      const begin =
        hold.getRow === NONE ? firstWithIt(trace, rows, { firstRow: first, lastRow: last }, hold) : hold.getRow
      const from = begin === NONE ? lifetimes.from[life] : trace.events.time[begin]
      const to = hold.putRow === NONE ? lifeEnd : trace.events.time[hold.putRow]
      table.push(page, hold, from, to)
    }
  }
  return table.build(trace.pages.length, trace.stacks.length)
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
