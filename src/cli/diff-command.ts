import { fail, ok } from '../base/result.ts'
import { DEFAULT_THRESHOLD_NS } from '../derive/derive.ts'
import { type CompareChoice } from '../queries/compare/compare-question.ts'
import { findNewHolders } from '../queries/compare/new-holders.ts'
import { applyGate } from '../report/diff/diff-gate.ts'
import { diffJson } from '../report/diff/diff-json.ts'
import { diffText } from '../report/diff/diff-text.ts'
import { type DiffCommand } from './diff-arguments.ts'
import { loadCapture } from './load-capture.ts'
import { loadDigest } from './load-digest.ts'
import { FOUND, type Output } from './output.ts'
import { readIgnored } from './read-ignored.ts'
import { readRuleChoice } from './read-rule-choice.ts'

/** `pinscope diff`: what goes to standard output, and whether the gate fails. A is let go of before B is read. */
export async function runDiff(command: DiffCommand): Promise<Output> {
  const rules = await readRuleChoice(command)
  if (!rules.ok) return rules
  const ignored = await readIgnored(command.ignorePaths)
  if (!ignored.ok) return ignored
  const { grouping, failOn, onlyTold, thresholdNs = DEFAULT_THRESHOLD_NS } = command
  const choice: CompareChoice = { grouping, thresholdNs, includeExpected: false, filter: '' }
  const options = { ...rules.value, thresholdNs }
  const a = await loadDigest(command.paths, choice, options)
  if (!a.ok) return fail(`A: ${a.error}`)
  const b = await loadCapture(command.withPaths, options)
  if (!b.ok) return fail(`B: ${b.error}`)
  const answer = findNewHolders(a.value, b.value, choice)
  if (answer.bars.length > 0) return fail(`not comparable: ${answer.bars.join('; ')}`)
  const facts = applyGate(answer, { failOn, onlyTold, ignored: ignored.value }, { grouping, thresholdNs })
  const text = command.isJson ? `${JSON.stringify(diffJson(facts), undefined, 1)}\n` : diffText(facts)
  return ok({ text, code: facts.isFailing ? FOUND : 0 })
}
