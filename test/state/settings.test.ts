import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_SETTINGS,
  DENSITIES,
  EXAMPLE_TEMPLATE,
  parseSettings,
  sourceAddress,
  templateProblem,
  withRecentAction,
  writeSettings,
} from '../../src/state/settings.ts'

const settings = fc.record({
  density: fc.constantFrom(...DENSITIES),
  sourceTemplate: fc.constantFrom('', EXAMPLE_TEMPLATE, 'http://localhost:8080/{file}#{line}'),
  recentActions: fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }),
})

describe('settings', () => {
  property.prop([settings])('are read back as they were written', (value) => {
    expect(parseSettings(writeSettings(value))).toEqual(value)
  })

  property.prop([fc.oneof(fc.string(), fc.json(), fc.constant(null))])(
    'are always whole, whatever was kept',
    (text) => {
      const { density, sourceTemplate, recentActions } = parseSettings(text)
      expect(DENSITIES).toContain(density)
      expect(templateProblem(sourceTemplate)).toBe('')
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

  test('remember the latest actions first, each once, and not for ever', () => {
    const after = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].reduce(withRecentAction, DEFAULT_SETTINGS)
    expect(after.recentActions).toEqual(['i', 'h', 'g', 'f', 'e', 'd', 'c', 'a'])
  })
})

describe('a template of source links', () => {
  test('is filled with what is known of a frame', () => {
    expect(sourceAddress(EXAMPLE_TEMPLATE, { symbol: 'do_tee', release: '6.8' })).toBe(
      'https://elixir.bootlin.com/linux/v6.8/A/ident/do_tee',
    )
    expect(sourceAddress('http://host/{file}#L{line}', { file: 'mm/gup.c', line: '12' })).toBe(
      'http://host/mm/gup.c#L12',
    )
  })

  test('gives no link where it asks what is not known', () => {
    expect(sourceAddress(EXAMPLE_TEMPLATE, { symbol: 'do_tee' })).toBeUndefined()
    expect(sourceAddress('', { symbol: 'do_tee' })).toBeUndefined()
  })

  test('is refused in words when it cannot be one', () => {
    expect(templateProblem('javascript:alert({symbol})')).toContain('javascript:')
    expect(templateProblem('https://host/{what}')).toContain('{what} is no placeholder')
    expect(templateProblem('https://host/all')).toContain('no placeholder')
    expect(templateProblem('https://{symbol}.example/')).toContain('host')
    expect(templateProblem('host/{symbol}')).toContain('not an address')
    expect(templateProblem(EXAMPLE_TEMPLATE)).toBe('')
  })

  property.prop([fc.string({ minLength: 1 })])('never lets a symbol out of its place', (symbol) => {
    const address = sourceAddress('https://host/ident/{symbol}/end', { symbol }) ?? ''
    const { origin, pathname, search, hash } = new URL(address)
    expect([origin, search, hash]).toEqual(['https://host', '', ''])
    // Dots alone are a way up, which no symbol is.
    if (!/^\.{1,2}$/.test(symbol)) expect(pathname.endsWith('/end')).toBe(true)
  })
})
