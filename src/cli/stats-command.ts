import { ok, type Result } from '../base/result.ts'
import { readOverview } from '../queries/overview.ts'
import { statsJson } from '../report/stats-json.ts'
import { statsText } from '../report/stats-text.ts'
import { type Command } from './arguments.ts'
import { loadCapture } from './load-capture.ts'

/** `pinscope stats`: what goes to standard output. */
export async function runStats(command: Extract<Command, { kind: 'stats' }>): Promise<Result<string, string>> {
  const loaded = await loadCapture(command.paths, command)
  if (!loaded.ok) return loaded
  const { trace, derived, readMs, deriveMs } = loaded.value
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const facts = { overview: readOverview(trace, derived), readMs, deriveMs, peakBytes }
  return ok(command.isJson ? `${JSON.stringify(statsJson(facts), undefined, 1)}\n` : statsText(facts))
}
