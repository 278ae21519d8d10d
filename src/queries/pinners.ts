import { assertUnreachable } from '../base/assert.ts'
import { formatDuration } from '../base/clock.ts'
import { rowsOf } from '../base/group-index.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow } from '../derive/holds/hold-table.ts'
import { stackHashesOf, stacksOfHash } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { holdAnswer, holdDurationNs } from './hold-answer.ts'
import { rangesByGroup } from './pinner-ranges.ts'
import { pinnerTasks } from './pinner-tasks.ts'
import { addUpPinners, type PinnerTotals } from './pinner-totals.ts'
import { holderText, NO_STACK, stackAnswer } from './stack-answer.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type HoldAnswer, type StackAnswer } from './wire.ts'

/** Columns that pinners can be sorted by. */
export type PinnerSort = 'holds' | 'open' | 'longest' | 'total' | 'pages' | 'tasks' | 'ranges' | 'holder'

/** Holds grouped by stack. */
export interface PinnersQuestion {
  /** Holds shorter than this are left out (their number is in the answer). ns. */
  readonly thresholdNs: number
  /** True to list holds of classes that migration expects as well. */
  readonly includeExpected: boolean
  /** Substring of any symbol of the stack, a comm, or a pid; empty = all. */
  readonly filter: string
  readonly sort: PinnerSort
  readonly isDescending: boolean
  readonly offset: number
  readonly limit: number
}

/** One stack with its holds. */
export interface PinnerAnswer {
  readonly stack: StackAnswer
  readonly holder: string
  readonly class: ReferenceClassId
  readonly holds: number
  readonly open: number
  readonly longestNs: number
  readonly longestText: string
  readonly totalNs: number
  readonly totalText: string
  readonly pages: number
  readonly tasks: number
  /** Up to three comms, most holds first. */
  readonly topTasks: readonly { readonly comm: string; readonly pid: number; readonly holds: number }[]
  /** Failed ranges with a blocking page held by this stack. */
  readonly ranges: number
}

/** Answer to `pinners`. */
export interface PinnersAnswer {
  readonly total: number
  readonly offset: number
  readonly rows: readonly PinnerAnswer[]
  /** Holds left out, by why. */
  readonly hidden: { readonly expected: number; readonly short: number }
}

/** The holds of one stack. */
export interface PinnerHoldsQuestion {
  readonly stackHash: string
  readonly thresholdNs: number
  readonly offset: number
  readonly limit: number
}

/** Answer to `pinnerHolds`, longest first. */
export interface PinnerHoldsAnswer {
  readonly total: number
  readonly offset: number
  readonly rows: readonly HoldAnswer[]
}

/** Holds grouped by stack: totals, sorted, one window. O(holds). */
export function findPinners(trace: Trace, derived: Derived, question: PinnersQuestion): PinnersAnswer {
  const totals = addUpPinners(trace, derived, question)
  const ranges = rangesByGroup(trace, derived)
  const groups: number[] = []
  for (let group = 0; group < totals.holds.length; group++) if (totals.holds[group] > 0) groups.push(group)
  sortGroups(trace, derived, groups, totals, ranges, question)
  const window = groups.slice(question.offset, question.offset + question.limit)
  return {
    total: groups.length,
    offset: question.offset,
    rows: window.map((group) => pinnerAnswer(trace, derived, group, totals, ranges)),
    hidden: totals.hidden,
  }
}

function sortGroups(
  trace: Trace,
  derived: Derived,
  groups: number[],
  totals: PinnerTotals,
  ranges: Float64Array,
  { sort, isDescending }: PinnersQuestion,
): void {
  const sign = isDescending ? -1 : 1
  if (sort === 'holder') {
    const names = new Map(groups.map((group) => [group, holderOf(trace, group)]))
    const nameOf = (group: number): string => names.get(group) ?? ''
    groups.sort((a, b) => sign * compareText(nameOf(a), nameOf(b)) || a - b)
    return
  }
  const keys = sortKeys(trace, derived, groups, totals, ranges, sort)
  groups.sort((a, b) => sign * (keys[a] - keys[b]) || totals.totalNs[b] - totals.totalNs[a] || a - b)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function sortKeys(
  trace: Trace,
  derived: Derived,
  groups: readonly number[],
  totals: PinnerTotals,
  ranges: Float64Array,
  sort: Exclude<PinnerSort, 'holder'>,
): Float64Array {
  switch (sort) {
    case 'holds':
      return totals.holds
    case 'open':
      return totals.open
    case 'longest':
      return totals.longestNs
    case 'total':
      return totals.totalNs
    case 'pages':
      return totals.pages
    case 'ranges':
      return ranges
    case 'tasks': {
      const counts = new Float64Array(totals.holds.length)
      for (const group of groups) counts[group] = pinnerTasks(trace, derived, group, totals.isCounted).count
      return counts
    }
    default:
      return assertUnreachable(sort)
  }
}

function holderOf(trace: Trace, group: number): string {
  const { stacks } = stackHashesOf(trace)
  return group < stacks.length ? holderText(trace, stacks[group][0]) : ''
}

function pinnerAnswer(
  trace: Trace,
  derived: Derived,
  group: number,
  totals: PinnerTotals,
  ranges: Float64Array,
): PinnerAnswer {
  const { stacks } = stackHashesOf(trace)
  const tasks = pinnerTasks(trace, derived, group, totals.isCounted)
  const { unit } = trace.clock.style
  return {
    stack: group < stacks.length ? stackAnswer(trace, stacks[group][0]) : NO_STACK,
    holder: holderOf(trace, group),
    class: commonestClass(totals.byClass, group),
    holds: totals.holds[group],
    open: totals.open[group],
    longestNs: totals.longestNs[group],
    longestText: formatDuration(totals.longestNs[group], unit),
    totalNs: totals.totalNs[group],
    totalText: formatDuration(totals.totalNs[group], unit),
    pages: totals.pages[group],
    tasks: tasks.count,
    topTasks: tasks.top,
    ranges: ranges[group],
  }
}

function commonestClass(byClass: Float64Array, group: number): ReferenceClassId {
  const start = group * REFERENCE_CLASSES.length
  let best = 0
  for (let at = 1; at < REFERENCE_CLASSES.length; at++) if (byClass[start + at] > byClass[start + best]) best = at
  return REFERENCE_CLASSES[best].id
}

/** The holds of one stack, longest first; those without a recorded stack when the hash is empty. */
export function findPinnerHolds(trace: Trace, derived: Derived, question: PinnerHoldsQuestion): PinnerHoldsAnswer {
  const { holds } = derived
  const found: HoldRow[] = []
  const consider = (hold: HoldRow): void => {
    if (holdDurationNs(holds, hold) >= question.thresholdNs) found.push(hold)
  }
  if (question.stackHash === '') {
    for (let hold = 0; hold < holds.length; hold++) if (holds.stack[hold] < 0) consider(hold)
  }
  for (const stack of stacksOfHash(trace, question.stackHash)) {
    const rows = rowsOf(holds.byStack, stack)
    for (let at = 0; at < rows.length; at++) consider(rows[at])
  }
  found.sort((a, b) => holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b)
  const window = found.slice(question.offset, question.offset + question.limit)
  const rows = window.map((hold) => holdAnswer(trace, derived, hold))
  return { total: found.length, offset: question.offset, rows }
}
