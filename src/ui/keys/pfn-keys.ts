import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of the screen of a page. */
export const PFN_KEYS: readonly ShortcutName[] = [
  { id: 'event-next', label: 'Next event of this page', keys: [']'] },
  { id: 'event-previous', label: 'Previous event of this page', keys: ['['] },
  { id: 'failure-next', label: 'Next failure on the timeline', keys: ['n'] },
  { id: 'failure-previous', label: 'Previous failure on the timeline', keys: ['N'] },
  { id: 'window-w', label: 'Zoom in on the timeline', keys: ['w', '+', '='] },
  { id: 'window-s', label: 'Zoom out of the timeline', keys: ['s', '-'] },
  { id: 'window-a', label: 'Earlier on the timeline', keys: ['a'] },
  { id: 'window-d', label: 'Later on the timeline', keys: ['d'] },
  { id: 'window-0', label: 'All of the timeline', keys: ['0'] },
  { id: 'stretch', label: 'Begin a stretch of time here; again: zoom to it', keys: ['b'] },
  { id: 'life-next', label: 'Next lifetime of this page', keys: ['}'] },
  { id: 'life-previous', label: 'Previous lifetime of this page', keys: ['{'] },
  { id: 'compare', label: 'Compare with another page', keys: ['c'] },
  { id: 'compare-none', label: 'Compare with no page any more', keys: ['C'] },
]
