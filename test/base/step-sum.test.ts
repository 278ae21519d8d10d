import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepSumOf } from '../../src/base/step-sum.ts'

test('a step sum is what adding up every change at or before a position gives', () => {
  const change = fc.record({ at: fc.integer({ min: -5, max: 20 }), by: fc.integer({ min: -3, max: 3 }) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.integer({ min: -8, max: 24 }), (changes, position) => {
      const slow = changes.reduce((sum, { at, by }) => sum + (at <= position ? by : 0), 0)
      expect(stepSumOf(changes)(position)).toBe(slow)
    }),
  )
})
