import { CircleDot, Files, Layers, ListTree, type LucideIcon, Rows3, TriangleAlert } from 'lucide-react'
import { type ViewId } from '../../state/view-state.ts'

/** How a screen is named and reached. `keys` is shown in tooltips and in the list of keys. */
export interface ViewEntry {
  readonly id: ViewId
  readonly label: string
  readonly about: string
  readonly keys: readonly string[]
  readonly icon: LucideIcon
}

/** The rail, in order: 1 is the first. */
export const VIEW_ENTRIES: readonly ViewEntry[] = [
  {
    id: 'ranges',
    label: 'Ranges',
    about: 'Failed ranges and who holds their pages',
    keys: ['1', 'g r'],
    icon: TriangleAlert,
  },
  { id: 'pfn', label: 'PFN', about: 'Reference count of one page over time', keys: ['2', 'g p'], icon: Layers },
  { id: 'pinners', label: 'Pinners', about: 'Holds grouped by stack', keys: ['3', 'g h'], icon: ListTree },
  { id: 'events', label: 'Events', about: 'Every event, with its stack', keys: ['4', 'g e'], icon: Rows3 },
  { id: 'files', label: 'Files', about: 'What was read, lost and rejected', keys: ['5', 'g f'], icon: Files },
  { id: 'record', label: 'Record', about: 'How to record what is missing', keys: ['6', 'g c'], icon: CircleDot },
]
