import { framesOfRule, type RuleSet } from '../attribution/rule-set.ts'
import { type KnownPair } from '../attribution/known-pairs.ts'
import { judgedFrames } from '../attribution/classify.ts'
import { type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/** Finds the known pair of two stacks. Each distinct stack is judged once for either side, at its first call. */
export interface PairFinder {
  /** The first pair of the set, in its order, that fits a put's and a get's stack; undefined when none does. */
  readonly pairOf: (put: StackId, get: StackId) => KnownPair | undefined
  /** True when there is one. Free of allocation: a put asks for each open hold that it may answer. */
  readonly isKnown: (put: StackId, get: StackId) => boolean
  /** False for a put that no pair fits, whatever the get. */
  readonly isKnownPut: (put: StackId) => boolean
}

const finders = new WeakMap<Trace, WeakMap<RuleSet, PairFinder>>()

/** The finder of a trace by the pairs of a rule set, made at the first call. */
export function pairFinderOf(trace: Trace, rules: RuleSet): PairFinder {
  const ofTrace = finders.get(trace) ?? new WeakMap<RuleSet, PairFinder>()
  finders.set(trace, ofTrace)
  const finder = ofTrace.get(rules) ?? createFinder(trace, rules.pairs)
  ofTrace.set(rules, finder)
  return finder
}

/** No pair fits. */
const NO_PAIR = -1

function createFinder(trace: Trace, pairs: readonly KnownPair[]): PairFinder {
  const puts = createSide(trace, pairs, 'put')
  const gets = createSide(trace, pairs, 'get')
  /** Position in `pairs`, or `NO_PAIR`, by group of puts and of gets; filled as they are asked for. */
  const answers: number[][] = []
  const find = (put: StackId, get: StackId): number => {
    if (put < 0 || get < 0) return NO_PAIR
    const byPut = puts.groupOf(put)
    if (byPut === NO_GROUP) return NO_PAIR
    const byGet = gets.groupOf(get)
    if (byGet === NO_GROUP) return NO_PAIR
    const known = (answers[byPut] ??= [])
    return (known[byGet] ??= firstShared(pairs, puts.groups[byPut], gets.groups[byGet]))
  }
  return {
    isKnown: (put, get) => find(put, get) !== NO_PAIR,
    isKnownPut: (put) => put >= 0 && puts.groupOf(put) !== NO_GROUP,
    pairOf: (put, get) => {
      const found = find(put, get)
      return found === NO_PAIR ? undefined : pairs[found]
    },
  }
}

function firstShared(pairs: readonly KnownPair[], puts: StackGroup, gets: StackGroup): number {
  const shared = puts.pairs.find(
    (at) => gets.pairs.includes(at) && (pairs[at].isSameModule !== true || puts.module === gets.module),
  )
  return shared ?? NO_PAIR
}

/** Stacks that fit the same pairs on one side: what is known of one is known of all. */
interface StackGroup {
  /** Positions of the pairs, ascending. */
  readonly pairs: readonly number[]
  /** The module nearest to the tracepoint, where a pair asks for it; -1 else. */
  readonly module: number
}

/** The group of stacks that fit no pair; their put or get is known without a look at the other. */
const NO_GROUP = 0

interface PairSide {
  readonly groups: readonly StackGroup[]
  /** Position in `groups`. */
  groupOf(stack: StackId): number
}

function createSide(trace: Trace, pairs: readonly KnownPair[], side: 'get' | 'put'): PairSide {
  const groups: StackGroup[] = [{ pairs: [], module: -1 }]
  const ids = new Map<string, number>([['', NO_GROUP]])
  const known = new Int32Array(trace.stacks.length).fill(-1)
  const fitting = fittingPairs(pairs, side)
  const judge = (stack: StackId): number => {
    const group = groupOfStack(trace, stack, pairs, fitting)
    const key = group.pairs.length === 0 ? '' : `${group.pairs.join()}@${group.module}`
    const id = ids.get(key) ?? groups.push(group) - 1
    ids.set(key, id)
    return id
  }
  return {
    groups,
    groupOf: (stack) => {
      if (known[stack] < 0) known[stack] = judge(stack)
      return known[stack]
    },
  }
}

function groupOfStack(
  trace: Trace,
  stack: StackId,
  pairs: readonly KnownPair[],
  fitting: (symbol: string) => readonly number[],
): StackGroup {
  const frames = judgedFrames(trace, stack)
  const module = frames.find(({ isOfModule }) => isOfModule)?.module ?? -1
  const fit = new Set(frames.flatMap(({ symbol }) => fitting(symbol)))
  const told = [...fit].filter((at) => module >= 0 || pairs[at].isSameModule !== true).toSorted((a, b) => a - b)
  return { pairs: told, module: told.some((at) => pairs[at].isSameModule === true) ? module : -1 }
}

/** Positions of the pairs that a function fits; each distinct name is tried once. */
function fittingPairs(pairs: readonly KnownPair[], side: 'get' | 'put'): (symbol: string) => readonly number[] {
  const patterns = pairs.map((pair) => framesOfRule({ frames: pair[side] }))
  const known = new Map<string, readonly number[]>()
  return (symbol) => {
    const before = known.get(symbol)
    if (before !== undefined) return before
    const fit = patterns.flatMap((pattern, at) => (pattern.test(symbol) ? [at] : []))
    known.set(symbol, fit)
    return fit
  }
}
