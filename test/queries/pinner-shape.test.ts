import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { HOLD_CLOSED } from '../../src/derive/holds/hold-table.ts'
import { SHAPE_SLICES, SHAPE_STEPS, shapeStep } from '../../src/queries/pinner-shape.ts'
import { countAtThresholds } from '../../src/queries/pinner-thresholds.ts'
import { findPinners } from '../../src/queries/pinners.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const all = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  sort: 'total',
  isDescending: true,
  offset: 0,
  limit: 1000,
} as const
const { trace, derived } = toldCapture(LEAK)

test('a group tells when it took its references, and how long each was held', () => {
  const { rows, shapeAxis } = findPinners(trace, derived, { ...all, filter: 'drv' })
  expect(shapeAxis).toMatchObject({ from: { text: '1.000100' }, to: { text: '2.500000' }, lost: [], thresholdStep: 0 })
  const { taken, open, closed, beganBefore } = rows[0].shape
  // Taken 0.1999 s into 1.4999 s of 32 slices, and held for 1.3 s.
  expect(taken.flatMap((count, slice) => (count > 0 ? [[slice, count]] : []))).toEqual([[4, 1]])
  expect(open[Math.floor(shapeStep(1.3e9))]).toBe(1)
  expect(closed.every((count) => count === 0)).toBe(true)
  expect(beganBefore).toBe(0)
})

test('durations of holds that the threshold leaves out are still told, so that it can be seen where it cuts', () => {
  const { rows, shapeAxis } = findPinners(trace, derived, { ...all, thresholdNs: 2e9, withBlockers: true })
  expect(rows[0]).toMatchObject({ holds: 0, ranges: 1 })
  expect(rows[0].shape.open.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(shapeAxis.thresholdStep).toBeCloseTo(shapeStep(2e9), 6)
})

test('slices in which events were lost are told', () => {
  const lossy = toldCapture(LEAK.replace('  init-1 0 1.900000', '  CPU:0 [LOST 9 EVENTS]\n  init-1 0 1.900000'))
  const { shapeAxis } = findPinners(lossy.trace, lossy.derived, all)
  expect(lossy.trace.losses).toHaveLength(1)
  expect(shapeAxis.lost).toEqual(expect.arrayContaining([12]))
  expect(shapeAxis.lost).not.toContain(0)
})

test('steps of durations are logarithmic, from below a microsecond to 100 s and more', () => {
  expect([0, 500, 1_000, 10_000, 1e9, 1e11, 1e15].map(shapeStep)).toEqual([0, 0.5, 1, 3, 13, 17, SHAPE_STEPS])
})

const told = fc
  .array(
    fc.record({ pfn: fc.integer({ min: 1, max: 3 }), task: fc.integer({ min: 1, max: 3 }), isPut: fc.boolean() }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) =>
    toldCapture(
      steps
        .map(
          ({ pfn, task, isPut }, at) =>
            `t${task}-${task} 0 ${at + 1}.0 ${isPut ? '-1' : '+1'} pfn=0x${pfn} count=5 < ${isPut ? 'put' : 'get'}_${task} shared`,
        )
        .join('\n'),
    ),
  )

propertyTest.prop([told, fc.integer({ min: 0, max: 20 })])(
  'every hold of a group is in one slice or began before, and in one step of its durations',
  (given, seconds) => {
    const { rows, hidden, sums } = findPinners(given.trace, given.derived, { ...all, thresholdNs: seconds * 1e9 })
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
    for (const { shape, holds } of rows) {
      expect(shape.taken).toHaveLength(SHAPE_SLICES)
      expect(sum(shape.taken) + shape.beganBefore).toBe(holds)
      expect(shape.closed).toHaveLength(SHAPE_STEPS)
    }
    const everything = findPinners(given.trace, given.derived, all).rows
    const open = given.derived.holds
    let notClosed = 0
    for (let hold = 0; hold < open.length; hold++) if (open.kind[hold] !== HOLD_CLOSED) notClosed++
    expect(everything.reduce((total, { shape }) => total + sum(shape.open), 0)).toBe(notClosed)
    expect(sums.holds + hidden.short).toBe(everything.reduce((total, { holds }) => total + holds, 0))
  },
)

propertyTest.prop([told, fc.boolean(), fc.constantFrom('', 'get_1', 't2')])(
  'what thresholds let through is what the table then counts',
  (given, includeExpected, filter) => {
    const thresholdsNs = [0, 1e9, 3e9, 10e9, 1e12]
    const choice = { includeExpected, filter }
    const { atLeast, total } = countAtThresholds(given.trace, given.derived, { ...choice, thresholdsNs })
    const counted = thresholdsNs.map(
      (thresholdNs) => findPinners(given.trace, given.derived, { ...all, ...choice, thresholdNs }).sums.holds,
    )
    expect(atLeast).toEqual(counted)
    expect(total).toBe(counted[0])
  },
)
