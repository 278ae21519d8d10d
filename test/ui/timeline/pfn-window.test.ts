import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Clock } from '../../../src/base/clock.ts'
import { extentOf, windowOf, windowToLink, windowWith } from '../../../src/ui/timeline/pfn-window.ts'

const clock: Clock = { originNs: '1485801000', style: { unit: 'seconds', digits: 6 }, name: 'local' }

function time(ns: number) {
  return { ns, text: String(ns) }
}

const edges = { startsWithTrace: false, endsWithTrace: false, events: 1, hasLoss: false }
const facts = {
  lifetimes: [
    { number: 1, from: time(0), to: time(0), ...edges },
    { number: 2, from: time(1_000_000), to: time(2_000_000), ...edges },
  ],
}
const overview = { from: time(0), to: time(10_000_000), clock }

describe('the extent', () => {
  test('is the lifetime with a margin, or the whole trace', () => {
    expect(extentOf(facts, 2, overview)).toEqual({ from: 980_000, to: 2_020_000 })
    expect(extentOf(facts, 0, overview)).toEqual({ from: -200_000, to: 10_200_000 })
  })

  test('of a lifetime that did not end reaches to the end of the trace', () => {
    const open = { lifetimes: [{ ...facts.lifetimes[1], endsWithTrace: true }] }
    const trace = { ...overview, to: time(10_000_000) }
    expect(extentOf({ lifetimes: [{ ...open.lifetimes[0], number: 1 }] }, 1, trace)).toEqual({
      from: 820_000,
      to: 10_180_000,
    })
  })

  test('of a lifetime of one event still has a width', () => {
    expect(extentOf(facts, 1, overview)).toEqual({ from: -10_000, to: 10_000 })
  })
})

describe('the window in the link', () => {
  const extent = { from: -10_000, to: 5_000_000 }

  test.prop([fc.integer({ min: -10_000, max: 4_000_000 }), fc.integer({ min: 10_000, max: 900_000 })])(
    'is read back as it was written',
    (from, span) => {
      const window = { from, to: from + span }
      expect(windowOf(windowToLink(window, extent, clock), extent, clock)).toEqual(window)
    },
  )

  test('is absolute, so that it means the same beside other files, and left out when it is all', () => {
    expect(windowToLink({ from: 0, to: 1000 }, extent, clock)).toEqual({ from: '1485801000', to: '1485802000' })
    expect(windowToLink(extent, extent, clock)).toEqual({ from: undefined, to: undefined })
  })

  test('is all there is when it says nothing that can be shown', () => {
    expect(windowOf({ from: '1485801000', to: undefined }, extent, clock)).toEqual(extent)
    expect(windowOf({ from: '1485802000', to: '1485801000' }, extent, clock)).toEqual(extent)
  })

  test('of another lifetime is moved into this one', () => {
    const window = windowOf({ from: '11485801000', to: '11485901000' }, extent, clock)
    expect(window).toEqual({ from: 4_900_000, to: 5_000_000 })
  })
})

describe('going to a moment', () => {
  const extent = { from: 0, to: 10_000 }

  test('leaves a window alone that shows it', () => {
    const window = { from: 100, to: 200 }
    expect(windowWith(window, 200, extent)).toBe(window)
  })

  test('moves the window there without zooming', () => {
    expect(windowWith({ from: 100, to: 200 }, 5000, extent)).toEqual({ from: 4950, to: 5050 })
    expect(windowWith({ from: 100, to: 200 }, 9999, extent)).toEqual({ from: 9900, to: 10_000 })
  })
})
