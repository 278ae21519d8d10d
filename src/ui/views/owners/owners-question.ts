import { type OwnersQuestion } from '../../../queries/owners/owners.ts'
import { type OwnerGroupAnswer } from '../../../queries/owners/owners.ts'
import { OWNER_COMPARE_SORTS, OWNER_SORTS, OWNER_TREND_SORTS } from '../../../state/links/owners-link.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type DataSort } from '../../widgets/data-table.tsx'

interface Order<Sort extends string> {
  readonly sort: Sort
  readonly isDescending: boolean
}

const DEFAULT_SORT = [{ sort: 'pages', isDescending: true }] as const
/** What two dumps, and a trend, are sorted by when the link names nothing: what changed most. */
const DEFAULT_COMPARE_SORT = [{ sort: 'delta', isDescending: true }] as const
const DEFAULT_TREND_SORT = [{ sort: 'growth', isDescending: true }] as const

/** What the link asks of the groups. */
export function questionOf(view: ViewState): Omit<OwnersQuestion, 'offset' | 'limit' | 'opened'> {
  const find = findOf(view)
  return {
    dump: view.ownerDump ?? '',
    grouping: groupingOf(view),
    filter: view.ownerFilter ?? '',
    ...inTurn(ordersOf(view)),
    ...(find === undefined ? {} : { find }),
    ...(view.pfn === undefined ? {} : { page: view.pfn }),
  }
}

/** What allocations are grouped by. */
export function groupingOf(view: ViewState): OwnersQuestion['grouping'] {
  return view.ownerGrouping ?? 'stack'
}

/** What groups of one dump are sorted by. */
export function ordersOf({ ownerSort }: ViewState) {
  return ownerSort ?? DEFAULT_SORT
}

/** What stacks of two dumps are sorted by. */
export function compareOrdersOf({ ownerCompareSort }: ViewState) {
  return ownerCompareSort ?? DEFAULT_COMPARE_SORT
}

/** What stacks of a trend are sorted by. */
export function trendOrdersOf({ ownerTrendSort }: ViewState) {
  return ownerTrendSort ?? DEFAULT_TREND_SORT
}

/** Orders as a question has them: the first column, and those where it leaves rows equal. */
export function inTurn<Sort extends string>(
  orders: readonly Order<Sort>[],
): Order<Sort> & { readonly thenBy: readonly Order<Sort>[] } {
  const [first, ...thenBy] = orders
  return { ...first, thenBy }
}

/** The link's sort as the table shows it: the first column, and those after it. */
export function tableSortOf(orders: readonly Order<string>[]): {
  readonly sort: DataSort
  readonly thenBy: readonly DataSort[]
} {
  const [sort, ...thenBy] = orders.map((order) => ({ id: order.sort, isDescending: order.isDescending }))
  return { sort, thenBy }
}

/** The table's sort as the link has it, of one dump. */
export function linkSortOf(orders: readonly DataSort[]): Partial<ViewState> {
  return { ownerSort: knownOrders(OWNER_SORTS, orders) }
}

/** As `linkSortOf`, of two dumps. */
export function linkCompareSortOf(orders: readonly DataSort[]): Partial<ViewState> {
  return { ownerCompareSort: knownOrders(OWNER_COMPARE_SORTS, orders) }
}

/** As `linkSortOf`, of a trend. */
export function linkTrendSortOf(orders: readonly DataSort[]): Partial<ViewState> {
  return { ownerTrendSort: knownOrders(OWNER_TREND_SORTS, orders) }
}

function knownOrders<Sort extends string>(
  sorts: readonly Sort[],
  orders: readonly DataSort[],
): readonly Order<Sort>[] | undefined {
  const known = orders.flatMap(({ id, isDescending }) => {
    const sort = sorts.find((name) => name === id)
    return sort === undefined ? [] : [{ sort, isDescending }]
  })
  return known.length === 0 ? undefined : known
}

type Row = Pick<OwnerGroupAnswer, 'level' | 'group' | 'stackName'>

/** Identity of a row in its table: a group by its name, a stack in it by both. */
export function rowKeyOf({ level, group, stackName }: Row): string {
  return level === 1 ? keyOfGroup(group) : `${keyOfGroup(group)}\n${stackName}`
}

/** As `rowKeyOf` of a group; what was not recorded has no name. */
export function keyOfGroup(group: string): string {
  return group === '' ? 'not recorded' : group
}

/** The row that the link selects. */
export function selectedKeyOf(view: ViewState): string | undefined {
  const find = findOf(view)
  if (find === undefined) return undefined
  return find.stack === undefined ? keyOfGroup(find.group) : `${keyOfGroup(find.group)}\n${find.stack}`
}

/** What the link says when a row is selected. Only stacks with a hash have a place in the link. */
export function selectionOf(view: ViewState, { level, group, stackName }: Row): Partial<ViewState> {
  const stack = hashIn(stackName)
  if (groupingOf(view) === 'stack') return { stack, ownerGroup: undefined }
  return { ownerGroup: group === '' ? undefined : group, stack: level === 1 ? undefined : stack }
}

function findOf(view: ViewState): OwnersQuestion['find'] {
  if (groupingOf(view) === 'stack') return view.stack === undefined ? undefined : { group: view.stack }
  if (view.ownerGroup === undefined) return undefined
  return { group: view.ownerGroup, ...(view.stack === undefined ? {} : { stack: view.stack }) }
}

/** The hash of a stack; handles have no place in the link. */
export function hashIn(name: string): string | undefined {
  return /^[0-9a-f]{16}$/.test(name) ? name : undefined
}
