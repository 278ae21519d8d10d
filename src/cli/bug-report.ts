import { fail, ok, type Result } from '../base/result.ts'
import { fillRawText } from '../queries/raw-text.ts'
import { writeBugReport } from '../report/mail/bug-report.ts'
import { gatherBugReport } from '../report/mail/bug-report-facts.ts'
import { type BugReportAbout, type BugReportFormat } from '../queries/bug-report-question.ts'
import { type LoadedCapture } from './load-capture.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { type ReportCommand } from './report-arguments.ts'

/** The form of one finding that a command asks for; undefined where it asks for the whole report. */
export function bugReportFormat({ form, isJson, failure, pfn }: ReportCommand): BugReportFormat | undefined {
  if (form === 'mail') return 'text'
  if (form === 'markdown') return 'markdown'
  return isJson && (failure !== undefined || pfn !== undefined) ? 'json' : undefined
}

/** One finding as text. The failure is one line: there is no range of that number. */
export async function bugReport(
  loaded: LoadedCapture,
  command: ReportCommand,
  format: BugReportFormat,
): Promise<Result<string, string>> {
  const { trace, derived } = loaded
  const about = aboutOf(command, loaded)
  if (!about.ok) return about
  const facts = await fillRawText(gatherBugReport(trace, derived, about.value), readLinesOf(loaded))
  return ok(writeBugReport(facts, format))
}

function aboutOf({ failure, pfn }: ReportCommand, { derived }: LoadedCapture): Result<BugReportAbout, string> {
  if (pfn !== undefined) return ok({ kind: 'page', pfn })
  if (failure === undefined) return ok({ kind: 'first' })
  const { findings } = derived
  if (failure <= findings.length) return ok({ kind: 'failure', id: findings[failure - 1].range.id })
  return fail(`--failure ${failure}: these files have ${findings.length === 0 ? 'none' : findings.length}`)
}
