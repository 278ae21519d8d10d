import { type ShortcutName } from '../shortcut.ts'

/** Keys of a finding as text, on every screen. */
export const MAIL_KEYS: readonly ShortcutName[] = [
  { id: 'text', label: 'Mail text of this finding, copied at once', keys: ['E'] },
  { id: 'markdown', label: 'Markdown of this finding, for a bug tracker, copied at once', keys: [] },
  { id: 'json', label: 'JSON of this finding, for machines, copied at once', keys: [] },
]
