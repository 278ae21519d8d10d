import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { EXAMPLE_TEMPLATE, sourceAddress, templateProblem } from '../../src/base/source-template.ts'

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
