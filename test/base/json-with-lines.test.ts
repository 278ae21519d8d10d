import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { parseJsonWithLines } from '../../src/base/json-with-lines.ts'

propertyTest.prop([fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t')])(
  'reads what JSON.stringify writes as JSON.parse does',
  (value, indent) => {
    const text = JSON.stringify(value, undefined, indent)
    const read = parseJsonWithLines(text)
    expect(read.ok && JSON.stringify(read.value.value)).toBe(JSON.stringify(JSON.parse(text)))
  },
)

propertyTest.prop([fc.string({ unit: fc.constantFrom(...'{}[]":,\\ \n\t0-1e.tu'.split('')), maxLength: 12 })])(
  'refuses what JSON.parse refuses, without throwing',
  (text) => {
    const read = parseJsonWithLines(text)
    let isJson = true
    try {
      JSON.parse(text)
    } catch {
      isJson = false
    }
    expect(read.ok).toBe(isJson)
  },
)

test('a value has the line that it begins on, and a missing one that of what is around it', () => {
  const read = parseJsonWithLines('{\n "a": [\n  1,\n  { "b":\n 2 }\n ]\n}')
  const lineOf = read.ok ? read.value.lineOf : () => 0
  expect([[], ['a'], ['a', 0], ['a', 1], ['a', 1, 'b'], ['a', 7], ['c']].map(lineOf)).toEqual([1, 2, 3, 4, 5, 2, 1])
})
