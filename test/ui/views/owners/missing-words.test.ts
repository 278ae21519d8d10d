import { expect, test } from 'vitest'
import { OWNER_GROUPINGS } from '../../../../src/state/links/owners-link.ts'
import { fewDumpsWords, fewGroupingsWords } from '../../../../src/ui/views/owners/missing-words.ts'

test('one dump says what a comparison and a trend take, two what a trend takes, and more say nothing', () => {
  expect(fewDumpsWords(1)).toBe('comparing takes 2 dumps and a trend 3; this capture has 1: add another')
  expect(fewDumpsWords(2)).toBe('a trend takes 3 dumps; this capture has 2: add one more')
  expect(fewDumpsWords(3)).toBeUndefined()
  expect(fewDumpsWords(0)).toBeUndefined()
})

test('the groupings that a file has no facts for are named, and none when it has all', () => {
  expect(fewGroupingsWords(['stack', 'task', 'gfp', 'order'])).toBe('this file does not tell migratetype, age')
  expect(fewGroupingsWords(OWNER_GROUPINGS)).toBeUndefined()
  expect(fewGroupingsWords([])).toBeUndefined()
})
