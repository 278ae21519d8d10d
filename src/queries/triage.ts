import { type Verdict } from '../derive/attribution/finding.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { chooser, type TriageChoice } from './triage-filter.ts'
import { type GroupedRange, groupRanges, type RangeGroup, type TriageGrouping } from './triage-groups.ts'
import { groupOrder, rangeOrder, type TriageOrder } from './triage-order.ts'
import { groupRow, rangeRow, type TriageRow } from './triage-rows.ts'

/** Which failed ranges are listed, in which groups and order. */
export interface TriageList extends TriageChoice, TriageOrder {
  readonly thresholdNs: number
  readonly grouping: TriageGrouping
  /** Every group is folded, but those of `except`; else none is but those. Keys of groups. */
  readonly isFolded: boolean
  readonly except: readonly string[]
}

/** A window of the lines of the list. */
export interface TriageQuestion extends TriageList {
  readonly offset: number
  readonly limit: number
}

/** Answer to `triage`. */
export interface TriageAnswer {
  /** Lines in all: groups, and the ranges of those that are not folded. */
  readonly total: number
  readonly offset: number
  readonly rows: readonly TriageRow[]
  /** Failed ranges in all, and those that the choice leaves; each once, however many groups it is in. */
  readonly failures: number
  readonly listed: number
  readonly groups: number
  /** Failed ranges of each verdict, whatever the choice. */
  readonly verdicts: Readonly<Record<Verdict, number>>
}

/** Where a failed range stands in the list. */
export interface TriagePlaceQuestion extends TriageList {
  /** Id of the range; the first of the list when absent. */
  readonly id?: string
  /** The group whose line of it is meant; else its first one. */
  readonly group?: string
}

/** Answer to `triagePlace`. */
export interface TriagePlaceAnswer {
  /** Ranges that are listed, each once. */
  readonly listed: number
  /** The first of them; absent when none is. */
  readonly first?: ListedRange
  /** Absent when the range is not listed. */
  readonly at?: RangePlace
}

/** A failed range and the first group that it is listed in. */
export interface ListedRange {
  readonly id: string
  readonly group: string
}

/** Where a range stands among those that are listed. */
export interface RangePlace {
  /** 1-based, in the order of the list; each range once. */
  readonly nth: number
  /** Its line, and the group of that; absent while it is folded away. */
  readonly row?: number
  readonly group?: string
  /** The ranges around it, itself included, in the order of the list. */
  readonly around: readonly ListedRange[]
}

/** Ranges told on either side of the one that is looked at: as many as keys may step before the next answer. */
const AROUND = 50

/** Failed ranges in groups: chosen, sorted, one window. O(failed ranges), but for the first time of each grouping. */
export function findTriage(trace: Trace, derived: Derived, question: TriageQuestion): TriageAnswer {
  const { lines, order, groups } = listOf(trace, derived, question)
  const window = lines.slice(question.offset, question.offset + question.limit)
  return {
    total: lines.length,
    offset: question.offset,
    rows: window.map((line) => rowOf(trace, derived, line)),
    failures: derived.findings.length,
    listed: order.length,
    groups: groups.length,
    verdicts: countVerdicts(derived),
  }
}

/** Where a failed range stands in the list, and what is before and after it. Cost as `findTriage`. */
export function findTriagePlace(trace: Trace, derived: Derived, question: TriagePlaceQuestion): TriagePlaceAnswer {
  const list = listOf(trace, derived, question)
  const { order } = list
  const first = order.at(0)
  const at = placeIn(list, question.id ?? first?.id, question.group)
  return { listed: order.length, ...(first === undefined ? {} : { first }), ...(at === undefined ? {} : { at }) }
}

/** The list before it is put into words. */
interface MadeList {
  readonly key: string
  readonly lines: readonly Line[]
  readonly order: readonly ListedRange[]
  readonly groups: readonly ListedGroup[]
}

/** The list that was asked for last: its windows and places are asked one after the other. */
const lastLists = new WeakMap<Derived, MadeList>()

function listOf(trace: Trace, derived: Derived, list: TriageList): MadeList {
  const { grouping, verdict, filter, among, sort, isDescending, isFolded, except } = list
  const key = JSON.stringify([grouping, verdict, filter, among, sort, isDescending, isFolded, except])
  const last = lastLists.get(derived)
  if (last?.key === key) return last
  const groups = listedGroups(trace, derived, list)
  const made = { key, lines: linesOf(groups, list), order: distinctRanges(groups), groups }
  lastLists.set(derived, made)
  return made
}

/** A group with the ranges of it that are listed, sorted. */
interface ListedGroup {
  readonly group: RangeGroup
  readonly ranges: readonly GroupedRange[]
}

function listedGroups(trace: Trace, derived: Derived, question: TriageList): readonly ListedGroup[] {
  const isListed = chooser(trace, question)
  const compare = rangeOrder(question)
  return groupRanges(derived, question.grouping)
    .toSorted(groupOrder(question))
    .map((group) => ({ group, ranges: group.ranges.filter(isListed).toSorted(compare) }))
    .filter(({ ranges }) => ranges.length > 0)
}

/** Each listed range once, in the first of its groups. */
function distinctRanges(groups: readonly ListedGroup[]): readonly ListedRange[] {
  const first = new Map<string, ListedRange>()
  for (const { group, ranges } of groups) {
    for (const { finding } of ranges) {
      const { id } = finding.range
      if (!first.has(id)) first.set(id, { id, group: group.key })
    }
  }
  return [...first.values()]
}

/** A line of the list before it is put into words. */
type Line =
  | { readonly group: RangeGroup; readonly listed: number; readonly isFolded: boolean }
  | { readonly group: RangeGroup; readonly range: GroupedRange }

function linesOf(groups: readonly ListedGroup[], { grouping, isFolded, except }: TriageList): readonly Line[] {
  const exceptions = new Set(except)
  return groups.flatMap(({ group, ranges }) => {
    const members: readonly Line[] = ranges.map((range) => ({ group, range }))
    if (grouping === 'none') return members
    const folded = isFolded !== exceptions.has(group.key)
    const head: Line = { group, listed: ranges.length, isFolded: folded }
    return folded ? [head] : [head, ...members]
  })
}

function rowOf(trace: Trace, derived: Derived, line: Line): TriageRow {
  if ('range' in line) return rangeRow(trace, derived, line.group, line.range)
  return groupRow(trace, line.group, line.listed, line.isFolded)
}

function placeIn(
  { order, lines, groups }: MadeList,
  id: string | undefined,
  group: string | undefined,
): RangePlace | undefined {
  const at = order.findIndex((range) => range.id === id)
  if (at < 0) return undefined
  const isIn = ({ ranges }: ListedGroup): boolean => ranges.some(({ finding }) => finding.range.id === id)
  const own = groups.find((one) => one.group.key === group && isIn(one))?.group.key ?? order[at].group
  // Folded away in its own group it has no line, though another group may have one: the selection does not jump there.
  const row = lines.findIndex((line) => 'range' in line && line.group.key === own && line.range.finding.range.id === id)
  return {
    nth: at + 1,
    ...(row < 0 ? {} : { row, group: own }),
    around: order.slice(Math.max(0, at - AROUND), at + AROUND + 1),
  }
}

function countVerdicts({ findings }: Derived): Readonly<Record<Verdict, number>> {
  const counts = { held: 0, transient: 0, unmovable: 0, unknown: 0 }
  for (const { verdict } of findings) counts[verdict]++
  return counts
}
