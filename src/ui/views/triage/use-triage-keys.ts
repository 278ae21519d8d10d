import { type TriagePlaceAnswer } from '../../../queries/triage.ts'
import { TRIAGE_VERDICTS } from '../../../state/links/triage-link.ts'
import { type SetView, useView, useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { TRIAGE_KEYS } from '../../keys/triage-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { foldAllPatch, foldPatch, groupingPatch, isUnfolded, nextGrouping } from './triage-question.ts'

/** What the keys of the screen lead to, beside what they change in the link. */
export interface TriageKeysOptions {
  readonly place: TriagePlaceAnswer | undefined
  /** Blocking pages of the range that is looked at, and the one of them that is shown. */
  readonly pfns: readonly number[]
  readonly pfn: number | undefined
  readonly focusEvidence: () => void
  readonly focusRanges: () => void
  readonly focusFilter: () => void
}

/** Keys of the screen: from range to range and page to page, and to each part of it. */
export function useTriageKeys(options: TriageKeysOptions): void {
  const [, setView] = useView()
  const viewNow = useViewNow()
  useViewShortcuts(TRIAGE_KEYS, (id) => {
    const now = viewNow()
    if (id === 'range-next') setView(rangePatch(now, options.place, 1), { replace: true })
    else if (id === 'range-previous') setView(rangePatch(now, options.place, -1), { replace: true })
    else if (id === 'page-next') stepPage(now, options, 1, setView)
    else if (id === 'page-previous') stepPage(now, options, -1, setView)
    else if (id === 'evidence') options.focusEvidence()
    else if (id === 'ranges') options.focusRanges()
    else if (id === 'filter') options.focusFilter()
    else if (id === 'lines') setView({ hasTriageLines: now.hasTriageLines ? undefined : true }, { replace: true })
    else if (id === 'group-next') setView(groupingPatch(nextGrouping(now)), { replace: true })
    else if (id === 'verdict-next') setView({ triageVerdict: nextVerdict(now) }, { replace: true })
    else setView(foldAllPatch(now), { replace: true })
  })
}

/** The range `by` after the one that is looked at, its group unfolded; the last there is when that leads beyond. */
export function rangePatch(view: ViewState, place: TriagePlaceAnswer | undefined, by: number): Partial<ViewState> {
  const around = place?.at?.around ?? (place?.first ? [place.first] : [])
  const known = around.findIndex(({ id }) => id === (view.failure ?? place?.first?.id))
  const next = known < 0 ? place?.first : (around[known + by] ?? around[known])
  if (next === undefined) return {}
  const unfolded = isUnfolded(view, next.group) ? {} : foldPatch(view, next.group, true)
  return { failure: next.id, pfn: undefined, ...unfolded }
}

function stepPage(view: ViewState, { pfns, pfn }: TriageKeysOptions, by: number, setView: SetView): void {
  const at = pfns.indexOf(view.pfn !== undefined && pfns.includes(view.pfn) ? view.pfn : (pfn ?? -1))
  const next = pfns[Math.min(Math.max(at + by, 0), pfns.length - 1)]
  if (next !== undefined) setView({ pfn: next }, { replace: true })
}

function nextVerdict({ triageVerdict }: ViewState): ViewState['triageVerdict'] {
  const all = [undefined, ...TRIAGE_VERDICTS]
  return all[(all.indexOf(triageVerdict) + 1) % all.length]
}
