import { expect, test } from 'vitest'
import { formatShare } from '../../src/base/share.ts'

test('a share is cut, so that only the whole is 100 %', () => {
  expect(formatShare(971, 1000)).toBe('97.1 %')
  expect(formatShare(99_999, 100_000)).toBe('99.9 %')
  expect(formatShare(5, 5)).toBe('100.0 %')
  expect(formatShare(0, 5)).toBe('0.0 %')
})
