import { expect, test } from 'vitest'
import { readOverview } from '../../src/queries/overview.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const overview = readOverview(trace, derived)

test('every event is counted under its name, most first', () => {
  expect(overview.eventCounts.reduce((sum, { count }) => sum + count, 0)).toBe(overview.events)
  const counts = overview.eventCounts.map(({ count }) => count)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  expect(overview.events - overview.refEvents).toBe(1)
})

test('the span, the failures and the files are there', () => {
  expect(overview).toMatchObject({ from: { text: '1.000100' }, to: { text: '2.500000' }, failures: 1, rejected: 0 })
  expect(overview.files[0]).toMatchObject({ name: 'trace.txt', formatLabel: 'ftrace text' })
  expect(overview.hiddenHolds).toBeLessThan(overview.holds)
})

test('a loss of unknown size makes the number lost a lower bound', () => {
  const lossy = toldCapture(`
    a-1 1 1.0 +1 count=2
    CPU:1 [LOST 512 EVENTS]
    a-1 1 3.0 +1 count=3
    CPU:1 [LOST EVENTS]
    a-1 1 4.0 +1 count=3
  `)
  expect(readOverview(lossy.trace, lossy.derived).lost).toEqual({ count: 512, isAtLeast: true })
})

test('a capture without events has no span', () => {
  const empty = readOverview(toldCapture('# nothing').trace, toldCapture('# nothing').derived)
  expect(empty.from).toBeUndefined()
  expect(empty.bytesPerEvent).toBe(0)
})
