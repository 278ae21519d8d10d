import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fitWindow, panBy, type TimeWindow, type WindowLimits, zoomAt } from '../../../src/ui/widgets/time-window.ts'

const limits: WindowLimits = { extent: { from: -1000, to: 9_000_000 }, minSpan: 10 }

/** A window that lies in the extent, and a moment in it. */
const windowAndMoment = fc
  .tuple(
    fc.integer({ min: 0, max: 4_000_000 }),
    fc.integer({ min: 100, max: 4_000_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([from, span, share]) => ({ window: { from, to: from + span }, at: Math.round(from + share * span) }))

function shareOf(window: TimeWindow, at: number): number {
  return (at - window.from) / (window.to - window.from)
}

describe('zooming', () => {
  test.prop([windowAndMoment, fc.double({ min: 0.2, max: 1, noNaN: true })])(
    'in keeps the moment under the pointer where it is, to half a unit',
    ({ window, at }, factor) => {
      const zoomed = zoomAt(window, at, factor, limits)
      const unitShare = 1 / (zoomed.to - zoomed.from)
      expect(Math.abs(shareOf(zoomed, at) - shareOf(window, at))).toBeLessThanOrEqual(2 * unitShare)
    },
  )

  test.prop([windowAndMoment, fc.double({ min: 0.001, max: 1000, noNaN: true })])(
    'never leaves the extent, never shows less than it may, and stays in whole units',
    ({ window, at }, factor) => {
      const { from, to } = zoomAt(window, at, factor, limits)
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true)
      expect(from).toBeGreaterThanOrEqual(limits.extent.from)
      expect(to).toBeLessThanOrEqual(limits.extent.to)
      expect(to - from).toBeGreaterThanOrEqual(limits.minSpan)
    },
  )

  test('out far enough shows everything', () => {
    expect(zoomAt({ from: 10, to: 20 }, 15, 1e9, limits)).toEqual(limits.extent)
  })
})

describe('panning', () => {
  test.prop([windowAndMoment, fc.integer({ min: -20_000_000, max: 20_000_000 })])(
    'keeps the span and stops at the ends',
    ({ window }, delta) => {
      const moved = panBy(window, delta, limits)
      expect(moved.to - moved.from).toBe(window.to - window.from)
      expect(moved.from).toBeGreaterThanOrEqual(limits.extent.from)
      expect(moved.to).toBeLessThanOrEqual(limits.extent.to)
    },
  )

  test('moves by what is asked where there is room', () => {
    expect(panBy({ from: 100, to: 200 }, 50, limits)).toEqual({ from: 150, to: 250 })
  })
})

test('a window of one moment is widened around it', () => {
  expect(fitWindow({ from: 500, to: 500 }, limits)).toEqual({ from: 495, to: 505 })
})

test('an extent smaller than the least span is shown whole', () => {
  expect(fitWindow({ from: 0, to: 3 }, { extent: { from: 0, to: 4 }, minSpan: 100 })).toEqual({ from: 0, to: 4 })
})
