import { type OwnerGroups } from './owner-groups.ts'

/**
 * Columns that groups of allocations can be sorted by. `name` is the group's: orders and ages by their size. `oldest` and
 * `newest` by age.
 */
export const OWNER_SORTS = ['pages', 'allocations', 'stacks', 'tasks', 'misplaced', 'oldest', 'newest', 'name'] as const
export type OwnerSort = (typeof OWNER_SORTS)[number]

/** One column to sort by. */
export interface OwnerOrder {
  readonly sort: OwnerSort
  readonly isDescending: boolean
}

/** As `sort` asks it, of two keys. */
export type Compare = (a: number, b: number) => number

/** Sorts groups in place by one column after another; equal ones by pages, then by name. What was not recorded is last. */
export function sortOwnerGroups(
  keys: number[],
  groups: Pick<OwnerGroups, 'keys' | 'sums'>,
  orders: readonly OwnerOrder[],
): void {
  const { pages } = groups.sums
  const titles = new Map(keys.map((key) => [key, groups.keys.titleOf(key)] as const))
  const titleOf = (key: number): string => titles.get(key) ?? ''
  const compares = orders.map((order) => comparison(groups, titleOf, order))
  const lastFirst = (key: number): number => (titleOf(key) === '' ? 1 : 0)
  keys.sort((a, b) => {
    const last = lastFirst(a) - lastFirst(b)
    if (last !== 0) return last
    for (const compare of compares) {
      const difference = compare(a, b)
      if (difference !== 0) return difference
    }
    return pages[b] - pages[a] || compareText(titleOf(a), titleOf(b)) || a - b
  })
}

function comparison(
  { keys, sums }: Pick<OwnerGroups, 'keys' | 'sums'>,
  titleOf: (key: number) => string,
  { sort, isDescending }: OwnerOrder,
): Compare {
  const sign = isDescending ? -1 : 1
  if (sort === 'name') {
    const { rankOf } = keys
    if (rankOf !== undefined) return (a, b) => sign * (rankOf(a) - rankOf(b))
    return (a, b) => sign * compareText(titleOf(a), titleOf(b))
  }
  if (sort === 'oldest' || sort === 'newest') return byAge(sums[sort], sign)
  const values = sort === 'allocations' ? sums.blocks : sums[sort]
  return (a, b) => sign * (values[a] - values[b])
}

/** By age, which falls as the time of allocation rises; where none is told comes last either way. */
function byAge(ts: Float64Array, sign: number): Compare {
  return (a, b) => {
    if (ts[a] < 0 || ts[b] < 0) return Number(ts[a] < 0) - Number(ts[b] < 0)
    return sign * (ts[b] - ts[a])
  }
}

/** Compares by one column after another, each rising in `compares`. */
export function oneAfterAnother<Sort extends string>(
  orders: readonly { readonly sort: Sort; readonly isDescending: boolean }[],
  compares: Readonly<Record<Sort, Compare>>,
): Compare {
  return (a, b) => {
    for (const { sort, isDescending } of orders) {
      const difference = compares[sort](a, b)
      if (difference !== 0) return isDescending ? -difference : difference
    }
    return 0
  }
}

/** By code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
