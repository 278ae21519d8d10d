import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type LinearPattern, linearPattern } from '../../src/base/linear-pattern.ts'

function compiled(source: string, flags: '' | 'i' = ''): LinearPattern {
  const pattern = linearPattern(source, flags)
  if (!pattern.ok) throw new Error(pattern.error)
  return pattern.value
}

const { tree: pattern } = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(
    'a',
    'b',
    '.',
    'ab',
    '\\w',
    '\\W',
    '\\d',
    '[ab]',
    '[^a]',
    '[a-c]',
    '[]',
    '[^]',
    '[\\w-]',
    '\\s',
    '^',
    '$',
    '\\b',
    '\\B',
    '',
    '{',
    '}',
    ']',
    '{,2}',
    '\\.',
    '\\/',
    '\\x61',
    '\\u0061',
    '\\cA',
    '\\c',
    '\\0',
    '\\-',
    'é',
    'ſ',
    'K',
    '\\n',
    '-',
    ',',
  ),
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.tuple(tie('tree'), tie('tree')).map((parts) => parts.join('')),
    fc.tuple(tie('tree'), tie('tree')).map((parts) => `(${parts.join('|')})`),
    tie('tree').map((part) => `(?:${part})`),
    tie('tree').map((part) => `(?<name>${part})`),
    fc
      .tuple(
        tie('tree'),
        fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0}', '{1,2}', '{0,}', '{1,}?', '{2,3}?'),
      )
      .map(([part, sign]) => `(${part})${sign}`),
    fc
      .tuple(fc.constantFrom('a', '.', '[ab]', '\\w'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}?'))
      .map((parts) => parts.join('')),
  ),
}))
const text = fc.string({
  unit: fc.constantFrom(...Array.from('aaabbcABC_ .-{}\\k\u212a\u017fsSKé1\n\u0001\0/')),
  maxLength: 9,
})

function isPattern(source: string, flags: string): boolean {
  try {
    RegExp(source, flags)
    return true
  } catch {
    return false // two groups of one name, a repeated assertion
  }
}

property.prop([pattern, fc.constantFrom('' as const, 'i' as const), fc.array(text, { minLength: 5, maxLength: 5 })], {
  numRuns: 1500,
})('a pattern finds what RegExp finds', (source, flags, texts) => {
  fc.pre(isPattern(source, flags))
  const mine = compiled(source, flags)
  for (const one of texts)
    expect([source, one, mine.test(one)]).toEqual([source, one, new RegExp(source, flags).test(one)])
})

describe('a pattern with more ways than anybody can try', () => {
  const name = `${'a'.repeat(4000)}!`

  test.each([
    '(a+)+$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '(.*)*x',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a*)*b',
    `^${'a?'.repeat(200)}${'a'.repeat(200)}b`,
    `${'.*'.repeat(300)}x`,
    `^${'(a|a)'.repeat(150)}b`,
    '^((((a{0,9}){0,9}){0,2}){0,2})b',
    '\\w+\\d+\\w+\\d+\\w+x$',
  ])('%s is looked for in a name of 4000 characters', (source) => {
    expect(compiled(source).test(name)).toBe(false)
    expect(compiled(source, 'i').test(name)).toBe(false)
  })
})

describe('what is not looked for says why', () => {
  test.each(['(?=a)', '(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>'])(
    '%s looks more than once',
    (source) => {
      expect(linearPattern(source, '')).toEqual({
        ok: false,
        error: expect.stringMatching(/^looking around.* for ever/),
      })
    },
  )

  test.each([
    'a{1001}',
    '(a{100}){100}',
    '((((a{99}){99}){99}){99})',
    'a{0,2000}',
    'a{999999999999999999999}',
    '((a?){999}){999}',
  ])('%s repeats too much', (source) => {
    expect(linearPattern(source, '')).toEqual({ ok: false, error: expect.stringMatching(/more than 1000 steps/) })
  })

  test('groups within each other without end are not followed', () => {
    const deep = `${'('.repeat(200)}a${')'.repeat(200)}`
    expect(linearPattern(deep, '')).toEqual({ ok: false, error: expect.stringMatching(/100 deep/) })
  })

  test('nothing, however often, is nothing', () => {
    expect(compiled('((){999999999}){999999999}a').test('a')).toBe(true)
  })

  test('what is no regular expression throws, as RegExp does', () => {
    expect(() => linearPattern('(', '')).toThrow(SyntaxError)
  })
})
