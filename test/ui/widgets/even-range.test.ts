import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { evenRange } from '../../../src/ui/widgets/even-range.ts'

propertyTest.prop([
  fc.record({
    total: fc.integer({ min: 1, max: 300 }),
    rowPx: fc.constantFrom(20, 24),
    topPx: fc.double({ min: 0, max: 8000, noNaN: true }),
    viewPx: fc.integer({ min: 1, max: 900 }),
  }),
])('rows in sight are those that a look at every row finds', (list) => {
  const top = Math.max(0, Math.min(list.topPx, list.total * list.rowPx - list.viewPx))
  const seen = [...Array(list.total).keys()].filter(
    (row) => (row + 1) * list.rowPx > top && row * list.rowPx < top + list.viewPx,
  )
  expect(evenRange(list)).toEqual({ startIndex: seen[0], endIndex: seen.at(-1) })
})

test('a list of tens of millions ends with its last row', () => {
  const total = 80_000_000
  expect(evenRange({ total, rowPx: 20, topPx: total * 20 - 500, viewPx: 500 })).toEqual({
    startIndex: total - 25,
    endIndex: total - 1,
  })
  expect(evenRange({ total: 0, rowPx: 20, topPx: 0, viewPx: 500 })).toBeUndefined()
})
