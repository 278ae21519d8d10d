import { FRAME_KEYS } from './frame-keys.ts'
import { VIEW_ENTRIES } from './navigation.ts'
import { type ShortcutName } from './shortcut.ts'
import { MAIL_KEYS } from './mail/mail-keys.ts'
import { SESSION_KEYS } from '../session/session-keys.ts'
import { VIEW_KEYS } from '../keys/view-keys.ts'

/** Keys that belong together, as Help lists them. */
export interface KeySection {
  readonly title: string
  readonly keys: readonly Pick<ShortcutName, 'keys' | 'label'>[]
}

const TABLE_KEYS: KeySection['keys'] = [
  { keys: ['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'], label: 'Move from row to row' },
  { keys: ['Enter'], label: 'Open the row: evidence, timeline, raw lines' },
  {
    keys: ['ArrowRight', 'ArrowLeft'],
    label: 'Open and close a row that can be opened; else, and in an open row, go through its cells',
  },
  {
    keys: ['mod+c'],
    label: 'Copy the cell that has the focus, else the marked rows, else the row, when no text is selected',
  },
  { keys: [' '], label: 'Mark the row, or take its mark away' },
  { keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], label: 'Mark the rows that are passed' },
  { keys: ['Escape'], label: 'From a cell to its row; then take all marks away' },
  { keys: ['Tab'], label: 'Go on to the buttons within the row, then to what follows the table' },
]

const MENU_KEYS: KeySection['keys'] = [
  {
    keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'],
    label: 'Choose in a menu, in what was found, in the palette; a letter goes to what begins so',
  },
  { keys: ['ArrowLeft', 'ArrowRight'], label: 'In a copy menu: the cell, the row, the marked rows or the whole table' },
  { keys: ['Enter'], label: 'Take it' },
  { keys: ['Escape', 'Tab'], label: 'Leave; the focus goes back to where it was' },
]

const CHART_KEYS: KeySection['keys'] = [
  { keys: ['w', 's', '+', '=', '-'], label: 'Zoom in and out, as the wheel does: the time under the pointer stays' },
  { keys: ['a', 'd', 'ArrowLeft', 'ArrowRight'], label: 'Move to the left and right; Shift with a drag too' },
  { keys: ['0', 'Home'], label: 'Show everything' },
  { keys: ['Enter'], label: 'Select what is at the crosshair' },
  { keys: ['Escape'], label: 'Give up what is being dragged' },
]

/** Every key there is: those of the frame, of what all screens are made of, and of each screen. */
export const KEY_SECTIONS: readonly KeySection[] = [
  { title: 'Screens', keys: VIEW_ENTRIES.map(({ keys, label, about }) => ({ keys, label: `${label}: ${about}` })) },
  { title: 'Everywhere', keys: [...FRAME_KEYS, ...MAIL_KEYS].filter(({ keys }) => keys.length > 0) },
  { title: 'Triage session: verdicts, notes, bookmarks', keys: SESSION_KEYS },
  { title: 'Tables', keys: TABLE_KEYS },
  { title: 'Menus and lists', keys: MENU_KEYS },
  { title: 'Charts', keys: CHART_KEYS },
  ...VIEW_ENTRIES.filter(({ id }) => VIEW_KEYS[id].some(({ keys }) => keys.length > 0)).map(({ id, label }) => ({
    title: `On ${label}`,
    keys: VIEW_KEYS[id].filter(({ keys }) => keys.length > 0),
  })),
]
