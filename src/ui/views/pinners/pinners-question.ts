import { type PinnersQuestion } from '../../../queries/pinners.ts'
import { thresholdNsOf, type ViewState } from '../../../state/view-state.ts'
import { type DataSort } from '../../widgets/data-table.tsx'

/** Stacks that blocked ranges first; at equal number those that held longest in all. */
const DEFAULT_SORT: PinnersQuestion['sort'] = 'ranges'

/** What the link asks of the pinners. */
export function questionOf(view: ViewState): Omit<PinnersQuestion, 'offset' | 'limit'> {
  return {
    thresholdNs: thresholdNsOf(view),
    includeExpected: view.includeExpected,
    filter: view.filter,
    sort: view.sort ?? DEFAULT_SORT,
    isDescending: !view.isAscending,
  }
}

/** The sort as the table shows it. */
export function sortOf(id: string, isDescending: boolean): DataSort {
  return { id, isDescending }
}
