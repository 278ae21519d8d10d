import { type Verdict } from '../derive/attribution/finding.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { chooser, type TriageChoice } from './triage-filter.ts'
import { type GroupedRange, groupRanges, type RangeGroup, type TriageGrouping } from './triage-groups.ts'
import { groupOrder, rangeOrder, type TriageOrder } from './triage-order.ts'
import { groupRow, rangeRow, type TriageRow } from './triage-rows.ts'

/** Failed ranges in groups, a window of their lines. */
export interface TriageQuestion extends TriageChoice, TriageOrder {
  readonly thresholdNs: number
  readonly grouping: TriageGrouping
  /** Every group is folded, but those of `except`; else none is but those. Keys of groups. */
  readonly isFolded: boolean
  readonly except: readonly string[]
  /** Id of the failed range that is looked at; the first one when absent. */
  readonly selected?: string
  readonly offset: number
  readonly limit: number
}

/** A failed range and the group that it is listed in. */
export interface ListedRange {
  readonly id: string
  readonly group: string
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
  /** Of the range that is looked at; absent when it is not listed. */
  readonly selected?: SelectedRange
}

/** Where the range that is looked at stands among those that are listed. */
export interface SelectedRange {
  /** 1-based, in the order of the list; each range once. */
  readonly nth: number
  /** Its line; absent while its group is folded. */
  readonly row?: number
  /** The ranges around it, itself included, in the order of the list. */
  readonly around: readonly ListedRange[]
}

/** Ranges told on either side of the one that is looked at: as many as keys may step before the next answer. */
const AROUND = 50

/** Failed ranges in groups: chosen, sorted, one window. O(failed ranges), but for the first time of each grouping. */
export function findTriage(trace: Trace, derived: Derived, question: TriageQuestion): TriageAnswer {
  const groups = listedGroups(trace, derived, question)
  const order = distinctRanges(groups)
  const id = question.selected ?? order.at(0)?.id
  const lines = linesOf(groups, question)
  const window = lines.slice(question.offset, question.offset + question.limit)
  const selected = id === undefined ? undefined : selectedOf(order, lines, id)
  return {
    total: lines.length,
    offset: question.offset,
    rows: window.map((line) => rowOf(trace, line)),
    failures: derived.findings.length,
    listed: order.length,
    groups: groups.length,
    verdicts: countVerdicts(derived),
    ...(selected === undefined ? {} : { selected }),
  }
}

/** A group with the ranges of it that are listed, sorted. */
interface ListedGroup {
  readonly group: RangeGroup
  readonly ranges: readonly GroupedRange[]
}

function listedGroups(trace: Trace, derived: Derived, question: TriageQuestion): readonly ListedGroup[] {
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

function linesOf(groups: readonly ListedGroup[], { grouping, isFolded, except }: TriageQuestion): readonly Line[] {
  const exceptions = new Set(except)
  return groups.flatMap(({ group, ranges }) => {
    const members: readonly Line[] = ranges.map((range) => ({ group, range }))
    if (grouping === 'none') return members
    const folded = isFolded !== exceptions.has(group.key)
    const head: Line = { group, listed: ranges.length, isFolded: folded }
    return folded ? [head] : [head, ...members]
  })
}

function rowOf(trace: Trace, line: Line): TriageRow {
  if ('range' in line) return rangeRow(trace, line.group, line.range)
  return groupRow(trace, line.group, line.listed, line.isFolded)
}

function selectedOf(order: readonly ListedRange[], lines: readonly Line[], id: string): SelectedRange | undefined {
  const at = order.findIndex((range) => range.id === id)
  if (at < 0) return undefined
  const row = lines.findIndex((line) => 'range' in line && line.range.finding.range.id === id)
  return {
    nth: at + 1,
    ...(row < 0 ? {} : { row }),
    around: order.slice(Math.max(0, at - AROUND), at + AROUND + 1),
  }
}

function countVerdicts({ findings }: Derived): Readonly<Record<Verdict, number>> {
  const counts = { held: 0, transient: 0, unmovable: 0, unknown: 0 }
  for (const { verdict } of findings) counts[verdict]++
  return counts
}
