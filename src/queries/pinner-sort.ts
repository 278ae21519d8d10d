import { assertUnreachable } from '../base/assert.ts'
import { type PinnerTotals } from './pinner-totals.ts'

/** Columns that pinners can be sorted by. `holder` is the group's name. */
export const PINNER_SORTS = [
  'holds',
  'open',
  'longest',
  'total',
  'pages',
  'tasks',
  'stacks',
  'ranges',
  'hidden',
  'holder',
] as const
export type PinnerSort = (typeof PINNER_SORTS)[number]

/** One column to sort by. */
export interface PinnerOrder {
  readonly sort: PinnerSort
  readonly isDescending: boolean
}

/** What groups are sorted by. */
export interface SortableGroups {
  readonly totals: PinnerTotals
  readonly ranges: Float64Array
  readonly nameOf: (group: number) => { readonly title: string }
  readonly countTasks: (group: number) => number
  readonly countStacks: (group: number) => number
}

/** Sorts groups in place by one column after another; equal ones by total time, then as they are numbered. */
export function sortGroups(groups: number[], given: SortableGroups, orders: readonly PinnerOrder[]): void {
  const compares = orders.map((order) => comparison(groups, given, order))
  const { totalNs } = given.totals
  groups.sort((a, b) => {
    for (const compare of compares) {
      const difference = compare(a, b)
      if (difference !== 0) return difference
    }
    return totalNs[b] - totalNs[a] || a - b
  })
}

type Compare = (a: number, b: number) => number

function comparison(groups: readonly number[], given: SortableGroups, { sort, isDescending }: PinnerOrder): Compare {
  const sign = isDescending ? -1 : 1
  if (sort === 'holder') {
    const titles = new Map(groups.map((group) => [group, given.nameOf(group).title]))
    return (a, b) => sign * compareText(titles.get(a) ?? '', titles.get(b) ?? '')
  }
  const keys = sortKeys(groups, given, sort)
  return (a, b) => sign * (keys[a] - keys[b])
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function sortKeys(groups: readonly number[], given: SortableGroups, sort: Exclude<PinnerSort, 'holder'>): Float64Array {
  const { totals, ranges } = given
  const counted = (count: (group: number) => number): Float64Array => {
    const counts = new Float64Array(totals.holds.length)
    for (const group of groups) counts[group] = count(group)
    return counts
  }
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
    case 'hidden':
      return totals.hidden
    case 'ranges':
      return ranges
    case 'tasks':
      return counted(given.countTasks)
    case 'stacks':
      return counted(given.countStacks)
    default:
      return assertUnreachable(sort)
  }
}
