import { SESSION_VERDICTS } from '../../session/session-verdict.ts'

/** What keys do while findings are presented: one source for the screen's footer and for what is done. */
export const PRESENT_KEYS = [
  { id: 'next', keys: ['n', 'j', 'PageDown'], label: 'next' },
  { id: 'previous', keys: ['N', 'p', 'PageUp'], label: 'previous' },
  { id: 'judge', keys: SESSION_VERDICTS.map((_, at) => String(at + 1)), label: 'triage verdict' },
  { id: 'clear', keys: ['0'], label: 'take it away' },
  { id: 'note', keys: ['e'], label: 'note' },
  { id: 'assignee', keys: ['a'], label: 'assignee' },
  { id: 'choice', keys: ['f'], label: 'which ones' },
  { id: 'page-next', keys: [']'], label: 'next page' },
  { id: 'page-previous', keys: ['['], label: 'page before' },
  { id: 'leave', keys: ['Escape'], label: 'leave' },
] as const

/** What a key of the presenter does. */
export type PresentAction = (typeof PRESENT_KEYS)[number]['id']

/** The action of a key; `undefined` for all others. */
export function presentActionOf(key: string): PresentAction | undefined {
  return PRESENT_KEYS.find(({ keys }) => (keys as readonly string[]).includes(key))?.id
}
