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
  events: [],
  compare: [],
  record: [],
  files: [],
  help: [],
}
