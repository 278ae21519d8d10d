import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { changeOfKey, windowAfterWheel } from '../../../src/ui/widgets/chart-gestures.ts'

const limits = { extent: { from: 0, to: 1_000_000 }, minSpan: 10 }
const window = { from: 400_000, to: 600_000 }
const after = (key: string, at?: number) => changeOfKey(key, at, limits)?.(window)

describe('keys on the chart', () => {
  test('zoom around the middle, or around the moment that is pointed at', () => {
    expect(after('w')).toEqual({ from: 450_000, to: 550_000 })
    expect(after('w', 400_000)).toEqual({ from: 400_000, to: 500_000 })
    expect(after('w', 900_000)).toEqual(after('w')) // not in sight: as if nothing were pointed at
    expect(after('s')).toEqual({ from: 300_000, to: 700_000 })
  })

  test('pan by a quarter, and 0 shows all', () => {
    expect(after('a')).toEqual({ from: 350_000, to: 550_000 })
    expect(after('d')).toEqual({ from: 450_000, to: 650_000 })
    expect(after('0')).toEqual(limits.extent)
  })

  test.each([
    ['w', '+', '=', 'ArrowUp'],
    ['s', '-', 'ArrowDown'],
    ['a', 'ArrowLeft'],
    ['d', 'ArrowRight'],
  ])('%s has the same meaning as its other keys', (key, ...others) => {
    for (const other of others) expect(after(other)).toEqual(after(key))
  })

  test('of others are left to others', () => {
    for (const key of ['x', '[', 'Enter', '1', 'Tab', 'W', 'S', 'A', 'D']) expect(after(key)).toBeUndefined()
  })
})

describe('the wheel', () => {
  const turn = { deltaX: 0, deltaY: -120, deltaMode: 0, shiftKey: false }

  test.prop([fc.integer({ min: 400_000, max: 600_000 }), fc.integer({ min: -300, max: -1 })])(
    'keeps the moment under the pointer still',
    (at, deltaY) => {
      const zoomed = windowAfterWheel({ ...turn, deltaY }, at, window, limits)
      const share = (at - zoomed.from) / (zoomed.to - zoomed.from)
      expect(share).toBeCloseTo((at - window.from) / (window.to - window.from), 3)
      expect(zoomed.to - zoomed.from).toBeLessThan(200_000)
    },
  )

  test('up and down undo each other', () => {
    const zoomed = windowAfterWheel(turn, 450_000, window, limits)
    expect(windowAfterWheel({ ...turn, deltaY: 120 }, 450_000, zoomed, limits)).toEqual(window)
  })

  test('sideways or with Shift pans without zooming', () => {
    const sideways = windowAfterWheel({ ...turn, deltaX: 200, deltaY: 10 }, 450_000, window, limits)
    expect(sideways).toEqual({ from: 450_000, to: 650_000 })
    expect(windowAfterWheel({ ...turn, deltaY: 200, shiftKey: true }, 450_000, window, limits)).toEqual(sideways)
  })

  test('counted in lines turns as far as in pixels', () => {
    expect(windowAfterWheel({ ...turn, deltaY: -5, deltaMode: 1 }, 500_000, window, limits)).toEqual(
      windowAfterWheel({ ...turn, deltaY: -80 }, 500_000, window, limits),
    )
  })
})
