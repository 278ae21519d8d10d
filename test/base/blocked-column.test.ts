import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockedColumn } from '../../src/base/blocked-column.ts'
import { narrow } from '../../src/base/column.ts'

const INTEGERS = fc.oneof(fc.integer({ min: -3, max: 300 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }))

test('what was laid down in blocks comes out as one array, as narrow as it can be', () => {
  fc.assert(
    fc.property(fc.array(fc.array(INTEGERS, { maxLength: 9 }), { maxLength: 5 }), (blocks) => {
      const laid = new BlockedColumn()
      for (const block of blocks) laid.layDown(Float64Array.of(...block, 7), block.length)
      expect(laid.length).toBe(blocks.flat().length)
      expect(laid.moveOut()).toEqual(narrow(Float64Array.from(blocks.flat())))
      expect(laid.moveOut().length).toBe(0)
    }),
  )
})

test('doubles stay doubles, and later changes of what was laid down do not reach the column', () => {
  const laid = new BlockedColumn(true)
  const values = Float64Array.of(1, 2.5)
  laid.layDown(values, 2)
  values[0] = 9
  laid.layDown(values, 1)
  expect(laid.moveOut()).toEqual(Float64Array.of(1, 2.5, 9))
})
