import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findAbove, findAtLeast, findAtLeastNear } from '../../src/base/bisect.ts'
import { column } from '../../src/base/column.ts'

const ascending = fc
  .array(fc.integer({ min: -9, max: 9 }), { maxLength: 30 })
  .map((values) => values.toSorted((a, b) => a - b))

test('the first row at least, and above, a value are those that a walk finds', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -11, max: 11 }), fc.nat(30), fc.nat(30), (values, value, a, b) => {
      const [begin, end] = [a, b].map((edge) => Math.min(edge, values.length)).toSorted((x, y) => x - y)
      const walk = (isFound: (one: number) => boolean): number => {
        for (let row = begin; row < end; row++) if (isFound(values[row])) return row
        return end
      }
      const rows = column<number>(Float64Array.from(values))
      expect(findAtLeast(rows, value, begin, end)).toBe(walk((one) => one >= value))
      expect(findAbove(rows, value, begin, end)).toBe(walk((one) => one > value))
    }),
  )
})

test('without bounds the whole column is searched', () => {
  const rows = column<number>(Float64Array.from([1, 2, 2, 5]))
  expect([findAtLeast(rows, 2), findAbove(rows, 2), findAtLeast(rows, 9), findAtLeast(rows, -1)]).toEqual([1, 3, 4, 0])
})

test('looking around a place finds what looking everywhere finds', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -11, max: 11 }), fc.nat(30), (values, value, near) => {
      const rows = column<number>(Float64Array.from(values))
      expect(findAtLeastNear(rows, value, Math.min(near, values.length))).toBe(findAtLeast(rows, value))
    }),
  )
})
