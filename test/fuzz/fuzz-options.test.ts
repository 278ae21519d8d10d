import { expect, test } from 'vitest'
import { parseFuzzOptions } from './fuzz-options.ts'
import { scaledCases } from './scaled/scaled-cases.ts'

test('who names kinds has those tried and nothing else, however long that takes', () => {
  const options = parseFuzzOptions(['--kind', 'tiny stacks,blanks', '--scale', '160'])
  expect(options).toMatchObject({ inputs: 0, scale: 160, minutes: Number.POSITIVE_INFINITY })
  expect(scaledCases(options.kinds).map(({ name }) => name)).toEqual(['tiny stacks, all of them different', 'blanks'])
})

test('who names none has all kinds tried, and other inputs', () => {
  const options = parseFuzzOptions([])
  expect(options).toMatchObject({ inputs: Number.POSITIVE_INFINITY, scale: 1, minutes: 1 })
  expect(scaledCases(options.kinds).length).toBeGreaterThan(18)
})

test('a kind that there is not is refused, with those that there are', () => {
  expect(() => parseFuzzOptions(['--kind', 'tiny stacks,tinny'])).toThrow(/^--kind tinny: there is "a line.*"blanks"/)
})
