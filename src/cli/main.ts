import { assertUnreachable } from '../base/assert.ts'
import { ok } from '../base/result.ts'
import { plainJson } from '../report/plain-json.ts'
import { plainText } from '../report/plain-text.ts'
import { type Command, parseArguments } from './arguments.ts'
import { runCompare } from './compare-command.ts'
import { runDiff } from './diff-command.ts'
import { runEval } from './eval/eval-command.ts'
import { runEvents } from './events-command.ts'
import { helpText } from './help-text.ts'
import { runMap } from './map-command.ts'
import { type Output, UNUSABLE } from './output.ts'
import { runOpen } from './open-command.ts'
import { runOwners } from './owners-command.ts'
import { runPinners } from './pinners-command.ts'
import { runPage } from './page-command.ts'
import { runRecord } from './record-command.ts'
import { runReport } from './report-command.ts'
import { runRules } from './rules-command.ts'
import { runSession } from './session-command.ts'
import { runSlice } from './slice-command.ts'
import { runStats } from './stats-command.ts'
import { readVersion } from './version.ts'
import { watchPinners, watchReport } from './watch/watch-command.ts'

/**
 * Runs the command line and resolves to its exit code: 0 when it did what it was asked, 1 when a check found what it looks
 * for, 2 when the arguments or the files are of no use; then one line on standard error says why.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const command = parseArguments(argv)
  const output = command.ok ? await run(command.value) : command
  if (output.ok) {
    const { text, code } = typeof output.value === 'string' ? { text: output.value, code: 0 } : output.value
    // Text is made safe where it is made; JSON has its own way to say a character.
    process.stdout.write(text.startsWith('{') ? plainJson(text) : text)
    return code
  }
  process.stderr.write(`pinscope: ${plainText(output.error)}\n`)
  return UNUSABLE
}

async function run(command: Command): Promise<Output> {
  switch (command.kind) {
    case 'report':
      return command.isWatched === true ? watchReport(command) : runReport(command)
    case 'pinners':
      return command.isWatched === true ? watchPinners(command) : runPinners(command)
    case 'owners':
      return runOwners(command)
    case 'events':
    case 'filterHelp':
      return runEvents(command)
    case 'map':
      return runMap(command)
    case 'stats':
      return runStats(command)
    case 'rules':
      return runRules(command)
    case 'page':
      return runPage(command)
    case 'slice':
      return runSlice(command)
    case 'session':
      return runSession(command)
    case 'compare':
      return runCompare(command)
    case 'diff':
      return runDiff(command)
    case 'open':
      return runOpen(command)
    case 'eval':
      return runEval(command)
    case 'record':
      return runRecord(command)
    case 'help':
      return ok(await helpText(command))
    case 'version':
      return ok(`${await readVersion()}\n`)
    default:
      return assertUnreachable(command)
  }
}
