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
  pinners: [
    { id: 'shown-as', label: 'Show pinners as a flame graph, or as a table', keys: ['v'] },
    { id: 'group-next', label: 'Group pinners by something else', keys: ['b'] },
    { id: 'threshold', label: 'Go to the threshold', keys: ['T'] },
    { id: 'chips', label: 'Go to what hides pinners', keys: ['c'] },
    { id: 'rows', label: 'Go to the table or the flame graph', keys: ['d'] },
    { id: 'edit-rules', label: 'Edit the rules', keys: ['R'] },
    { id: 'flame-find', label: 'Find frames in the flame graph', keys: ['f'] },
    { id: 'flame-order', label: 'Turn the flame graph around: callers or leaves at the root', keys: ['s'] },
    { id: 'flame-area', label: 'Let the areas of the flame graph stand for something else', keys: ['a'] },
    { id: 'flame-innermost', label: 'Draw down to another frame: holder, helpers, tracepoint', keys: ['e'] },
    { id: 'flame-recursion', label: 'Draw recursion as one frame', keys: ['r'] },
    { id: 'flame-modules', label: 'Draw the frames of a module as one', keys: ['m'] },
    { id: 'flame-upright', label: 'Put the root of the flame graph at the bottom', keys: ['u'] },
  ],
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
