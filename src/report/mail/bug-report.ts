import { assertUnreachable } from '../../base/assert.ts'
import { plainJson } from '../plain-json.ts'
import { bugReportJson } from './bug-report-json.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { type BugReportFormat } from '../../queries/bug-report-question.ts'
import { writeMail } from './mail-text.ts'
import { markdownText } from './markdown-text.ts'

/** A bug report in one of its forms, from facts with the text of their lines: the same bytes wherever it is written. */
export function writeBugReport(facts: BugReportFacts, format: BugReportFormat): string {
  switch (format) {
    case 'text':
      return writeMail(facts)
    case 'markdown':
      return markdownText(facts)
    case 'json':
      return `${plainJson(JSON.stringify(bugReportJson(facts), undefined, 1))}\n`
    default:
      return assertUnreachable(format)
  }
}
