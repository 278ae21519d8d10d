import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { compareNumbered } from '../../src/base/compare-numbered.ts'

const NAME = fc
  .array(fc.constantFrom('po-', 'b', 'A', '0', '2', '10', 'ä', '.'), { maxLength: 5 })
  .map((parts) => parts.join(''))

test('numbers in names count as numbers', () => {
  const names = ['po-10', 'po-2', 'po-2b', 'po', 'po-002', 'a9007199254740993', 'a9007199254740992']
  const sorted = ['a9007199254740992', 'a9007199254740993', 'po', 'po-002', 'po-2', 'po-2b', 'po-10']
  expect(names.toSorted(compareNumbered)).toEqual(sorted)
})

test.prop([NAME, NAME, NAME])(
  'it is an order: only equal names are equal, and no three of them go round',
  (a, b, c) => {
    expect(compareNumbered(a, b) === 0).toBe(a === b)
    expect(Math.sign(compareNumbered(a, b))).toBe(-Math.sign(compareNumbered(b, a)) + 0)
    if (compareNumbered(a, b) < 0 && compareNumbered(b, c) < 0) expect(compareNumbered(a, c)).toBeLessThan(0)
  },
)
