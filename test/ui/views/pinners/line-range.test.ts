import { expect, test } from 'vitest'
import { rangeOfLine } from '../../../../src/ui/views/pinners/line-range.ts'

test.each([
  [1, 'ab'],
  [2, ''],
  [3, 'cde'],
  [4, ''],
  [9, ''],
])('line %i is %j', (line, wanted) => {
  const text = 'ab\n\ncde\n'
  const { start, end } = rangeOfLine(text, line)
  expect(text.slice(start, end)).toBe(wanted)
})
