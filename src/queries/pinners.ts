import { formatDuration } from '../base/clock.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { noiseAnswers, type NoiseClassAnswer } from './noise-answer.ts'
import { countHidden, hasDurations, type HiddenHolds, type HoldChoice, judgeHolds } from './pinner-choice.ts'
import { type PinnerGrouping } from './pinner-keys.ts'
import {
  type GroupLevel,
  groupLevel,
  type HolderShare,
  type PinnerLevel,
  stackLevel,
  type TaskShare,
} from './pinner-level.ts'
import { listedKeys } from './pinner-listed.ts'
import { type PinnerName } from './pinner-name.ts'
import { type PinnerOrder, type PinnerSort, sortGroups } from './pinner-sort.ts'
import { type PinnerShape, type ShapeAxis, shapeAxisOf } from './pinner-shape.ts'
import { classesOfGroup } from './pinner-totals.ts'
import { type PlaceAnswer } from './wire.ts'

/** Holds in groups. */
export interface PinnersQuestion extends HoldChoice {
  /** By stack when absent. */
  readonly grouping?: PinnerGrouping
  /** Names of groups whose stacks are listed below them; groups that are stacks themselves have none. */
  readonly opened?: readonly string[]
  /** True to list groups that blocked a failed range though none of their holds is long enough. */
  readonly withBlockers?: boolean
  readonly sort: PinnerSort
  readonly isDescending: boolean
  /** Further columns to sort by, where those before are equal. */
  readonly thenBy?: readonly PinnerOrder[]
  /** A row whose place is asked for: a group by its name, a stack in it by its hash, too. */
  readonly find?: { readonly group: string; readonly stack?: string }
  readonly offset: number
  readonly limit: number
}

/** One group of holds: a stack, or what the holds are grouped by. */
export interface PinnerAnswer extends PinnerName {
  /** 1 for a group, 2 for a stack listed under its group. */
  readonly level: 1 | 2
  /** Class of most holds. */
  readonly class: ReferenceClassId
  /** All classes, most holds first. */
  readonly classes: readonly ReferenceClassId[]
  readonly holds: number
  readonly open: number
  readonly longestNs: number
  readonly longestText: string
  /**
   * The line of the longest hold's get, of its put where that was before the trace; of the longest short hold where none
   * counts. Absent when the group has neither.
   */
  readonly longestPlace?: PlaceAnswer
  readonly totalNs: number
  readonly totalText: string
  readonly pages: number
  readonly tasks: number
  /** Up to three comms, most holds first. */
  readonly topTasks: readonly TaskShare[]
  /** Different stacks. */
  readonly stacks: number
  /** Up to three holders, most holds first; empty for a row that is one holder. */
  readonly topHolders: readonly HolderShare[]
  /** Failed ranges with a blocking page held by this group. */
  readonly ranges: number
  /** Holds of the group that are left out. */
  readonly hidden: number
  /** More than 1 when a hold of the group is one of so many that the evidence does not separate. */
  readonly anyOf: number
  /** When its references were taken, and how long they were held. */
  readonly shape: PinnerShape
}

/** Answer to `pinners`. */
export interface PinnersAnswer {
  /** Rows in all: groups, and stacks of the opened ones. */
  readonly total: number
  readonly offset: number
  readonly rows: readonly PinnerAnswer[]
  /** Position of the row that `find` names; -1 when it is not listed. */
  readonly foundAt: number
  /** Groups with holds that count. */
  readonly groups: number
  /** Groups that are listed only because they blocked a failed range. */
  readonly blockers: number
  /** Over all groups: the same whatever holds are grouped by. */
  readonly sums: { readonly holds: number; readonly open: number; readonly totalNs: number; readonly totalText: string }
  /** Holds left out, by why. */
  readonly hidden: HiddenHolds
  /** False when the trace clock counts: the threshold is then not applied. */
  readonly hasDurations: boolean
  /** What the noise rules hide, class by class. */
  readonly noise: readonly NoiseClassAnswer[]
  /** What the rows' shapes are drawn against. */
  readonly shapeAxis: ShapeAxis
}

/** Holds in groups: totals, sorted, one window. O(holds). */
export function findPinners(trace: Trace, derived: Derived, question: PinnersQuestion): PinnersAnswer {
  const verdicts = judgeHolds(trace, derived, question)
  const top = groupLevel(trace, derived, verdicts, question.grouping ?? 'stack')
  const stacks = stackLevel(trace, derived, verdicts, top, question.opened ?? [])
  const sorted = sortedKeys(top, question)
  const groups = sorted.filter((key) => top.totals.holds[key] > 0).length
  const rows: RowRef[] = sorted.flatMap((key) => [
    { level: top, key },
    ...sortedKeys(stacks, question, stacks.keysUnder(key)).map((stack) => ({ level: stacks, key: stack })),
  ])
  const window = rows.slice(question.offset, question.offset + question.limit)
  return {
    total: rows.length,
    offset: question.offset,
    rows: window.map((row) => pinnerAnswer(trace, row)),
    foundAt: positionOf(rows, top, stacks, question.find),
    groups,
    blockers: sorted.length - groups,
    sums: sumsOf(trace, top),
    hidden: countHidden(verdicts),
    hasDurations: hasDurations(trace),
    noise: noiseAnswers(trace, derived, verdicts, question),
    shapeAxis: shapeAxisOf(trace, hasDurations(trace) ? question.thresholdNs : 0),
  }
}

interface RowRef {
  readonly level: PinnerLevel
  readonly key: number
}

/** Stacks stand right below the group that they are in. O(rows). */
function positionOf(
  rows: readonly RowRef[],
  top: GroupLevel,
  stacks: PinnerLevel,
  find: PinnersQuestion['find'],
): number {
  const group = find === undefined ? -1 : top.keys.find(find.group)
  const at = group < 0 ? -1 : rows.findIndex(({ level, key }) => level === top && key === group)
  if (at < 0 || find?.stack === undefined) return at
  for (let below = at + 1; below < rows.length && rows[below].level === stacks; below++)
    if (stacks.nameOf(rows[below].key).stack.hash === find.stack) return below
  return -1
}

/** Keys to list, sorted; of all keys when not told which. */
function sortedKeys(level: PinnerLevel, question: PinnersQuestion, among?: readonly number[]): readonly number[] {
  const listed = listedKeys(level, question, among)
  const { sort, isDescending, thenBy = [] } = question
  sortGroups(listed, level, [{ sort, isDescending }, ...thenBy])
  return listed
}

function sumsOf(trace: Trace, { totals }: PinnerLevel): PinnersAnswer['sums'] {
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0)
  const totalNs = sum(totals.totalNs)
  const totalText = formatDuration(totalNs, trace.clock.style.unit)
  return { holds: sum(totals.holds), open: sum(totals.open), totalNs, totalText }
}

function pinnerAnswer(trace: Trace, { level, key }: RowRef): PinnerAnswer {
  const { totals } = level
  const { unit } = trace.clock.style
  const classes = classesOfGroup(totals, key)
  const tasks = level.tasksOf(key)
  const longestPlace = level.longestPlaceOf(key)
  return {
    ...level.nameOf(key),
    level: level.level,
    class: classes[0] ?? 'unknown',
    classes,
    holds: totals.holds[key],
    open: totals.open[key],
    longestNs: totals.longestNs[key],
    longestText: formatDuration(totals.longestNs[key], unit),
    ...(longestPlace === undefined ? {} : { longestPlace }),
    totalNs: totals.totalNs[key],
    totalText: formatDuration(totals.totalNs[key], unit),
    pages: totals.pages[key],
    tasks: tasks.count,
    topTasks: tasks.top,
    stacks: level.countStacks(key),
    topHolders: level.holdersOf(key),
    ranges: level.ranges[key],
    hidden: totals.hidden[key],
    anyOf: level.anyOfOf(key),
    shape: level.shapeOf(key),
  }
}
