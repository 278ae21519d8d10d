import { type OwnersQuestion } from '../../../queries/owners/owners.ts'
import { type OwnerGroupAnswer } from '../../../queries/owners/owners.ts'
import { OWNER_SORTS } from '../../../state/links/owners-link.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type DataSort } from '../../widgets/data-table.tsx'

type Order = NonNullable<ViewState['ownerSort']>[number]

const DEFAULT_SORT: readonly Order[] = [{ sort: 'pages', isDescending: true }]

/** What the link asks of the groups. */
export function questionOf(view: ViewState): Omit<OwnersQuestion, 'offset' | 'limit' | 'opened'> {
  const [first = DEFAULT_SORT[0], ...thenBy] = view.ownerSort ?? DEFAULT_SORT
  const find = findOf(view)
  return {
    dump: view.ownerDump ?? '',
    grouping: groupingOf(view),
    filter: view.ownerFilter ?? '',
    sort: first.sort,
    isDescending: first.isDescending,
    thenBy,
    ...(find === undefined ? {} : { find }),
    ...(view.pfn === undefined ? {} : { page: view.pfn }),
  }
}

/** What allocations are grouped by. */
export function groupingOf(view: ViewState): OwnersQuestion['grouping'] {
  return view.ownerGrouping ?? 'stack'
}

/** The link's sort as the table shows it: the first column, and those after it. */
export function tableSortOf(view: ViewState): { readonly sort: DataSort; readonly thenBy: readonly DataSort[] } {
  const [sort, ...thenBy] = (view.ownerSort ?? DEFAULT_SORT).map((order) => ({
    id: order.sort,
    isDescending: order.isDescending,
  }))
  return { sort, thenBy }
}

/** The table's sort as the link has it. */
export function linkSortOf(orders: readonly DataSort[]): Partial<ViewState> {
  const known = orders.flatMap(({ id, isDescending }): readonly Order[] => {
    const sort = OWNER_SORTS.find((name) => name === id)
    return sort === undefined ? [] : [{ sort, isDescending }]
  })
  return { ownerSort: known.length === 0 ? undefined : known }
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
  const stack = /^[0-9a-f]{16}$/.test(stackName) ? stackName : undefined
  if (groupingOf(view) === 'stack') return { stack, ownerGroup: undefined }
  return { ownerGroup: group === '' ? undefined : group, stack: level === 1 ? undefined : stack }
}

function findOf(view: ViewState): OwnersQuestion['find'] {
  if (groupingOf(view) === 'stack') return view.stack === undefined ? undefined : { group: view.stack }
  if (view.ownerGroup === undefined) return undefined
  return { group: view.ownerGroup, ...(view.stack === undefined ? {} : { stack: view.stack }) }
}
