import { expect, test } from 'vitest'
import { findPinners, type PinnersQuestion } from '../../../src/queries/pinners.ts'
import { pinnersText } from '../../../src/report/pinners/pinners-text.ts'
import { LEAK, toldCapture } from '../../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const usual: PinnersQuestion = {
  thresholdNs: 300_000_000,
  includeExpected: false,
  filter: '',
  sort: 'ranges',
  isDescending: true,
  withBlockers: true,
  offset: 0,
  limit: 100,
}
const textOf = (asked: Partial<PinnersQuestion>): string => {
  const question = { ...usual, ...asked }
  return pinnersText({ question, answer: findPinners(trace, derived, question), unit: 'seconds' })
}

test('what counts and what is hidden comes first, with the kernel source of each reason, then a row a group', () => {
  const lines = textOf({}).split('\n')
  expect(lines[0]).toBe(`1 of ${derived.holds.length} holds in 1 group by stack, held at least 300.000 ms`)
  expect(lines[1]).toMatch(/^Hidden: \d+ expected by migration, \d+ shorter$/)
  expect(lines.join('\n')).toMatch(/^ {3}\d+ {2}migration: .*mm\/compaction\.c/m)
  const [header, row] = lines.filter((line) => line !== '').slice(-2)
  expect(header).toMatch(/^ranges blocked +holds +open +longest .* holder +class/)
  expect(row).toMatch(/^ +1 +1 +1 +1\.300 s +1\.300 s .* leaky_grab \[leaky\] +driver +drv-9 ×1 +← leaky_ioctl/)
})

test('rows that are left off are counted', () => {
  const text = textOf({ includeExpected: true, thresholdNs: 0, limit: 1 })
  expect(text).toMatch(/^\d+ more rows$/m)
  expect(text).toContain('Hidden: 0 expected by migration, 0 shorter')
})

test('a group that is listed for the range it blocked says that its holds are hidden', () => {
  const text = textOf({ thresholdNs: 5_000_000_000 })
  expect(text).toContain('1 more blocked a range, with holds that are all hidden')
  expect(text).toContain('leaky_grab [leaky]')
})

test('groups that name no stack say who took most, and where', () => {
  expect(textOf({ grouping: 'order' })).toMatch(/driver +drv-9 ×1 +leaky_grab \[leaky\] ×1/)
})
