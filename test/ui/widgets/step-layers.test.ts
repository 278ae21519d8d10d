import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { excessBand, layerBands, layerHeights, madeOfText } from '../../../src/ui/widgets/step-layers.ts'
import { unjudgedSpans } from '../../../src/ui/widgets/step-overlay.tsx'
import { heightOf, PIN_BIAS, type StepPoint } from '../../../src/ui/widgets/step-point.ts'

function point(units: readonly number[], more: Partial<StepPoint> = {}): StepPoint {
  const count = units.reduce((sum, one) => sum + one, 0)
  const pins = Math.floor(count / PIN_BIAS)
  return {
    ns: 0,
    text: '',
    count,
    isExact: true,
    kind: '',
    operation: '',
    gap: 0,
    gapKind: 'none',
    pins,
    units,
    ...more,
  }
}

describe('the layers of a count', () => {
  test.prop([fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5000 })), { maxLength: 11 })])(
    'fill the chart from zero up to the height of the step line, without a hole',
    (units) => {
      const given = point(units)
      const heights = layerHeights(given)
      expect(heights.every((height) => height >= 0)).toBe(true)
      expect(heights.reduce((sum, height) => sum + height, 0)).toBe(heightOf(given))
      const bands = layerBands(given)
      bands.forEach(([bottom], at) => expect(bottom).toBe(at === 0 ? 0 : bands[at - 1][1]))
    },
  )

  test('draw a pin as one and leave the others to scale', () => {
    expect(layerHeights(point([2, 1024, 2048]))).toEqual([2, 1, 2])
    expect(layerHeights(point([2, 1]))).toEqual([2, 1])
  })

  test('of a large folio count each reference, its pins are no thousands', () => {
    expect(layerHeights(point([2, 1100], { pins: 0 }))).toEqual([2, 1100])
  })
})

describe('the excess', () => {
  test('is the uppermost part of the count, on the same scale', () => {
    expect(excessBand(point([2, 1], { expected: 2, excess: 1 }))).toEqual([2, 3])
    expect(excessBand(point([2, 1024], { expected: 2, excess: 1024 }))).toEqual([2, 3])
    expect(excessBand(point([2], { expected: 5, excess: 0 }))).toBeUndefined()
  })

  test('that is not known is not drawn, and said not to be', () => {
    expect(excessBand(point([3]))).toBeUndefined()
    expect(madeOfText(point([3]), ['untold'])).toBe('no get in the trace 3; expected not known')
  })
})

test('where nothing tells what migration expects is one stretch, not where the page is free', () => {
  const at = (ns: number, count: number, expected?: number) => ({ ...point([count]), ns, expected })
  const points = [at(-5, 2), at(10, 2, 1), at(20, 3), at(30, 2), at(40, 0), at(50, 1)]
  expect(unjudgedSpans(points, { from: 0, to: 100 })).toEqual([
    { from: 0, to: 10 },
    { from: 20, to: 40 },
    { from: 50, to: 100 },
  ])
})

test('what a count is made of is said in words, only of what there is', () => {
  const words = madeOfText(point([1, 0, 1024], { expected: 1, excess: 1024 }), ['mapping', 'lru', 'gup_pin'])
  expect(words).toBe('mapping 1 + FOLL_PIN 1024; expected 1, excess 1024')
})
