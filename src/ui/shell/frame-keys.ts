import { type ShortcutName } from './shortcut.ts'

/** What the frame can do. */
export type FrameAction =
  | 'search'
  | 'copy-link'
  | 'share'
  | 'copy'
  | 'lines'
  | 'inspector'
  | 'back'
  | 'forward'
  | 'add'
  | 'replace'
  | 'close'
  | 'open'
  | 'folder'
  | 'paste'
  | 'example'
  | 'theme'
  | 'density'
  | 'settings'
  | 'palette'
  | 'help'
  | 'escape'

/** One action of the frame, without the doing. */
export interface FrameKey extends ShortcutName {
  readonly id: FrameAction
  readonly needsCapture?: boolean
  readonly worksInText?: boolean
}

/** Every action of the frame: bound by the frame, found in the palette, listed by Help. */
export const FRAME_KEYS: readonly FrameKey[] = [
  { id: 'palette', label: 'Find an action by name', keys: ['mod+k'], worksInText: true },
  {
    id: 'search',
    label: 'Search: PFN, address, range, symbol, comm, pid, event, file:line',
    keys: ['/'],
    needsCapture: true,
  },
  { id: 'lines', label: 'Raw lines of what has the focus', keys: ['l'], needsCapture: true },
  { id: 'copy', label: 'Copy what has the focus: cell, row, table, stack, chart', keys: ['Y'] },
  { id: 'copy-link', label: 'Copy link to exactly this view', keys: ['y'], needsCapture: true },
  {
    id: 'share',
    label: 'Share: link, self-contained link, slice, report, mail',
    keys: ['S'],
    needsCapture: true,
  },
  { id: 'inspector', label: 'Fold the inspector away, or show it', keys: ['i'], needsCapture: true },
  { id: 'back', label: 'Go back to what was looked at before', keys: ['alt+ArrowLeft'] },
  { id: 'forward', label: 'Go forward again', keys: ['alt+ArrowRight'] },
  { id: 'open', label: 'Choose files to open', keys: ['o'] },
  { id: 'folder', label: 'Choose a folder to open', keys: ['O'] },
  { id: 'paste', label: 'Paste text to open', keys: [] },
  { id: 'add', label: 'Add files to this capture', keys: [], needsCapture: true },
  { id: 'replace', label: 'Open other files instead of this capture', keys: [], needsCapture: true },
  { id: 'close', label: 'Close the capture', keys: [], needsCapture: true },
  { id: 'example', label: 'Open an example', keys: [] },
  { id: 'theme', label: 'Change the theme: system, light, dark', keys: ['t'] },
  { id: 'density', label: 'Change the height of rows: compact, comfortable', keys: ['D'] },
  { id: 'settings', label: 'Settings', keys: [','] },
  { id: 'help', label: 'Help: keys, filter language, method, formats, limits; and back', keys: ['?'] },
  { id: 'escape', label: 'Cancel reading, close what is open, leave Help', keys: ['Escape'] },
]
