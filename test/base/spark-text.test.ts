import { expect, test } from 'vitest'
import { sparkText } from '../../src/base/spark-text.ts'

test('counts are signs as high as the highest of two, and lost slices without any are hatched', () => {
  expect(sparkText([0, 1, 8, 0, 0, 0, 0, 4], [5])).toBe('▁█╱▄')
  expect(sparkText([0, 0], [])).toBe('·')
  expect(sparkText([3, 0], [1])).toBe('█')
  expect(sparkText([])).toBe('')
})
