import { COMPARE_GROUPINGS } from '../../../state/links/compare-link.ts'
import { type Comparison } from '../../../state/use-comparison.ts'
import { useView } from '../../../state/use-view.ts'
import { COMPARE_KEYS } from '../../keys/compare-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { type OtherDialogs, useOtherDialogs } from './other-files.tsx'

/** Keys of the comparison, and the dialogs that some of them open. */
export function useCompareKeys({ actions, isShown }: Comparison): OtherDialogs {
  const dialogs = useOtherDialogs()
  const [view, setView] = useView()
  const nextGrouping = (): void => {
    const at = COMPARE_GROUPINGS.indexOf(view.compareBy ?? 'holder')
    setView(groupedBy(COMPARE_GROUPINGS[(at + 1) % COMPARE_GROUPINGS.length]), { replace: true })
  }
  const run: Readonly<Record<string, () => void>> = {
    choose: () => dialogs.files.current?.click(),
    folder: () => dialogs.folder.current?.click(),
    'compare-example': actions.openExample,
    swap: () => isShown && actions.swap(),
    group: nextGrouping,
    rank: () => setView({ compareSort: undefined, isCompareAscending: undefined }, { replace: true }),
    close: actions.close,
  }
  useViewShortcuts(COMPARE_KEYS, (id) => run[id]?.())
  return dialogs
}

/** What the link says when rows are grouped by something: a row of another grouping is none of this one. */
export function groupedBy(grouping: (typeof COMPARE_GROUPINGS)[number]): {
  readonly compareBy: typeof grouping | undefined
  readonly comparedRow: undefined
} {
  return { compareBy: grouping === 'holder' ? undefined : grouping, comparedRow: undefined }
}
