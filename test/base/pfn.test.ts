import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPfn, formatPfnRange } from '../../src/base/pfn.ts'

test('a PFN prints in hex with 0x, whatever its size, and is read back as it was', () => {
  expect([0, 0x17ac9, 2 ** 40].map(formatPfn)).toEqual(['0x0', '0x17ac9', '0x10000000000'])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (pfn) => {
      expect(Number(formatPfn(pfn))).toBe(pfn)
    }),
  )
})

test('a range is half-open', () => {
  expect(formatPfnRange(0xdc00, 0x1fc00)).toBe('[0xdc00, 0x1fc00)')
})

test('a range that nothing tells has no numbers', () => {
  expect(formatPfnRange(0, 0)).toBe('an unknown range')
  expect(formatPfnRange(0, 1)).toBe('[0x0, 0x1)')
})
