import { ok, type Result } from '../base/result.ts'
import { fillRawText } from '../queries/raw-text.ts'
import { withHashes as hashedFiles } from '../queries/with-hashes.ts'
import { gatherReport } from '../report/report-facts.ts'
import { reportJson } from '../report/report-json.ts'
import { reportText } from '../report/report-text.ts'
import { saidFacts } from '../report/said-facts.ts'
import { bugReport, bugReportFormat } from './bug-report.ts'
import { htmlReport } from './html-report.ts'
import { loadCapture } from './load-capture.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { readRuleChoice } from './read-rule-choice.ts'
import { readSession } from './read-session.ts'
import { type ReportCommand } from './report-arguments.ts'

/** `pinscope report`: what goes to standard output. */
export async function runReport(command: ReportCommand): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const said = command.session === undefined ? undefined : await readSession(command.session)
  if (said?.ok === false) return said
  const format = bugReportFormat(command)
  const withHashes = command.form === 'html' || ((command.isJson || said !== undefined) && format === undefined)
  const loaded = await loadCapture(command.paths, { ...command, ...choice.value, withHashes })
  if (!loaded.ok) return loaded
  if (command.form === 'html') return htmlReport(command, loaded.value)
  if (format !== undefined) return bugReport(loaded.value, command, format)
  const { trace, derived, hashes } = loaded.value
  const gathered = gatherReport(trace, derived)
  const files = hashedFiles(gathered.overview.files, await hashes)
  const spoken = said?.ok ? { said: saidFacts(said.value, files, trace.machine.release) } : {}
  const report = { ...gathered, overview: { ...gathered.overview, files } }
  const facts = { ...(await fillRawText(report, readLinesOf(loaded.value))), ...spoken }
  return ok(command.isJson ? `${JSON.stringify(reportJson(facts), undefined, 1)}\n` : reportText(facts))
}
