import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of Owners. */
export const OWNER_KEYS: readonly ShortcutName[] = [
  { id: 'group-next', label: 'Group allocations by something else', keys: ['b'] },
  { id: 'mode-next', label: 'One dump, two compared, or all as a trend', keys: ['m'] },
  { id: 'dump-next', label: 'Show the next dump', keys: ['d'] },
  { id: 'misplaced', label: 'Go to allocations of the wrong migratetype', keys: ['w'] },
  { id: 'filter', label: 'Filter allocations', keys: ['f'] },
]
