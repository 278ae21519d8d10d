import { describe, expect, test } from 'vitest'
import { fc, test as property } from '@fast-check/vitest'
import { hasGrown, isFlat, type Point, trendOf } from './flat.ts'

const ALLOWED = { slope: 10, rise: 500 }

/** Noise that is the same each time: between -1 and 1. */
const noise = (at: number): number => Math.sin(at * 12.9898)

function series(count: number, value: (at: number) => number): readonly Point[] {
  return Array.from({ length: count }, (_, at): Point => [at, value(at)])
}

describe('flat', () => {
  test('is what warms up, and stays noisy', () => {
    expect(isFlat(trendOf(series(200, (at) => 1000 * Math.min(at, 40) + 300 * noise(at))), ALLOWED)).toBe(true)
  })

  test('is not what grows by a little each time, under the same noise', () => {
    const trend = trendOf(series(200, (at) => 20 * at + 300 * noise(at)))
    expect(trend.slope).toBeGreaterThan(18)
    expect(trend.slope).toBeLessThan(22)
    expect(isFlat(trend, ALLOWED)).toBe(false)
  })

  test('is not what rises once and stays there', () => {
    expect(isFlat(trendOf(series(200, (at) => (at > 180 ? 800 : 0))), { slope: 1000, rise: 500 })).toBe(false)
  })

  test('is nothing of which too little was measured', () => {
    expect(isFlat(trendOf(series(3, () => 0)), ALLOWED)).toBe(false)
  })

  test('may be what shrinks', () => {
    expect(isFlat(trendOf(series(100, (at) => -50 * at)), ALLOWED)).toBe(true)
  })

  property.prop([fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 8, max: 60 })])(
    'the slope of a line is its own, without an error',
    (slope, count) => {
      const trend = trendOf(series(count, (at) => slope * at))
      expect(trend.slope).toBeCloseTo(slope, 3)
      expect(trend.error).toBeLessThan(1e-3)
    },
  )
})

describe('a count has grown', () => {
  test('where each of the last ones is above each of the first', () => {
    expect(hasGrown([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])).toBe(true)
  })

  test('and has not where it goes up and down, or warms up', () => {
    expect(hasGrown([10, 200, 100, 185, 100, 100, 185, 185, 100, 185, 100, 185])).toBe(false)
    expect(hasGrown([1, 50, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100])).toBe(false)
  })
})
