import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { parseRuleFile, RULE_FILE_SCHEMA, writeRuleFile } from '../../src/derive/attribution/rule-file.ts'
import { chooseRules, framesOfRule } from '../../src/derive/attribution/rule-set.ts'
import { DEFAULT_SETTINGS, parseSettings } from '../../src/state/settings.ts'

const WHOLE = writeRuleFile(chooseRules({}))

describe('a rule file of anybody', () => {
  test.prop([fc.oneof(fc.json(), fc.string())])('never throws, and says what is wrong with it', (text) => {
    const read = parseRuleFile(text)
    expect(read.ok || read.error.message).not.toBe('')
  })

  test.prop([fc.nat(), fc.string({ maxLength: 3 })])('with any bytes changed never throws', (at, put) => {
    const place = at % WHOLE.length
    expect(() => parseRuleFile(WHOLE.slice(0, place) + put + WHOLE.slice(place + 1))).not.toThrow()
  })

  test.each(['[', '{"a":', '{"rules":['])('nested without end (%s) is refused, not followed', (part) => {
    expect(parseRuleFile(part.repeat(200_000))).toMatchObject({ ok: false })
  })

  test('with more rules than a person writes is refused', () => {
    const rules = Array.from({ length: 1001 }, (_, at) => ({ id: `r${at}` }))
    expect(parseRuleFile(JSON.stringify({ schema: RULE_FILE_SCHEMA, version: 1, rules }))).toMatchObject({ ok: false })
  })

  test('with more patterns than a person writes is refused', () => {
    const rules = Array.from({ length: 6 }, (_, at) => ({
      id: `r${at}`,
      class: 'driver',
      on: 'get',
      reason: 'x',
      source: 'x',
      frames: Array.from({ length: 2000 }, (__, name) => `f${name}`),
    }))
    const read = parseRuleFile(JSON.stringify({ schema: RULE_FILE_SCHEMA, version: 1, rules }))
    expect(read).toMatchObject({ ok: false, error: { message: expect.stringMatching(/12000 patterns together/) } })
  })

  test.each(['.*.*.*.*.*.*.*.*.*.*x', '(a?){300}a{300}b', '((a{0,9}){0,9}){0,2}b'])(
    'with %s is held against a name of any length',
    (pattern) => {
      expect(framesOfRule({ frames: [pattern] }).test('a'.repeat(2000))).toBe(false)
    },
  )

  test.each(['__proto__', 'constructor', 'prototype'])('cannot reach %s', (name) => {
    const text = `{"schema":"${RULE_FILE_SCHEMA}","${name}":{"polluted":1},"rules":[]}`
    expect(parseRuleFile(text)).toMatchObject({ ok: false })
    expect({}).not.toHaveProperty('polluted')
  })
})

test('settings that somebody else wrote allow no page that cannot be named', () => {
  const kept = JSON.stringify({
    embedOrigins: ['*', 'null', 'https://a.b/', 7, 'https://a.b', 'https://a.b'],
    __proto__: { x: 1 },
  })
  expect(parseSettings(kept)).toEqual({ ...DEFAULT_SETTINGS, embedOrigins: ['https://a.b'] })
})
