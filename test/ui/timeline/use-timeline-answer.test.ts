import { expect, test } from 'vitest'
import { serves } from '../../../src/ui/timeline/use-timeline-answer.ts'

test('a picture does for a window that it covers, stretched to twice its size at most', () => {
  const picture = { from: 0, to: 100 }
  expect(serves(picture, picture)).toBe(true)
  expect(serves(picture, { from: 50, to: 100 })).toBe(true)
  expect(serves(picture, { from: 60, to: 100 })).toBe(false)
  expect(serves(picture, { from: -1, to: 60 })).toBe(false)
  expect(serves(picture, { from: 40, to: 101 })).toBe(false)
})
