import { createReadStream } from 'node:fs'
import { fail, ok, type Result } from '../base/result.ts'
import { OPERATION_RULES } from '../derive/attribution/class-rules.ts'
import { PAIR_ID_PREFIX } from '../derive/attribution/known-pairs.ts'
import { parseRuleFile } from '../derive/attribution/rule-file.ts'
import { chooseRules, type RuleChoice } from '../derive/attribution/rule-set.ts'
import { type RulesAsked } from './option-readers.ts'
import { fileErrorText } from './file-error.ts'
import { nearWords } from './near-words.ts'

/** What the command line changes about the rules. The failure is one line: `file:line: what is wrong`, or an unknown id. */
export async function readRuleChoice({
  rulesPath,
  withoutRules = [],
}: RulesAsked): Promise<Result<RuleChoice, string>> {
  const inFile = rulesPath === undefined ? ok<RuleChoice>({}) : await readRuleFile(rulesPath)
  if (!inFile.ok) return inFile
  const { disabledRuleIds = [], ...extra } = inFile.value
  const { rules, pairs } = chooseRules(extra)
  const known = [...rules, ...pairs].map(({ id }) => id)
  const stranger = withoutRules.find((id) => !known.includes(id))
  if (stranger !== undefined) return fail(unknownRule(stranger, known))
  return ok({ ...extra, disabledRuleIds: [...new Set([...disabledRuleIds, ...withoutRules])] })
}

/** Far beyond any rule file, and little enough to hold when a trace is given in its place. */
const MOST_BYTES = 16 * 1024 * 1024

async function readRuleFile(path: string): Promise<Result<RuleChoice, string>> {
  const bytes = await readStart(path).catch((error: unknown) => fileErrorText(error))
  if (typeof bytes === 'string') return fail(`${path}: ${bytes}`)
  if (bytes.length > MOST_BYTES) return fail(`${path}: no rule file, it has more than 16 MiB`)
  // As a browser reads a file that is opened: a byte order mark is none of its text.
  const choice = parseRuleFile(new TextDecoder().decode(bytes))
  return choice.ok ? choice : fail(`${path}:${choice.error.line}: ${choice.error.message}`)
}

/** The bytes of a file or pipe, and of one that is too long only that it is. */
async function readStart(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of createReadStream(path, { end: MOST_BYTES })) parts.push(part)
  return Buffer.concat(parts)
}

function unknownRule(id: string, known: readonly string[]): string {
  if (OPERATION_RULES.some((rule) => rule.id === id)) {
    return `--without-rule: "${id}" cannot be switched off, the operation itself tells it`
  }
  const near = nearWords(id, known)
  const hint = near.length === 0 ? 'pinscope rules lists them' : `near: ${near.join(', ')}`
  const what = id.startsWith(PAIR_ID_PREFIX) ? 'known pair' : 'rule'
  return `--without-rule: no ${what} is called "${id}"; ${hint}`
}
