import { expect, test } from 'vitest'
import { nearWords } from '../../src/cli/near-words.ts'

const KNOWN = ['gup-get', 'gup-pool', 'driver', 'lru-batch', 'lru-drain', 'pipe-and-zero-copy']

test.each([
  ['a letter too few', 'drivr', ['driver']],
  ['two letters swapped', 'gup-gte', ['gup-get']],
  ['capitals', 'DRIVER', ['driver']],
  ['a part of an id', 'lru', ['lru-batch', 'lru-drain']],
  ['a word like none of them', 'zzzzzzzz', []],
  ['nothing at all', '', []],
])('%s finds what was meant', (_what, typed, near) => {
  expect(nearWords(typed, KNOWN)).toEqual(near)
})

test('the nearest stands first and three are enough', () => {
  expect(nearWords('rule-1', ['rule-23', 'rule-2', 'rule-3', 'rule-4', 'rule-1x'])).toEqual([
    'rule-1x',
    'rule-2',
    'rule-3',
  ])
})
