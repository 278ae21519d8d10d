import { expect, test } from 'vitest'
import { choiceOf } from '../../src/bridge/given-rules.ts'
import { type RulesGiven } from '../../src/bridge/protocol.ts'
import { type RuleChoice } from '../../src/derive/attribution/rule-set.ts'

const PAIR = { id: 'pair-mine', get: ['my_get'], put: ['my_put'], reason: 'mine', source: 'drivers/my.c' }
const RULE = {
  id: 'mine',
  class: 'io',
  on: 'both',
  frames: ['my_\\w+'],
  reason: 'mine',
  source: 'drivers/my.c',
} as const

function made(before: RuleChoice, ...given: readonly RulesGiven[]): RuleChoice {
  return given.reduce((choice, one) => {
    const next = choiceOf(one, choice)
    if (!next.ok) throw new Error(next.error.message)
    return next.value
  }, before)
}

test('a known pair of a person is switched, kept, and removed with its switch; rules stay as they are', () => {
  const before: RuleChoice = { extraRules: [RULE], extraPairs: [PAIR], disabledRuleIds: ['ksm'] }
  const off = made(before, { how: 'switch', ids: ['pair-mine', 'pair-bio'], isOff: true })
  expect(off).toEqual({ ...before, disabledRuleIds: ['ksm', 'pair-mine', 'pair-bio'] })
  expect(made(off, { how: 'switch', ids: ['pair-mine', 'pair-bio'], isOff: false })).toEqual(before)
  expect(made(off, { how: 'remove', ids: ['pair-mine'] })).toEqual({
    extraRules: [RULE],
    extraPairs: [],
    disabledRuleIds: ['ksm', 'pair-bio'],
  })
})

test('a file merged into what is in force leaves the pairs that it does not name', () => {
  const file = { schema: 'pinscope.rules/1', rules: [RULE] }
  const merged = made({ extraPairs: [PAIR] }, { how: 'merge', text: JSON.stringify(file) })
  expect(merged).toMatchObject({ extraRules: [RULE], extraPairs: [PAIR] })
  expect(made(merged, { how: 'instead', text: '' })).toEqual({})
})
