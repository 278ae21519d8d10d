import {
  Boxes,
  CircleDot,
  CircleHelp,
  Files,
  GitCompareArrows,
  Grid3x3,
  Layers,
  ListTree,
  type LucideIcon,
  Rows3,
  TriangleAlert,
} from 'lucide-react'
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
    id: 'triage',
    label: 'Triage',
    about: 'Failed ranges and who holds their pages',
    keys: ['1', 'g t'],
    icon: TriangleAlert,
  },
  { id: 'pfn', label: 'PFN', about: 'Reference count of one page over time', keys: ['2', 'g p'], icon: Layers },
  { id: 'pinners', label: 'Pinners', about: 'Holds grouped by stack', keys: ['3', 'g h'], icon: ListTree },
  { id: 'map', label: 'Map', about: 'Memory by pageblock and page', keys: ['4', 'g m'], icon: Grid3x3 },
  { id: 'owners', label: 'Owners', about: 'Who allocated the pages', keys: ['5', 'g o'], icon: Boxes },
  { id: 'events', label: 'Events', about: 'Every event, with its stack', keys: ['6', 'g e'], icon: Rows3 },
  {
    id: 'compare',
    label: 'Compare',
    about: 'This capture beside another one',
    keys: ['7', 'g c'],
    icon: GitCompareArrows,
  },
  { id: 'record', label: 'Record', about: 'How to record what is missing', keys: ['8', 'g r'], icon: CircleDot },
  { id: 'files', label: 'Files', about: 'What was read, lost and rejected', keys: ['9', 'g f'], icon: Files },
  { id: 'help', label: 'Help', about: 'Keys, filter language, method, formats, limits', keys: ['?'], icon: CircleHelp },
]

/** Screens that are there before a capture is open. */
export const VIEWS_WITHOUT_CAPTURE: readonly ViewId[] = ['record', 'help']
