import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrow } from '../../src/base/column.ts'

test('narrowing keeps every value', () => {
  const anyInteger = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer(), fc.maxSafeInteger())
  fc.assert(
    fc.property(fc.array(anyInteger, { maxLength: 40 }), (values) => {
      expect(Array.from(narrow(Float64Array.from(values)))).toEqual(values.map((value) => value + 0))
    }),
  )
})

test.each([
  [[0, 255], Uint8Array],
  [[0, 256], Uint16Array],
  [[0, 65_535], Uint16Array],
  [[0, 65_536], Uint32Array],
  [[0, 2 ** 32 - 1], Uint32Array],
  [[0, 2 ** 32], Float64Array],
  [[-1, 127], Int8Array],
  [[-1, 128], Int16Array],
  [[-129, 0], Int16Array],
  [[-32_768, 32_767], Int16Array],
  [[-1, 32_768], Int32Array],
  [[-1, 2 ** 31], Float64Array],
  [[], Uint8Array],
])('%j fits the narrowest array that holds it', (values, Kind) => {
  expect(narrow(Float64Array.from(values))).toBeInstanceOf(Kind)
})

test('only the filled rows are kept', () => {
  expect(Array.from(narrow(Float64Array.from([1, 2, 999_999]), 2))).toEqual([1, 2])
  expect(narrow(Float64Array.from([1, 2, 999_999]), 2)).toBeInstanceOf(Uint8Array)
})
