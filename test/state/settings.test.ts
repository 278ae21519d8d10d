import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { EXAMPLE_TEMPLATE, templateProblem } from '../../src/base/source-template.ts'
import {
  DEFAULT_SETTINGS,
  DENSITIES,
  isDamaged,
  parseSettings,
  withRecentAction,
  writeSettings,
} from '../../src/state/settings.ts'

const settings = fc.record({
  density: fc.constantFrom(...DENSITIES),
  sourceTemplate: fc.constantFrom('', EXAMPLE_TEMPLATE, 'http://localhost:8080/{file}#{line}'),
  author: fc.string({ maxLength: 80 }),
  embedOrigins: fc.uniqueArray(fc.constantFrom('https://ci.example.org', 'http://127.0.0.1:8080', 'https://a.b:444'), {
    maxLength: 3,
  }),
  recentActions: fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }),
})

describe('settings', () => {
  property.prop([settings])('are read back as they were written', (value) => {
    expect(parseSettings(writeSettings(null, value))).toEqual(value)
  })

  property.prop([fc.oneof(fc.string(), fc.json(), fc.constant(null))])(
    'are always whole, whatever was kept',
    (text) => {
      const { density, sourceTemplate, author, recentActions } = parseSettings(text)
      expect(DENSITIES).toContain(density)
      expect(templateProblem(sourceTemplate)).toBe('')
      expect(author.length).toBeLessThanOrEqual(80)
      expect(recentActions.every((id) => typeof id === 'string')).toBe(true)
    },
  )

  test('fall back each by itself', () => {
    expect(
      parseSettings('{"density":"roomy","sourceTemplate":"javascript:{symbol}","recentActions":["theme",7]}'),
    ).toEqual({
      ...DEFAULT_SETTINGS,
      recentActions: ['theme'],
    })
  })

  test('that another build knows stay as they are when this one changes something', () => {
    const newer = '{"density":"airy","author":"Ann","hue":7}'
    expect(parseSettings(newer).density).toBe(DEFAULT_SETTINGS.density)
    expect(JSON.parse(writeSettings(newer, { author: 'Bob' }))).toEqual({ density: 'airy', author: 'Bob', hue: 7 })
  })

  test('that are damaged are known to be', () => {
    for (const text of ['{"density":"com', '[1]', '', 'null']) expect(isDamaged(text)).toBe(true)
    for (const text of [null, '{}', '{"density":3}']) expect(isDamaged(text)).toBe(false)
    expect(JSON.parse(writeSettings('{"auth', { author: 'Bob' }))).toEqual({ author: 'Bob' })
  })

  test('remember the latest actions first, each once, and not for ever', () => {
    const after = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].reduce(withRecentAction, DEFAULT_SETTINGS)
    expect(after.recentActions).toEqual(['i', 'h', 'g', 'f', 'e', 'd', 'c', 'a'])
  })
})
