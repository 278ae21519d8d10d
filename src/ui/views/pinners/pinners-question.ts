import { type HoldChoice } from '../../../queries/pinner-choice.ts'
import { type PinnersQuestion } from '../../../queries/pinners.ts'
import { type PinnerOrder, type PinnerSort } from '../../../queries/pinner-sort.ts'
import { PINNER_SORTS, thresholdNsOf, type ViewState } from '../../../state/view-state.ts'
import { type DataSort } from '../../widgets/data-table.tsx'

/** Groups that blocked ranges first; at equal number those that held longest in all. */
const DEFAULT_SORT: PinnerSort = 'ranges'

/** Which holds count: the same for groups and for what opens below them. */
export function choiceOf(view: ViewState): HoldChoice {
  const { includeExpected, shownRules, filter } = view
  return { thresholdNs: thresholdNsOf(view), includeExpected, shownRules, filter }
}

/** What the link asks of the pinners. */
export function questionOf(view: ViewState): Omit<PinnersQuestion, 'offset' | 'limit' | 'opened'> {
  return {
    ...choiceOf(view),
    grouping: view.grouping,
    withBlockers: true,
    sort: view.sort ?? DEFAULT_SORT,
    isDescending: !view.isAscending,
    thenBy: view.thenBy,
  }
}

/** The link's sort as the table shows it. */
export function tableSortOf(view: ViewState): { readonly sort: DataSort; readonly thenBy: readonly DataSort[] } {
  return {
    sort: { id: view.sort ?? DEFAULT_SORT, isDescending: !view.isAscending },
    thenBy: view.thenBy.map(({ sort, isDescending }) => ({ id: sort, isDescending })),
  }
}

/** The table's sort as the link has it: column ids are the sorts of the question. */
export function linkSortOf(first: DataSort, others: readonly DataSort[]): Partial<ViewState> {
  return {
    sort: sortIdOf(first.id),
    isAscending: !first.isDescending,
    thenBy: others.flatMap(({ id, isDescending }): readonly PinnerOrder[] => {
      const sort = sortIdOf(id)
      return sort === undefined ? [] : [{ sort, isDescending }]
    }),
  }
}

function sortIdOf(id: string): PinnerSort | undefined {
  return PINNER_SORTS.find((sort) => sort === id)
}
