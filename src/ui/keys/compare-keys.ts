import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of the comparison of two captures. */
export const COMPARE_KEYS: readonly ShortcutName[] = [
  { id: 'choose', label: 'Choose files to compare with', keys: ['c'] },
  { id: 'folder', label: 'Choose a folder to compare with', keys: [] },
  { id: 'compare-example', label: 'Compare with the example', keys: [] },
  { id: 'swap', label: 'Swap A and B', keys: ['x'] },
  { id: 'group', label: 'Compare by something else', keys: ['b'] },
  { id: 'rank', label: 'Sort by what changed most', keys: ['r'] },
  { id: 'close', label: 'Close the second capture', keys: ['X'] },
]
