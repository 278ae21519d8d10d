import { COMPARE_GROUPINGS } from '../../../state/links/compare-link.ts'
import { type Comparison } from '../../../state/use-comparison.ts'
import { useView } from '../../../state/use-view.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { type OtherDialogs, useOtherDialogs } from './other-files.tsx'

const KEYS: readonly ShortcutName[] = [
  { id: 'choose', label: 'Choose files to compare with', keys: ['c'] },
  { id: 'folder', label: 'Choose a folder to compare with', keys: [] },
  { id: 'compare-example', label: 'Compare with the example', keys: [] },
  { id: 'swap', label: 'Swap A and B', keys: ['x'] },
  { id: 'group', label: 'Compare by something else', keys: ['b'] },
  { id: 'rank', label: 'Sort by what changed most', keys: ['r'] },
  { id: 'close', label: 'Close the second capture', keys: ['X'] },
]

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
  useViewShortcuts(KEYS, (id) => run[id]?.())
  return dialogs
}

/** What the link says when rows are grouped by something: a row of another grouping is none of this one. */
export function groupedBy(grouping: (typeof COMPARE_GROUPINGS)[number]): {
  readonly compareBy: typeof grouping | undefined
  readonly comparedRow: undefined
} {
  return { compareBy: grouping === 'holder' ? undefined : grouping, comparedRow: undefined }
}
