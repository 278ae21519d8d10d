import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { column, numbersOf } from '../../src/base/column.ts'
import { buildGroupIndex, rowsOf } from '../../src/base/group-index.ts'

test('every row with a key is in the group of its key, once, in ascending order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 60 }), (keys) => {
      const index = buildGroupIndex<number, number>(column(Int32Array.from(keys)), 7)
      for (let key = 0; key < 7; key++) {
        const expected = keys.flatMap((one, row) => (one === key ? [row] : []))
        expect(Array.from(numbersOf(rowsOf(index, key)))).toEqual(expected)
      }
    }),
  )
})

test('a key without rows has an empty group', () => {
  const index = buildGroupIndex<number, number>(column(Int32Array.from([0, 2])), 4)
  expect([0, 1, 2, 3].map((key) => rowsOf(index, key).length)).toEqual([1, 0, 1, 0])
})
