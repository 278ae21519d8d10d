import { expect, test } from 'vitest'
import { compareDigests } from '../../../src/queries/compare/compare.ts'
import { wholeDigest } from '../../../src/queries/compare/compare-digest.ts'
import { compareJson } from '../../../src/report/compare/compare-json.ts'
import { compareText, type CompareFacts } from '../../../src/report/compare/compare-text.ts'
import { LATE_PUT, LEAK, toldCapture } from '../../support/told-capture.ts'

const choice = { grouping: 'holder', thresholdNs: 300_000_000, includeExpected: false, filter: '' } as const

function factsOf(a: string, b: string, limit = 99): CompareFacts {
  const digestOf = (story: string) => {
    const { trace, derived } = toldCapture(story)
    return wholeDigest(trace, derived, choice)
  }
  const answer = compareDigests(digestOf(a), digestOf(b), {
    choice,
    sort: 'rank',
    isDescending: true,
    offset: 0,
    limit,
  })
  return { choice, answer }
}

test('the text says what differs, what weakens it, both captures, failures, and the ranked groups', async () => {
  await expect(compareText(factsOf(LEAK, LATE_PUT))).toMatchFileSnapshot('compare-text.golden.txt')
})

test('rows that are left off are counted', () => {
  const both = factsOf(LEAK, LATE_PUT, 0)
  expect(compareText(both)).toMatch(/… \d+ more rows?, which differ less/)
  expect(compareJson(both)).toMatchObject({ rows: [], rowsLeftOff: both.answer.total })
})

test('the JSON has raw counts of both sides, what became of each, and what counts were divided by', () => {
  expect(JSON.parse(JSON.stringify(compareJson(factsOf(LEAK, LATE_PUT))))).toMatchObject({
    schema: 'pinscope.compare/1',
    by: 'holder',
    thresholdNs: 300_000_000,
    failedRanges: { a: 1, b: 1 },
    perAttempt: { per: 'attempt', kind: 'isolation', a: 1, b: 1 },
    perSecond: { per: 'second' },
    rows: [
      { name: 'leaky_grab [leaky]', a: { open: 1 }, b: { open: 0 }, change: 'less', by: 'open', tells: 'too_few' },
      { name: 'read_pages', change: 'same' },
    ],
    rowsLeftOff: 0,
  })
})

test('a comm of control characters cannot move the cursor', () => {
  const text = compareText(factsOf(LEAK.replaceAll('leaky_grab', 'leaky\u001b_grab'), LEAK))
  expect(text).not.toContain('\u001b')
})
