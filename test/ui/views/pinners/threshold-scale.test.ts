import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  parseThreshold,
  HIGHEST_STEP,
  stepOf,
  thresholdAt,
  thresholdText,
} from '../../../../src/ui/views/pinners/threshold-scale.ts'

test('the slider goes from every hold over 1 us to 100 s', () => {
  expect([0, 1, 11, 31, HIGHEST_STEP].map(thresholdAt)).toEqual([0, 1, 10, 1000, 100_000_000])
})

test.prop([fc.integer({ min: 0, max: HIGHEST_STEP - 1 })])('a step further never lets more through', (step) => {
  expect(thresholdAt(step + 1)).toBeGreaterThanOrEqual(thresholdAt(step))
  expect(Number.isInteger(thresholdAt(step))).toBe(true)
})

test.prop([fc.integer({ min: 1, max: 100_000_000 })])(
  'any threshold has a step within a fifth of it',
  (thresholdUs) => {
    const near = thresholdAt(stepOf(thresholdUs))
    expect(Math.abs(near - thresholdUs)).toBeLessThanOrEqual(Math.max(1, thresholdUs / 5))
  },
)

test('thresholds beyond the scale stay at its ends', () => {
  expect([stepOf(-5), stepOf(0), stepOf(1e12)]).toEqual([0, 0, HIGHEST_STEP])
})

test.each([
  ['300 ms', 300_000],
  ['1.5s', 1_500_000],
  ['250', 250],
  ['250 us', 250],
  ['0.001 us', 0.001],
  ['0', 0],
  ['soon', undefined],
  ['1.', undefined],
  ['-1 s', undefined],
  ['3 min', undefined],
  ['', undefined],
])('%s is read as %s us', (text, us) => {
  expect(parseThreshold(text)).toBe(us)
})

test.prop([fc.nat({ max: 2_000_000_000 }).map((thousandths) => thousandths / 1000)])(
  'a threshold that is written is read again',
  (us) => {
    expect(parseThreshold(thresholdText(us))).toBe(us)
  },
)
