import { expect, test } from 'vitest'
import { type LifetimeAnswer } from '../../../src/queries/page-facts.ts'
import { chartLives, nextLife } from '../../../src/ui/timeline/chart-life-of.ts'

const life: LifetimeAnswer = {
  number: 1,
  from: { ns: 10, text: '1.0' },
  to: { ns: 20, text: '2.0' },
  startsWithTrace: true,
  endsWithTrace: false,
  events: 3,
  hasLoss: false,
}

test('a life that did not end goes on to the end of the trace', () => {
  const [one, other] = chartLives([life, { ...life, number: 2, endsWithTrace: true, hasLoss: true }], 90)
  expect([one.toNs, one.hasBegin, one.hasEnd]).toEqual([20, false, true])
  expect([other.toNs, other.hasEnd]).toEqual([90, false])
  expect(other.words).toBe('lifetime 2 of 2, 1.0 … 2.0, 3 events, events were lost in it')
})

test.each([
  [3, 1, 1, 2],
  [3, 3, 1, 3],
  [3, 1, -1, 1],
  [3, 0, 1, 1],
  [3, 0, -1, 3],
  [0, 0, 1, undefined],
])('of %i lives, from %i by %i leads to %s', (count, shown, by, next) => {
  expect(nextLife(count, shown, by)).toBe(next)
})
