import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Clock } from '../../../src/base/clock.ts'
import { countTicks, timeTicks, unitOf } from '../../../src/ui/widgets/time-ticks.ts'

const seconds: Clock = { originNs: '1485801000', style: { unit: 'seconds', digits: 6 }, name: 'local' }
const micros: Clock = { originNs: '276242022000', style: { unit: 'microseconds', digits: 0 }, name: 'local' }
const counts: Clock = { originNs: '90833021', style: { unit: 'counts', digits: 0 }, name: 'counter' }

describe('time ticks', () => {
  test('stand at round times of the file, whatever the origin', () => {
    const ticks = timeTicks({ from: 0, to: 1_000_000_000 }, 6, seconds)
    expect(ticks.map((tick) => tick.text)).toEqual(['1.600000', '1.800000', '2.000000', '2.200000', '2.400000'])
    expect(ticks[0].ns).toBe(114_199_000)
  })

  test('of a latency-format file are whole microseconds, of a counter whole counts', () => {
    expect(timeTicks({ from: 0, to: 5000 }, 6, micros).map((tick) => tick.text)).toEqual([
      '276242022',
      '276242023',
      '276242024',
      '276242025',
      '276242026',
      '276242027',
    ])
    expect(timeTicks({ from: 0, to: 10 }, 3, counts).map((tick) => tick.text)).toEqual(['90833025', '90833030'])
  })

  test.prop([
    fc.constantFrom(seconds, micros, counts),
    fc.integer({ min: -1_000_000, max: 1e12 }),
    fc.integer({ min: 1, max: 1e12 }),
    fc.integer({ min: 2, max: 20 }),
  ])('are few enough, inside the window, and no two read alike', (clock, from, span, most) => {
    const ticks = timeTicks({ from, to: from + span }, most, clock)
    expect(ticks.length).toBeLessThanOrEqual(most)
    expect(ticks.every((tick) => tick.ns >= from && tick.ns <= from + span)).toBe(true)
    expect(new Set(ticks.map((tick) => tick.text)).size).toBe(ticks.length)
  })

  test.prop([fc.integer({ min: 20_000, max: 1e12 }), fc.integer({ min: 3, max: 20 })])(
    'are not needlessly few',
    (span, most) => {
      // Steps grow at most 2.5 times, so no more than that factor (and the two ends) is given away.
      expect(timeTicks({ from: 0, to: span }, most, seconds).length).toBeGreaterThanOrEqual(Math.floor(most / 2.5) - 2)
    },
  )
})

test('the smallest difference that a file prints', () => {
  expect([seconds, micros, counts].map(unitOf)).toEqual([1000, 1000, 1])
})

test('references are counted in whole numbers, from below zero where a trace says so', () => {
  expect(countTicks(0, 4, 6)).toEqual([0, 1, 2, 3, 4])
  expect(countTicks(0, 15, 6)).toEqual([0, 5, 10, 15])
  expect(countTicks(-2, 3, 6)).toEqual([-2, -1, 0, 1, 2, 3])
})
