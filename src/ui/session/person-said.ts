import { type PersonSaid } from '../../queries/bug-report-question.ts'
import { type Said } from '../../session/carried.ts'
import { parseSessionVerdict, SESSION_VERDICT_WORDS } from '../../session/session-verdict.ts'

/** What people said of a range as a mail tells it; undefined where nobody did, or they disagree. */
export function personSaidOf({ verdict, note, assignee }: Said): PersonSaid | undefined {
  const given = parseSessionVerdict(verdict.value)
  if (given === undefined && note.value === undefined && assignee.value === undefined) return undefined
  return {
    verdict: given === undefined ? 'no verdict yet' : SESSION_VERDICT_WORDS[given],
    note: note.value ?? '',
    assignee: assignee.value ?? '',
  }
}
