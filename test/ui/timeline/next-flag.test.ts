import { expect, test } from 'vitest'
import { nextFlag } from '../../../src/ui/timeline/next-flag.ts'

const flags = [10, 20, 30].map((ns) => ({ id: `f${ns}`, ns, text: String(ns), label: 'cma failed' }))
const after = (selected: string | undefined, ns: number, by: number) => nextFlag(flags, selected, ns, by)?.ns

test('steps begin at the selected failure and stop at either end', () => {
  expect(after('f10', 0, 1)).toBe(20)
  expect(after('f10', 0, 9)).toBe(30)
  expect(after('f30', 0, -1)).toBe(20)
  expect(after('f10', 0, -1)).toBe(10)
})

test('without one they begin at a moment', () => {
  expect(after(undefined, 15, 1)).toBe(20)
  expect(after('gone', 15, 2)).toBe(30)
  expect(after(undefined, 15, 7)).toBe(30)
  expect(after(undefined, 25, -1)).toBe(20)
  expect(after(undefined, 25, -2)).toBe(10)
  expect(after(undefined, 25, -7)).toBe(10)
})

test('and lead nowhere where no failure is that way', () => {
  expect(after(undefined, 30, 1)).toBeUndefined()
  expect(after(undefined, 10, -1)).toBeUndefined()
  expect(nextFlag([], undefined, 0, 1)).toBeUndefined()
})
