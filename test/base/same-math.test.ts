import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { decimalLog, exponential, naturalLog } from '../../src/base/same-math.ts'

const POSITIVE = fc.double({ min: 1e-300, max: 1e300, noNaN: true })
/** Of the engine, which may be off by a little itself. */
const FEW_UNITS = 4 * Number.EPSILON

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= FEW_UNITS * Math.max(Math.abs(other), Number.MIN_VALUE)
}

test.prop([POSITIVE])('the logarithm is that of the engine, but for its last bits', (x) => {
  expect(isNear(naturalLog(x), Math.log(x))).toBe(true)
  expect(isNear(decimalLog(x), Math.log10(x))).toBe(true)
})

test.prop([fc.double({ min: -700, max: 700, noNaN: true })])('and so is the exponential', (x) => {
  expect(isNear(exponential(x), Math.exp(x))).toBe(true)
})

test('bits are those of fdlibm, whatever the engine', () => {
  expect([2, 3, 10, 0.1, 1 / 3, 12345.678].map(naturalLog)).toEqual(LOGS)
  expect([1, -1, 0.5, 2.5, -20.25, 300].map(exponential)).toEqual(EXPONENTIALS)
})

test('at the edges it says what the engine says', () => {
  for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1]) expect(naturalLog(x)).toBe(Math.log(x))
  for (const x of [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1000, -1000])
    expect(exponential(x)).toBe(Math.exp(x))
})

const LOGS = [Math.LN2, 1.0986122886681096, Math.LN10, -2.3025850929940455, -1.0986122886681098, 9.421061321291832]
const EXPONENTIALS = [
  2.7182818284590455, 0.36787944117144233, 1.6487212707001282, 12.182493960703473, 1.6052280551856116e-9,
  1.9424263952412558e130,
]
