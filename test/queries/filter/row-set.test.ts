import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { RowSet } from '../../../src/queries/filter/row-set.ts'

test.prop([
  fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 300 }),
  fc.integer({ min: 0, max: 20_001 }),
])('a set of rows tells positions and rows as a sorted list does', (rows, asked) => {
  const sorted = rows.toSorted((a, b) => a - b)
  const set = new RowSet(20_001)
  for (const row of sorted) set.add(row)
  expect(set.total).toBe(sorted.length)
  expect(set.countBefore(asked)).toBe(sorted.filter((row) => row < asked).length)
  expect(set.has(asked)).toBe(sorted.includes(asked))
  expect(sorted.map((_, position) => set.rowAt(position))).toEqual(sorted)
})
