import { ok, type Result } from '../base/result.ts'
import { fillRawText } from '../queries/raw-text.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { gatherReport } from '../report/report-facts.ts'
import { reportJson } from '../report/report-json.ts'
import { reportText } from '../report/report-text.ts'
import { type Command } from './arguments.ts'
import { loadCapture } from './load-capture.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** `pinscope report`: what goes to standard output. */
export async function runReport(command: Extract<Command, { kind: 'report' }>): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const loaded = await loadCapture(command.paths, { ...command, ...choice.value, withHashes: command.isJson })
  if (!loaded.ok) return loaded
  const { trace, derived, hashes } = loaded.value
  const gathered = gatherReport(trace, derived)
  const files = withHashes(gathered.overview.files, await hashes)
  const report = { ...gathered, overview: { ...gathered.overview, files } }
  const facts = await fillRawText(report, readLinesOf(loaded.value))
  return ok(command.isJson ? `${JSON.stringify(reportJson(facts), undefined, 1)}\n` : reportText(facts))
}
