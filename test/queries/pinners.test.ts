import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { HOLD_CLOSED } from '../../src/derive/holds/hold-table.ts'
import { stackHashOf } from '../../src/derive/stack-hash.ts'
import { type Trace } from '../../src/model/trace.ts'
import { findPinnerHolds, findPinners, type PinnersQuestion } from '../../src/queries/pinners.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const all: PinnersQuestion = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  sort: 'total',
  isDescending: true,
  offset: 0,
  limit: 100,
}

test('the driver leads the stacks that held for long, with its task and the range it blocked', () => {
  const { rows } = findPinners(trace, derived, { ...all, thresholdNs: 300_000_000, includeExpected: false })
  expect(rows[0]).toMatchObject({
    holder: 'leaky_grab [leaky]',
    class: 'driver',
    holds: 1,
    open: 1,
    longestText: '1.300 s',
    pages: 1,
    tasks: 1,
    topTasks: [{ comm: 'drv', pid: 9, holds: 1 }],
    ranges: 1,
  })
})

test('what is hidden is counted by why', () => {
  const shown = findPinners(trace, derived, { ...all, thresholdNs: 300_000_000, includeExpected: false })
  const listed = shown.rows.reduce((sum, row) => sum + row.holds, 0)
  expect(listed + shown.hidden.expected + shown.hidden.short).toBe(derived.holds.length)
  expect(shown.hidden.expected).toBeGreaterThan(0)
})

test.each(['leaky_ioctl', 'LEAKY', 'drv', '9', 'drv-9'])('the filter %s finds the driver alone', (filter) => {
  const { rows } = findPinners(trace, derived, { ...all, filter })
  expect(rows.map((row) => row.holder)).toEqual(['leaky_grab [leaky]'])
})

test('the holds of a stack are found by its hash, longest first', () => {
  const { rows } = findPinners(trace, derived, { ...all, filter: 'drv' })
  const answer = findPinnerHolds(trace, derived, { stackHash: rows[0].stack.hash, thresholdNs: 0, offset: 0, limit: 5 })
  expect(answer.total).toBe(1)
  expect(answer.rows[0]).toMatchObject({ pfn: 0x100, kind: 'open' })
})

const told = fc
  .array(
    fc.record({ pfn: fc.integer({ min: 1, max: 3 }), task: fc.integer({ min: 1, max: 3 }), isPut: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((steps) => {
    const lines = steps.map(({ pfn, task, isPut }, at) => {
      const stack = isPut ? `put_${task}` : `get_${task} shared_caller`
      return `t${task}-${task} 0 ${at + 1}.0 ${isPut ? '-1' : '+1'} pfn=0x${pfn} count=5 < ${stack}`
    })
    return toldCapture(lines.join('\n'))
  })

propertyTest.prop([told, fc.integer({ min: 0, max: 5 }), fc.boolean()])(
  'totals by stack are what a slow sum over all holds gives',
  (capture, thresholdSeconds, includeExpected) => {
    const thresholdNs = thresholdSeconds * 1e9
    const answer = findPinners(capture.trace, capture.derived, { ...all, thresholdNs, includeExpected })
    const slow = slowTotals(capture.trace, capture.derived, thresholdNs, includeExpected)
    expect(answer.total).toBe(slow.size)
    for (const row of answer.rows) {
      const { holds, open, longestNs, totalNs, pages, tasks } = row
      expect({ holds, open, longestNs, totalNs, pages, tasks }).toEqual(slow.get(row.stack.hash))
    }
    const totals = answer.rows.map((row) => row.totalNs)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  },
)

function slowTotals(
  given: Trace,
  { holds }: Derived,
  thresholdNs: number,
  includeExpected: boolean,
): ReadonlyMap<string, object> {
  const groups = new Map<string, { size: number; isOpen: boolean; page: number; task: number }[]>()
  for (let hold = 0; hold < holds.length; hold++) {
    const size = holds.to[hold] - holds.from[hold]
    if (size < thresholdNs || (!includeExpected && REFERENCE_CLASSES[holds.class[hold]].isExpected)) continue
    const hash = stackHashOf(given, holds.stack[hold])
    const isOpen = holds.kind[hold] !== HOLD_CLOSED
    const found = { size, isOpen, page: holds.page[hold], task: holds.task[hold] }
    groups.set(hash, [...(groups.get(hash) ?? []), found])
  }
  return new Map(
    [...groups].map(([hash, rows]) => [
      hash,
      {
        holds: rows.length,
        open: rows.filter((row) => row.isOpen).length,
        longestNs: Math.max(...rows.map((row) => row.size)),
        totalNs: rows.reduce((sum, row) => sum + row.size, 0),
        pages: new Set(rows.map((row) => row.page)).size,
        tasks: new Set(rows.map((row) => row.task)).size,
      },
    ]),
  )
}
