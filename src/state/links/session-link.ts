import { SESSION_VERDICTS } from '../../session/session-verdict.ts'
import { flag, oneOf } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What ranges can be chosen by of what people said: a triage verdict, none, or several that differ. */
export const SESSION_CHOICES = ['none', ...SESSION_VERDICTS, 'conflict'] as const
export type SessionChoice = (typeof SESSION_CHOICES)[number]

/** What the triage session keeps in the link. What people said is never in it. */
export const SESSION_LINK = {
  /** Failed ranges that Triage lists, and that are presented. */
  sessionChoice: entry('judged', oneOf(SESSION_CHOICES)),
  /** The findings are presented one by one; `failure` is the one that is shown. */
  isPresenting: entry('present', flag),
} as const satisfies LinkTable
