import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of Record. */
export const RECORD_KEYS: readonly ShortcutName[] = [
  { id: 'copy-script', label: 'Copy the script that records', keys: ['C'] },
]
