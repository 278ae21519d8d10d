import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { chanceOf, leastExpected, logLikelihoodRatio } from '../../src/base/log-likelihood.ts'
import { derive } from '../../src/derive/derive.ts'
import { DIFFERENCE_DIMENSIONS, findEventsDifference } from '../../src/queries/events-difference.ts'
import { findEvents } from '../../src/queries/events.ts'
import { tell } from '../support/tell.ts'

/** 40 events of a steady task, and in the second half 20 of another that it does not have before. */
const trace = tell(
  [
    ...Array.from({ length: 40 }, (_, at) => `app-7 ${at % 2} ${at + 1}.0 +1 count=2 < do_tee vfs_splice`),
    ...Array.from({ length: 20 }, (_, at) => `drv-9 1 ${30 + at / 2}.5 -1 pfn=0x200 count=2 < leaky_put[leaky]`),
  ].join('\n'),
)
const derived = derive(trace)
const ask = { versus: 'interval', from: 28.9e9, to: 100e9, limit: 10 } as const

test('what the interval has and the rest has not comes first, with both shares', () => {
  const { rows, inside, rest, values } = findEventsDifference(trace, derived, { ...ask, dimension: 'task' })
  expect([inside + rest, values]).toEqual([60, 2])
  expect(rows.map(({ text, verdict }) => [text, verdict])).toEqual([
    ['drv-9', 'more'],
    ['app-7', 'less'],
  ])
  expect(rows[0]).toMatchObject({ inside: 20, rest: 0, term: 'comm:drv pid:9' })
})

test('each row leads on by a term that finds just its events', () => {
  for (const dimension of DIFFERENCE_DIMENSIONS) {
    const { rows } = findEventsDifference(trace, derived, { ...ask, dimension })
    for (const row of rows)
      expect(findEvents(trace, { offset: 0, limit: 1, filter: row.term }, derived).total).toBe(row.inside + row.rest)
  }
})

test('an interval of a few events is too few to tell', () => {
  const { rows } = findEventsDifference(trace, derived, { ...ask, from: 0, to: 1e9, dimension: 'cpu' })
  expect(rows.map(({ verdict }) => verdict)).toEqual(['few', 'few'])
})

test('matching events can be compared with all others', () => {
  const { rows, inside, rest } = findEventsDifference(trace, derived, {
    versus: 'matches',
    filter: 'comm:drv',
    dimension: 'pfn',
    limit: 10,
  })
  expect([inside, rest]).toEqual([20, 40])
  expect(rows[0]).toMatchObject({ text: '0x200', inside: 20, rest: 0, points: 100 })
})

test('where one set is empty nothing is compared', () => {
  const empty = findEventsDifference(trace, derived, { ...ask, from: 0, dimension: 'cpu' })
  expect(empty).toMatchObject({ inside: 60, rest: 0, rows: [], values: 0 })
})

test('the ratio is that of a table by hand, and chance falls with it', () => {
  // 10 of 20 against 20 of 80: expected 6, 24, 14, 56.
  const byHand = 2 * (10 * Math.log(10 / 6) + 20 * Math.log(20 / 24) + 10 * Math.log(10 / 14) + 60 * Math.log(60 / 56))
  expect(logLikelihoodRatio(10, 20, 20, 80)).toBeCloseTo(byHand, 9)
  expect(leastExpected(10, 20, 20, 80)).toBeCloseTo(6, 9)
  expect(chanceOf(3.841458821)).toBeCloseTo(0.05, 6)
  expect(chanceOf(0)).toBeCloseTo(1, 6)
})

const part = fc.integer({ min: 0, max: 1000 })
propertyTest.prop([part, part, part, part])('equal shares differ in nothing, and no ratio is below 0', (a, n, b, m) => {
  expect(logLikelihoodRatio(a, a + n, b, b + m)).toBeGreaterThanOrEqual(0)
  expect(logLikelihoodRatio(a, a + n, 3 * a, 3 * (a + n))).toBeCloseTo(0, 6)
})
