import { type TriageList } from '../../../queries/triage.ts'
import { TRIAGE_GROUPINGS, TRIAGE_SORTS } from '../../../state/links/triage-link.ts'
import { thresholdNsOf, type ViewState } from '../../../state/view-state.ts'
import { type DataSort } from '../../widgets/data-table.tsx'

/** The list that the link asks for; `among`: what is left by what people said, which the link does not carry. */
export function listOf(view: ViewState, among?: TriageList['among']): TriageList {
  return {
    thresholdNs: thresholdNsOf(view),
    grouping: view.triageGrouping ?? 'culprit',
    ...(view.triageVerdict === undefined ? {} : { verdict: view.triageVerdict }),
    filter: view.triageFilter ?? '',
    ...(among === undefined ? {} : { among }),
    sort: view.triageSort ?? 'blocked',
    isDescending: !view.isTriageAscending,
    isFolded: view.isTriageFolded ?? false,
    except: view.triageExcept ?? [],
  }
}

/** The link's sort as the table shows it; nothing for the usual one, which is no column's. */
export function tableSortOf({ triageSort, isTriageAscending }: ViewState): DataSort | undefined {
  return triageSort && { id: triageSort, isDescending: !isTriageAscending }
}

/** What a press on a heading leads to: falling, rising, and then as usual again. */
export function sortPatch({ id, isDescending }: DataSort, view: ViewState): Partial<ViewState> {
  const sort = TRIAGE_SORTS.find((one) => one === id)
  const isRound = sort === view.triageSort && view.isTriageAscending === true && isDescending
  if (isRound) return { triageSort: undefined, isTriageAscending: undefined }
  return { triageSort: sort, isTriageAscending: isDescending ? undefined : true }
}

/** A group folded, or unfolded. */
export function foldPatch(view: ViewState, key: string, isOpen: boolean): Partial<ViewState> {
  const others = (view.triageExcept ?? []).filter((one) => one !== key)
  const isException = isOpen === (view.isTriageFolded ?? false)
  const except = isException ? [...others, key] : others
  return { triageExcept: except.length === 0 ? undefined : except }
}

/** All groups folded, or none where all are. */
export function foldAllPatch(view: ViewState): Partial<ViewState> {
  return { isTriageFolded: view.isTriageFolded ? undefined : true, triageExcept: undefined }
}

/** True while a group is unfolded. */
export function isUnfolded(view: ViewState, key: string): boolean {
  return (view.isTriageFolded ?? false) === (view.triageExcept ?? []).includes(key)
}

/** Another way of grouping; what was folded belongs to the one before. */
export function groupingPatch(grouping: TriageList['grouping']): Partial<ViewState> {
  return {
    triageGrouping: grouping === 'culprit' ? undefined : grouping,
    isTriageFolded: undefined,
    triageExcept: undefined,
  }
}

/** The way of grouping after the one of the link, and round again. */
export function nextGrouping({ triageGrouping = 'culprit' }: ViewState): TriageList['grouping'] {
  return TRIAGE_GROUPINGS[(TRIAGE_GROUPINGS.indexOf(triageGrouping) + 1) % TRIAGE_GROUPINGS.length]
}
