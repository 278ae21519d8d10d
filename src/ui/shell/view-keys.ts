import { type ViewId } from '../../state/view-state.ts'
import { type ShortcutName } from './view-shortcuts.ts'

/**
 * The keys of every screen, as they stand in the screens themselves: Help lists them and the palette finds them while
 * another screen is shown. A test compares both.
 */
export const VIEW_KEYS: Readonly<Record<ViewId, readonly ShortcutName[]>> = {
  triage: [],
  pfn: [
    { id: 'event-next', label: 'Next event of this page', keys: [']'] },
    { id: 'event-previous', label: 'Previous event of this page', keys: ['['] },
    { id: 'failure-next', label: 'Next failure on the timeline', keys: ['n'] },
    { id: 'failure-previous', label: 'Previous failure on the timeline', keys: ['N'] },
  ],
  pinners: [],
  map: [],
  owners: [],
  events: [
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
  ],
  compare: [],
  record: [],
  files: [],
  help: [],
}
