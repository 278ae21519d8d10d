import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absoluteNs, type Clock, formatDuration, formatTime, parseTime } from '../../src/base/clock.ts'

const MICROSECONDS: Clock = { originNs: '92678375000', style: { unit: 'seconds', digits: 6 }, name: 'local' }
const NANOSECONDS: Clock = { originNs: '0', style: { unit: 'seconds', digits: 9 }, name: 'mono' }
const LATENCY: Clock = { originNs: '268460000', style: { unit: 'microseconds', digits: 0 }, name: 'local' }
const COUNTER: Clock = { originNs: '90833021', style: { unit: 'counts', digits: 0 }, name: 'counter' }
/** A machine that has been up for 200 days: absolute ns pass 2^53. */
const OLD: Clock = { originNs: '17280000000123456789', style: { unit: 'seconds', digits: 6 }, name: 'mono' }

test('times print as the file prints them', () => {
  expect(formatTime(0, MICROSECONDS)).toBe('92.678375')
  expect(formatTime(496_093_000, MICROSECONDS)).toBe('93.174468')
  expect(formatTime(1_575_185_123, NANOSECONDS)).toBe('1.575185123')
  expect(formatTime(846_576_000, LATENCY)).toBe('1115036')
  expect(formatTime(7, COUNTER)).toBe('90833028')
})

test('digits below the unit of the file are cut, not rounded', () => {
  expect(formatTime(1_999, { ...NANOSECONDS, style: { unit: 'seconds', digits: 6 } })).toBe('0.000001')
})

test('an absolute time past 2^53 ns loses nothing', () => {
  expect(absoluteNs(1, OLD)).toBe('17280000000123456790')
  expect(formatTime(1_000, OLD)).toBe('17280000000.123457')
})

test('a time before zero keeps its sign', () => {
  expect(formatTime(-1_500_000_000, NANOSECONDS)).toBe('-1.500000000')
})

test.each([
  ['seconds, 6 digits', MICROSECONDS, 1000],
  ['seconds, 9 digits', NANOSECONDS, 1],
  ['latency format', LATENCY, 1000],
  ['a counter', COUNTER, 1],
  ['a machine long up', { ...OLD, originNs: '17280000000123456000' }, 1000],
])('%s: what is printed is read back', (_, clock, unitNs) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (units) => {
      const time = units * unitNs
      expect(parseTime(formatTime(time, clock), clock)).toBe(time)
    }),
  )
})

test('fewer digits than the file prints are read too; what is no time is not', () => {
  expect(parseTime('92.7', MICROSECONDS)).toBe(21_625_000)
  expect(parseTime(' 93 ', MICROSECONDS)).toBe(321_625_000)
  expect(['', 'x', '1.2.3', '1,5', '-1', '1.0000000001'].map((text) => parseTime(text, MICROSECONDS))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

describe('a duration', () => {
  test.each([
    [0, '0 ns'],
    [999, '999 ns'],
    [1_000, '1.000 us'],
    [405_775_000, '405.775 ms'],
    [999_999_999, '999.999 ms'],
    [2_186_000_000, '2.186 s'],
    [-1_500, '-1.500 us'],
    [5_400_000_000_000, '5400.000 s'],
  ])('of %i ns is %s', (ns, text) => {
    expect(formatDuration(ns)).toBe(text)
  })

  test('of a counter is counts', () => {
    expect(formatDuration(1500, 'counts')).toBe('1500 counts')
  })

  test('has no float noise and no thousands separators, and never says more than it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (ns) => {
        const match = /^(\d+)(?:\.(\d{3}))? (ns|us|ms|s)$/.exec(formatDuration(ns))
        const unit = new Map([
          ['ns', 1],
          ['us', 1e3],
          ['ms', 1e6],
          ['s', 1e9],
        ]).get(match?.[3] ?? '')
        const shown =
          Number(`${match?.[1]}${match?.[2] ?? ''}`) * ((unit ?? Number.NaN) / (match?.[2] === undefined ? 1 : 1000))
        expect(shown).toBeLessThanOrEqual(ns)
        expect(ns - shown).toBeLessThan((unit ?? 0) / (unit === 1 ? 1 : 1000))
      }),
    )
  })
})
