import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of Events. */
export const EVENT_KEYS: readonly ShortcutName[] = [
  { id: 'event-next', label: 'Next event of the list', keys: [']'] },
  { id: 'event-previous', label: 'Previous event of the list', keys: ['['] },
  { id: 'event-first', label: 'First event of the list', keys: ['g g'] },
  { id: 'event-last', label: 'Last event of the list', keys: ['G'] },
  { id: 'event-filter', label: 'Filter events', keys: ['f'] },
  { id: 'event-jump', label: 'Jump to a time', keys: ['j'] },
  { id: 'event-difference', label: 'What differs from the rest', keys: ['d'] },
  { id: 'event-columns', label: 'Choose columns', keys: ['c'] },
  { id: 'event-drop-interval', label: 'Drop the interval', keys: ['x'] },
  { id: 'event-rows', label: 'Go to the list of events', keys: ['e'] },
]
