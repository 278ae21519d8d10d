import { fillRawText } from '../../queries/raw-text.ts'
import { findPinners } from '../../queries/pinners.ts'
import { pinnersJson } from '../../report/pinners/pinners-json.ts'
import { pinnersText } from '../../report/pinners/pinners-text.ts'
import { plainJson } from '../../report/plain-json.ts'
import { gatherReport } from '../../report/report-facts.ts'
import { reportJson } from '../../report/report-json.ts'
import { reportText } from '../../report/report-text.ts'
import { type LoadedCapture } from '../load-capture.ts'
import { type Output } from '../output.ts'
import { type PinnersCommand } from '../pinners-arguments.ts'
import { pinnersQuestion } from '../pinners-command.ts'
import { readLinesOf } from '../read-raw-lines.ts'
import { readRuleChoice } from '../read-rule-choice.ts'
import { type ReportCommand } from '../report-arguments.ts'
import { watchCapture, type Watching } from './watch-capture.ts'

type Beside = Partial<Pick<Watching, 'print' | 'stopped' | 'lookMs'>>

/** `pinscope report --watch`: the report, anew when a failed range comes, or when it is judged otherwise. */
export async function watchReport(command: ReportCommand, beside: Beside = {}): Promise<Output> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  return watchCapture({
    path: command.paths[0],
    options: { ...command, ...choice.value },
    untilFailure: command.untilFailure === true,
    isBare: command.isJson,
    print,
    ...beside,
    tell: async (loaded) => {
      const facts = await fillRawText(gatherReport(loaded.trace, loaded.derived), readLinesOf(loaded))
      const text = command.isJson ? `${plainJson(JSON.stringify(reportJson(facts)))}\n` : reportText(facts)
      return { key: JSON.stringify(judgementsOf(loaded)), text }
    },
  })
}

/** What a report says that is worth saying again: which ranges failed, the verdict on each, and who is named. */
function judgementsOf({ derived }: LoadedCapture): unknown {
  return derived.findings.map(({ range, verdict, pages }) => [
    range.id,
    verdict,
    pages.map(({ pfn, culprits }) => [pfn, culprits.map((one) => [one.function, one.comm, one.pid, one.kind])]),
  ])
}

/** `pinscope pinners --watch`: the rows, anew when a group comes, or when it blocks or keeps what it did not. */
export async function watchPinners(command: PinnersCommand, beside: Beside = {}): Promise<Output> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const question = pinnersQuestion(command.asked)
  return watchCapture({
    path: command.paths[0],
    options: choice.value,
    untilFailure: command.untilFailure === true,
    isBare: command.form === 'json',
    print,
    ...beside,
    tell: async ({ trace, derived }) => {
      const answer = findPinners(trace, derived, question)
      const facts = { question, answer, unit: trace.clock.style.unit }
      const rows = answer.rows.map((row) => JSON.stringify([row.group, row.ranges, row.open > 0]))
      const text = command.form === 'json' ? `${plainJson(JSON.stringify(pinnersJson(facts)))}\n` : pinnersText(facts)
      return { key: rows.toSorted().join('\n'), text }
    },
  })
}

function print(text: string): void {
  process.stdout.write(text)
}
