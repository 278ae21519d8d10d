import { findAtLeast } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { oncePer } from '../../base/once-per.ts'
import { FREEZE, isRefKind } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { symbolsOf } from '../failures/trigger-of-stack.ts'
import { isGenericFrame, isInstrumentationFrame } from '../holder-frame.ts'
import { deltaOf, isRefused, operationText } from '../operation.ts'
import {
  FREEZE_RULES,
  type FreezePurpose,
  MIGRATES,
  RECLAIMS,
  RECLAIMS_FOR_RANGE,
  REMOVES_FROM_CACHE,
} from './freeze-rules.ts'

/** Who tried to freeze a count, as far as the stack tells. */
export interface Freezer {
  readonly purpose: FreezePurpose
  /** `migration`, `the split of a large folio`; a freeze that no rule knows is `a freeze of the count`. */
  readonly words: string
  /** `split`: the same in a word or two; `in foo_fn` where no rule knows the function, empty without a stack. */
  readonly label: string
  /** The function that froze, without what compilers add: `__remove_mapping`; empty without a stack. */
  readonly symbol: string
  /** True when migration, or the reclaim of clean pages before it, wanted it, be it for itself or on its way. */
  readonly servesMigration: boolean
  /** True when the one who tries expects a reference of its own among the others. */
  readonly countsOwn: boolean
}

/**
 * A freeze of a page that the kernel refused: what it expected and what it found (include/linux/page_ref.h
 * page_ref_freeze()).
 */
export interface RefusedFreeze {
  readonly row: EventRow
  /** `count=` as printed: read again after the refusal. */
  readonly count: number
  /** `val=`: what the one who tried expected, its own reference among them where `freezer.countsOwn`. */
  readonly val: number
  readonly freezer: Freezer
  /**
   * References above the expectation when it was refused, at least and at most; alike where nothing raced. Undefined
   * where the count that was read again is no more than expected: what made it fail had changed by then.
   */
  readonly excess?: { readonly least: number; readonly most: number }
  /** Operations of other CPUs that the count may or may not have had when it was refused. */
  readonly raced: readonly EventRow[]
}

/** The freezes of a page that were refused in `[from, to]`, in time order. O(events of the page in it). */
export function refusedFreezesOf(trace: Trace, page: PageId, from: number, to: number): readonly RefusedFreeze[] {
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  const { time } = trace.events
  const found: RefusedFreeze[] = []
  for (let at = findAtLeast(rows, findAtLeast(time, from)); at < rows.length && time[rows[at]] <= to; at++)
    if (isRefusedFreeze(trace, rows[at])) found.push(refusedFreezeAt(trace, rows[at]))
  return found
}

/**
 * What a page_ref event did, as `operationText` says it, with who tried where a freeze was refused and its stack tells:
 * `freeze 2 refused (migration)`.
 */
export function operationWords(trace: Trace, row: EventRow): string {
  const operation = operationText(trace, row)
  if (!isRefusedFreeze(trace, row)) return operation
  const { label } = freezerOf(trace, trace.events.stack[row])
  return label === '' ? operation : `${operation} (${label})`
}

/** True for a page_ref_freeze with ret=0. */
export function isRefusedFreeze(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === FREEZE && isRefused(trace, row)
}

/** What a refused freeze states. O(log events of the page). */
export function refusedFreezeAt(trace: Trace, row: EventRow): RefusedFreeze {
  const { count: counts, shape, stack } = trace.events
  const count = counts[row]
  const val = trace.shapes.val[shape[row]]
  const raced = racedAt(trace, row)
  const excess = excessOf(trace, count - val, raced)
  return { row, count, val, freezer: freezerOf(trace, stack[row]), raced, ...(excess === undefined ? {} : { excess }) }
}

/** A count that was not the expected one when it was refused is above it, or nobody's reference was in the way. */
function excessOf(trace: Trace, found: number, raced: readonly EventRow[]): RefusedFreeze['excess'] {
  if (found <= 0) return undefined
  const changes = raced.map((row) => deltaOf(trace, row))
  const gets = changes.reduce((sum, change) => sum + Math.max(0, change), 0)
  const puts = changes.reduce((sum, change) => sum - Math.min(0, change), 0)
  return { least: Math.max(1, found - gets), most: found + puts }
}

/** Stamps of two CPUs that touch a page at once differ by less; a contradiction of the counts is asked for as well. */
const RACE_WINDOW_NS = 50_000
/** Events of the page looked at: a clock that counts ticks prints the same time for many, and so many leave any number open. */
const LOOK_BACK = 100

/**
 * Changes by other CPUs that prove a race: before it in the file at the very same printed time; or after it, where the
 * count that was read again has the change already, though its event was not written yet.
 */
function racedAt(trace: Trace, row: EventRow): readonly EventRow[] {
  const { time, count } = trace.events
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, trace.events.page[row])
  const at = findAtLeast(rows, row)
  const raced: EventRow[] = []
  for (let near = at - 1; near >= Math.max(0, at - LOOK_BACK) && time[rows[near]] === time[row]; near--)
    if (isChangeElsewhere(trace, rows[near], row)) raced.unshift(rows[near])
  const before = at === 0 ? undefined : rows[at - 1]
  const next = at + 1 < rows.length ? rows[at + 1] : undefined
  if (next === undefined || time[next] - time[row] > RACE_WINDOW_NS) return raced
  const isCounted =
    before === undefined
      ? time[next] === time[row]
      : isRefKind(trace.events.kind[before]) && count[row] - count[before] === deltaOf(trace, next)
  return isCounted && isChangeElsewhere(trace, next, row) ? [...raced, next] : raced
}

function isChangeElsewhere(trace: Trace, other: EventRow, row: EventRow): boolean {
  return deltaOf(trace, other) !== 0 && cpuOf(trace, other) !== cpuOf(trace, row)
}

function cpuOf({ events, contexts }: Trace, row: EventRow): number {
  return contexts.cpu[events.context[row]]
}

const UNTOLD: Freezer = {
  purpose: 'untold',
  words: 'a freeze of the count',
  label: '',
  symbol: '',
  servesMigration: false,
  countsOwn: false,
}

/** Who tried, by the stack of a freeze. Each distinct stack is read once. */
export function freezerOf(trace: Trace, stack: StackId): Freezer {
  return stack < 0 ? UNTOLD : freezersOf(trace)(stack)
}

const freezersOf = oncePer((trace: Trace) => {
  const known = new Map<StackId, Freezer>()
  return (stack: StackId): Freezer => {
    const freezer = known.get(stack) ?? readFreezer(symbolsOf(trace, stack))
    known.set(stack, freezer)
    return freezer
  }
})

function readFreezer(symbols: readonly string[]): Freezer {
  const first = symbols.findIndex((symbol) => !isInstrumentationFrame(symbol) && !isGenericFrame(symbol))
  if (first < 0) return UNTOLD
  const symbol = symbols[first]
  for (let at = first; at < symbols.length; at++) {
    const rule = FREEZE_RULES.find(({ functions }) => functions.test(symbols[at]))
    if (rule === undefined) continue
    const { purpose, words, label, countsOwn } = rule
    const onBehalf = behalfOf(symbols.slice(at))
    const isItself = purpose === 'migration' || purpose === onBehalf
    const behalf = onBehalf === '' || isItself ? '' : ` ${onBehalf === FOR_RANGE ? onBehalf : `for ${onBehalf}`}`
    const servesMigration = purpose === 'migration' || onBehalf === 'migration' || onBehalf === FOR_RANGE
    return { purpose, words: `${words}${behalf}`, label, symbol, countsOwn, servesMigration }
  }
  const isRemoval = symbols.some((one) => REMOVES_FROM_CACHE.test(one))
  return isRemoval
    ? {
        ...UNTOLD,
        purpose: 'reclaim',
        words: 'the removal from the cache',
        label: 'cache removal',
        symbol,
        countsOwn: true,
      }
    : { ...UNTOLD, purpose: 'unknown', label: `in ${symbol}`, symbol }
}

const FOR_RANGE = 'of clean pages of the range'

/** On whose behalf it is done: the callers are read outward, and what comes first says so. */
function behalfOf(callers: readonly string[]): string {
  if (callers.some((one) => RECLAIMS_FOR_RANGE.test(one))) return FOR_RANGE
  const first = callers.find((one) => RECLAIMS.test(one) || MIGRATES.test(one))
  if (first === undefined) return ''
  return RECLAIMS.test(first) ? 'reclaim' : 'migration'
}
