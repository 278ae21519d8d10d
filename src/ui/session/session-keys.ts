import { SESSION_VERDICT_WORDS, SESSION_VERDICTS } from '../../session/session-verdict.ts'
import { type ShortcutName } from '../shell/shortcut.ts'

/** Ids of the keys that give a triage verdict, `judge-suspect`. */
export const JUDGE = 'judge-'

/** Keys of the triage session, on every screen: `k` and another one. What they judge is the failed range or the stack that is shown. */
export const SESSION_KEYS: readonly ShortcutName[] = [
  ...SESSION_VERDICTS.map((verdict, at) => ({
    id: `${JUDGE}${verdict}`,
    label: `Triage verdict: ${SESSION_VERDICT_WORDS[verdict]}`,
    keys: [`k ${at + 1}`],
  })),
  { id: `${JUDGE}none`, label: 'Triage verdict: take it away', keys: ['k 0'] },
  { id: 'note', label: 'Write a note on the range or stack that is shown', keys: ['k n'] },
  { id: 'assignee', label: 'Say whose the range or stack is that is shown', keys: ['k a'] },
  { id: 'bookmark', label: 'Bookmark the selected event, with a label', keys: ['k b'] },
  { id: 'bookmarks', label: 'List the bookmarks and what the session keeps', keys: ['k l'] },
  { id: 'present', label: 'Present the findings one by one', keys: ['k p'] },
  { id: 'session-export', label: 'Export the triage session as a file', keys: ['k e'] },
  { id: 'session-import', label: 'Import a triage session', keys: ['k i'] },
  { id: 'undo', label: 'Undo the last change to the triage session', keys: ['mod+z'] },
  { id: 'redo', label: 'Redo what was undone in the triage session', keys: ['mod+Z', 'mod+y'] },
]
