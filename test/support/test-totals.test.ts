import { expect, test } from 'vitest'
import { countPlaywright, countVitest, sum } from './test-totals.mjs'

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }

test('the tests of both runners are added up', () => {
  const playwright = { stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 1 }, errors: [] }
  expect(sum([countVitest(vitest), countPlaywright(playwright)])).toEqual({
    passed: 8,
    failed: 2,
    skipped: 4,
    flaky: 0,
  })
})

test('a file that broke before its first test is a failure', () => {
  const broken = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }
  expect(countVitest(broken).failed).toBe(2)
})

test('a test that passed on a retry is told apart from the others', () => {
  const playwright = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] }
  expect(countPlaywright(playwright)).toEqual({ passed: 3, failed: 0, skipped: 0, flaky: 1 })
})

test('a report without totals is refused', () => {
  expect(() => countVitest({ testResults: [] })).toThrow('no totals')
})
