import { type BugReportAbout } from '../../../queries/bug-report-question.ts'
import { type SessionSubject } from '../../../state/session-subject.ts'
import { type ViewState } from '../../../state/view-state.ts'

/** What a mail is about, and what people said of it. */
export interface MailAbout {
  readonly about: BugReportAbout
  /** Under what the triage session keeps it; absent where nothing that is shown can be judged. */
  readonly subject?: SessionSubject
}

/** The page on its own screen; else the failed range that is shown or chosen, its chosen page first; else the most telling one. */
export function mailAboutOf(
  { view, pfn, failure }: Pick<ViewState, 'view' | 'pfn' | 'failure'>,
  subject: SessionSubject | undefined,
): MailAbout {
  if (view === 'pfn' && pfn !== undefined) return { about: { kind: 'page', pfn } }
  const id = shownFailure(subject) ?? failure
  if (id === undefined) return { about: { kind: 'first' } }
  const about = { kind: 'failure', id, ...(pfn === undefined ? {} : { pfn }) } as const
  return subject === undefined || shownFailure(subject) !== id ? { about } : { about, subject }
}

function shownFailure(subject: SessionSubject | undefined): string | undefined {
  const name = subject?.names.at(0)
  return name?.kind === 'range' ? name.failure : undefined
}
