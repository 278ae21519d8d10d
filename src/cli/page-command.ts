import { type Clock, parseTime } from '../base/clock.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { fillRawText } from '../queries/raw-text.ts'
import { pageJson } from '../report/page/page-json.ts'
import { gatherPage } from '../report/page/page-report.ts'
import { pageText } from '../report/page/page-text.ts'
import { loadCapture } from './load-capture.ts'
import { type PageCommand } from './page-arguments.ts'
import { readLinesOf } from './read-raw-lines.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** `pinscope page`: what goes to standard output. */
export async function runPage(command: PageCommand): Promise<Result<string, string>> {
  const choice = await readRuleChoice(command)
  if (!choice.ok) return choice
  const loaded = await loadCapture(command.paths, { ...command, ...choice.value })
  if (!loaded.ok) return loaded
  const { trace, derived } = loaded.value
  const window = windowOf(command, trace.clock)
  if (!window.ok) return window
  const { pfn, lifetime, events } = command
  const gathered = gatherPage(trace, derived, { pfn, lifetime, events, ...window.value })
  const count = gathered.facts.lifetimes.length
  if (lifetime !== undefined && lifetime > count) return fail(`--lifetime ${lifetime}: this page has ${count}`)
  if (!command.isJson) return ok(pageText(gathered))
  const report = await fillRawText(gathered, readLinesOf(loaded.value))
  return ok(`${JSON.stringify(pageJson(report), undefined, 1)}\n`)
}

interface Window {
  readonly from?: number
  readonly to?: number
}

function windowOf({ from, to }: PageCommand, clock: Clock): Result<Window, string> {
  const window = {
    ...(from === undefined ? {} : { from: parseTime(from, clock) }),
    ...(to === undefined ? {} : { to: parseTime(to, clock) }),
  }
  if (window.from !== undefined && window.to !== undefined && window.to < window.from) {
    return fail(`--to ${to} is before --from ${from}`)
  }
  return ok(window)
}
