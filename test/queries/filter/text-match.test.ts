import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { textMatch } from '../../../src/queries/filter/text-match.ts'

const NOWHERE = { start: 0, end: 0 }
const letters = fc.constantFrom('a', 'b', '*')

property.prop([
  fc.string({ unit: letters, maxLength: 8 }),
  fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })),
])('a star stands for any characters', (text, names) => {
  const match = textMatch([{ ...NOWHERE, kind: 'wild', text }])
  const slow = new RegExp(`^${text.replaceAll('*', '.*')}$`, 's')
  for (const name of names) expect([name, match(name)]).toEqual([name, slow.test(name)])
})

const NAME = 'a'.repeat(4000)

test.each([
  ['regex', '(a+)+$x'],
  ['regex', '^(a|a)*c$'],
  ['wild', `${'*a'.repeat(200)}*b`],
] as const)('a %s of a link that has more ways than can be tried (%s) is told apart from a name', (kind, text) => {
  const value = kind === 'regex' ? { ...NOWHERE, kind, text, flags: '' as const } : { ...NOWHERE, kind, text }
  expect(textMatch([value])(NAME)).toBe(false)
  expect(textMatch([value])('b')).toBe(false)
})
