import { fail, ok, type Result } from '../base/result.ts'
import { DEFAULT_THRESHOLD_NS } from '../derive/derive.ts'
import { compareDigests } from '../queries/compare/compare.ts'
import { type CompareChoice } from '../queries/compare/compare-question.ts'
import { compareJson } from '../report/compare/compare-json.ts'
import { compareText } from '../report/compare/compare-text.ts'
import { type CompareCommand } from './compare-arguments.ts'
import { loadDigest } from './load-digest.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** `pinscope compare`: what goes to standard output. A is let go of before B is read. */
export async function runCompare(command: CompareCommand): Promise<Result<string, string>> {
  const rules = await readRuleChoice(command)
  if (!rules.ok) return rules
  const { grouping, filter = '', thresholdNs = DEFAULT_THRESHOLD_NS, limit } = command
  const choice: CompareChoice = { grouping, thresholdNs, includeExpected: false, filter }
  const options = { ...rules.value, thresholdNs }
  const a = await loadDigest(command.paths, choice, options)
  if (!a.ok) return fail(`A: ${a.error}`)
  const b = await loadDigest(command.withPaths, choice, options)
  if (!b.ok) return fail(`B: ${b.error}`)
  const answer = compareDigests(a.value, b.value, {
    choice,
    sort: 'rank',
    isDescending: true,
    offset: 0,
    limit: limit ?? Number.MAX_SAFE_INTEGER,
  })
  const facts = { choice, answer }
  return ok(command.isJson ? `${JSON.stringify(compareJson(facts), undefined, 1)}\n` : compareText(facts))
}
