import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of Triage. */
export const TRIAGE_KEYS: readonly ShortcutName[] = [
  { id: 'range-next', label: 'Next failed range', keys: ['n'] },
  { id: 'range-previous', label: 'Previous failed range', keys: ['N'] },
  { id: 'page-next', label: 'Next blocking page', keys: [']'] },
  { id: 'page-previous', label: 'Previous blocking page', keys: ['['] },
  { id: 'evidence', label: 'Go to the evidence', keys: ['e'] },
  { id: 'ranges', label: 'Go to the failed ranges', keys: ['u'] },
  { id: 'lines', label: 'Show or hide the lines that the evidence cites', keys: ['x'] },
  { id: 'group-next', label: 'Group failed ranges by something else', keys: ['b'] },
  { id: 'verdict-next', label: 'List another verdict', keys: ['v'] },
  { id: 'filter', label: 'Filter failed ranges', keys: ['f'] },
  { id: 'fold-all', label: 'Fold or unfold all groups', keys: ['z'] },
]
