import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { compareRates, compareShares, TELLING_CHANCE } from '../../../src/queries/compare/rate-test.ts'

/** The slow obvious twin: all outcomes with their chances, those at least as far out on one side, twice the smaller. */
function slowRates(a: number, b: number, share: number): number {
  const total = a + b
  let row = [1]
  for (let trial = 0; trial < total; trial++) {
    row = Array.from({ length: row.length + 1 }, (_, at) => (row[at] ?? 0) * (1 - share) + (row[at - 1] ?? 0) * share)
  }
  const below = row.slice(0, a + 1).reduce((sum, chance) => sum + chance, 0)
  const above = row.slice(a).reduce((sum, chance) => sum + chance, 0)
  return Math.min(1, 2 * Math.min(below, above))
}

const choose = (n: number, k: number): number =>
  k < 0 || k > n ? 0 : Array.from({ length: k }, (_, at) => (n - at) / (at + 1)).reduce((one, other) => one * other, 1)

function slowShares(a: { failed: number; total: number }, b: { failed: number; total: number }): number {
  const failed = a.failed + b.failed
  const all = choose(a.total + b.total, failed)
  const chances = Array.from(
    { length: failed + 1 },
    (_, at) => (choose(a.total, at) * choose(b.total, failed - at)) / all,
  )
  const below = chances.slice(0, a.failed + 1).reduce((sum, chance) => sum + chance, 0)
  const above = chances.slice(a.failed).reduce((sum, chance) => sum + chance, 0)
  return Math.min(1, 2 * Math.min(below, above))
}

const isNear = (chance: number): boolean => Math.abs(chance - TELLING_CHANCE) < 1e-9

test.prop([fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.double({ min: 0.01, max: 100, noNaN: true })])(
  'two rates differ by the same rule as all outcomes added up one by one',
  (a, b, exposure) => {
    const share = exposure / (exposure + 1)
    const total = a + b
    const chance = slowRates(a, b, share)
    const least = Math.min(slowRates(0, total, share), slowRates(total, 0, share))
    fc.pre(!isNear(chance) && !isNear(least))
    const expected =
      total === 0 ? 'chance' : least >= TELLING_CHANCE ? 'too_few' : chance < TELLING_CHANCE ? 'told' : 'chance'
    expect(compareRates({ count: a, exposure }, { count: b, exposure: 1 })).toBe(expected)
  },
)

test.prop([fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat(), fc.nat()])(
  'two shares differ by the same rule as all tables added up one by one',
  (totalA, totalB, x, y) => {
    const a = { failed: x % (totalA + 1), total: totalA }
    const b = { failed: y % (totalB + 1), total: totalB }
    const told = slowShares(a, b)
    fc.pre(!isNear(told))
    expect(compareShares(a, b) === 'told').toBe(told < TELLING_CHANCE)
  },
)

test('1 against 0 is too few to tell, and so are 7 against 0 in equal times; 8 are not', () => {
  const against = (count: number): string => compareRates({ count, exposure: 5 }, { count: 0, exposure: 5 })
  expect([against(1), against(7), against(8)]).toEqual(['too_few', 'too_few', 'told'])
})

test('the same rate in a trace ten times as long is no difference', () => {
  expect(compareRates({ count: 1000, exposure: 10 }, { count: 100, exposure: 1 })).toBe('chance')
  expect(compareRates({ count: 1000, exposure: 10 }, { count: 200, exposure: 1 })).toBe('told')
})

test('millions of events are tested without looking at each', () => {
  const equal = { count: 5_000_000, exposure: 1 }
  expect(compareRates(equal, { count: 5_001_000, exposure: 1 })).toBe('chance')
  expect(compareRates(equal, { count: 5_100_000, exposure: 1 })).toBe('told')
})

test('a difference in what was never looked at is unknown', () => {
  expect(compareRates({ count: 3, exposure: 0 }, { count: 0, exposure: 4 })).toBe('unknown')
  expect(compareShares({ failed: 0, total: 0 }, { failed: 3, total: 3 })).toBe('unknown')
})

test('14 of 14 against 3 of 14 tells, 1 of 1 against 0 of 1 does not', () => {
  expect(compareShares({ failed: 14, total: 14 }, { failed: 3, total: 14 })).toBe('told')
  expect(compareShares({ failed: 1, total: 1 }, { failed: 0, total: 1 })).toBe('too_few')
  expect(compareShares({ failed: 50, total: 100 }, { failed: 51, total: 100 })).toBe('chance')
})
