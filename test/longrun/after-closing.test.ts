import { expect, test } from 'vitest'
import { judgeLeft } from './after-closing.ts'

const first = { processes: 209e6, pageHeap: 6.5e6, blink: 1.2e6 }

test('what is left once a capture is closed may be a little more than at first', () => {
  const { isFlat, lines } = judgeLeft(first, { ...first, processes: 225e6 })
  expect(isFlat).toBe(true)
  expect(lines).toHaveLength(3)
})

test.each([
  ['processes', { ...first, processes: 260e6 }],
  ['pageHeap', { ...first, pageHeap: 15e6 }],
  ['blink', { ...first, blink: 3.3e6 }],
] as const)('%s that stay are found: what is left after two hours would be a leak of the process', (name, last) => {
  const { isFlat, lines } = judgeLeft(first, last)
  expect(isFlat).toBe(false)
  expect(lines.filter((line) => line.startsWith('GROWS'))).toEqual([expect.stringContaining(name)])
})
