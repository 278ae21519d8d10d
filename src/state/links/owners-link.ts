import { type OwnerGrouping } from '../../queries/owners/owner-keys.ts'
import { type CompareSort } from '../../queries/owners/compare-owners.ts'
import { type OwnerSort } from '../../queries/owners/owner-sort.ts'
import { type TrendSort } from '../../queries/owners/owner-trend.ts'
import { flag, oneOf, sortOrders, text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What the Owners screen shows: one dump in groups, two dumps beside each other, all of them as a series. */
export const OWNER_MODES = ['groups', 'compare', 'trend'] as const
export type OwnerMode = (typeof OWNER_MODES)[number]

/** What allocations are grouped by, and columns that groups are sorted by, as links write them. */
export const OWNER_GROUPINGS = [
  'stack',
  'task',
  'gfp',
  'migratetype',
  'order',
  'age',
] as const satisfies readonly OwnerGrouping[]
export const OWNER_SORTS = [
  'pages',
  'allocations',
  'stacks',
  'tasks',
  'misplaced',
  'oldest',
  'newest',
  'name',
] as const satisfies readonly OwnerSort[]
export const OWNER_COMPARE_SORTS = ['delta', 'before', 'after', 'name'] as const satisfies readonly CompareSort[]
export const OWNER_TREND_SORTS = ['growth', 'pages', 'name'] as const satisfies readonly TrendSort[]

/** What the Owners screen keeps in the link beside what all screens share; the selected stack is shared. */
export const OWNERS_LINK = {
  ownerMode: entry('owners', oneOf(OWNER_MODES)),
  /** The dump that is shown, and the one that it is compared with: their ids. */
  ownerDump: entry('dump', text),
  ownerBase: entry('dump-base', text),
  ownerGrouping: entry('allocated-by', oneOf(OWNER_GROUPINGS)),
  /** Name of the selected group that is no stack. */
  ownerGroup: entry('allocation', text),
  ownerFilter: entry('owner-filter', text),
  /** Columns to sort by, the first one first: of one dump, of two, of a trend. */
  ownerSort: entry('owner-sort', sortOrders(OWNER_SORTS)),
  ownerCompareSort: entry('owner-compare-sort', sortOrders(OWNER_COMPARE_SORTS)),
  ownerTrendSort: entry('owner-trend-sort', sortOrders(OWNER_TREND_SORTS)),
  /** Stacks that are as before are listed in a comparison, too. */
  ownerSame: entry('owner-same', flag),
} as const satisfies LinkTable
