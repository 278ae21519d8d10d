import { counted } from '../base/counted.ts'
import { type ClassRule, CLASS_RULES_VERSION, OPERATION_RULES } from '../derive/attribution/class-rules.ts'
import { KNOWN_PAIRS_VERSION, type KnownPair } from '../derive/attribution/known-pairs.ts'
import { type RuleSet } from '../derive/attribution/rule-set.ts'
import { plainText } from './plain-text.ts'
import { rulesUsed, rulesUsedText } from './rules-used.ts'

/**
 * Rules for people, in the order of asking: id, class, what they are on, why, where the kernel does it, which frames; then
 * the known pairs.
 */
export function rulesText(set: RuleSet): string {
  const used = rulesUsed(set)
  const which =
    used === undefined ? `Rules that come with pinscope, version ${CLASS_RULES_VERSION}` : rulesUsedText(used)
  const off = set.disabled.length === 0 ? '' : `, ${set.disabled.length} switched off`
  const lines = [
    which,
    `${counted(set.rules.length, 'rule')} in the order of asking${off}; the frame nearest to the tracepoint that one knows decides`,
    '',
    ...set.rules.flatMap((rule, at) => [...ruleLines(rule, `${at + 1}. `), '']),
    ...set.disabled.flatMap((rule) => [...ruleLines(rule, 'off: '), '']),
    'Known without a stack, always on',
    ...OPERATION_RULES.map(({ id, class: of, reason, source }) => `   ${id}  ${of}  ${reason} (${source})`),
    '',
    ...pairLines(set),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

function ruleLines(rule: ClassRule, mark: string): readonly string[] {
  const { id, class: of, on, reason, source, frames, givesWayTo, matchesModules = false } = rule
  return [
    `${mark}${id}  ${of}  on ${on === 'both' ? 'get and put' : on}`,
    `   ${reason}`,
    `   source: ${source}`,
    ...frames.map((frame) => `   frame: ${frame}`),
    ...(matchesModules ? ['   frame: any of a module'] : []),
    ...(rule.before === undefined ? [] : [`   asked before: ${rule.before}`]),
    ...(rule.after === undefined ? [] : [`   asked after: ${rule.after}`]),
    ...(givesWayTo === undefined ? [] : [`   gives way to: ${['rules of your own', ...givesWayTo].join(', ')}`]),
  ]
}

function pairLines({ pairs, disabledPairs }: RuleSet): readonly string[] {
  const off = disabledPairs.length === 0 ? '' : `, ${disabledPairs.length} switched off`
  return [
    `${counted(pairs.length, 'known pair')}${off}, version ${KNOWN_PAIRS_VERSION}: a prior for which put answers which get; what the trace teaches outweighs it`,
    '',
    ...pairs.flatMap((pair) => [...linesOfPair(pair, ''), '']),
    ...disabledPairs.flatMap((pair) => [...linesOfPair(pair, 'off: '), '']),
  ].slice(0, -1)
}

function linesOfPair({ id, get, put, isSameModule, reason, source }: KnownPair, mark: string): readonly string[] {
  return [
    `${mark}${id}`,
    `   ${reason}`,
    `   source: ${source}`,
    `   get: ${get.join('|')}`,
    `   put: ${put.join('|')}`,
    ...(isSameModule === true ? ['   both of one module'] : []),
  ]
}
