import { expect, test } from 'vitest'
import { compareRules } from '../../src/state/use-rules-link.ts'

test.each([
  [undefined, '', 'same'],
  ['1a2b3c4d', '1a2b3c4d', 'same'],
  [undefined, '1a2b3c4d', 'write'],
  ['1a2b3c4d', '', 'other'],
  ['1a2b3c4d', '5e6f7a8b', 'other'],
] as const)('a link that says %s, with %s in force, is %s', (asked, inForce, relation) => {
  expect(compareRules(asked, inForce)).toBe(relation)
})
