import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  countText,
  excessHeight,
  excessText,
  gapText,
  gapWords,
  heightOf,
  pointAt,
  type StepPoint,
} from '../../../src/ui/widgets/step-point.ts'

function point(more: Partial<StepPoint>): StepPoint {
  return {
    ns: 0,
    text: '0.000000',
    count: 1,
    isExact: true,
    kind: 'page_ref_mod',
    operation: '+1',
    gap: 0,
    gapKind: 'none',
    pins: 0,
    ...more,
  }
}

describe('a page with FOLL_PIN pins', () => {
  test('has its count spelled out as pins and rest', () => {
    expect(countText(point({ count: 1027, pins: 1 }))).toBe('1027 = 1 × 1024 + 3')
    expect(countText(point({ count: 3 }))).toBe('3')
  })

  test('is drawn with each pin as one, so that the other references can still be read', () => {
    expect(heightOf(point({ count: 2 * 1024 + 3, pins: 2 }))).toBe(5)
    expect(heightOf(point({ count: 1500 }))).toBe(1500) // a large folio's count: no pins are in it
  })

  test('has an excess of as many pins as are in it', () => {
    expect(excessHeight(1024, 1)).toBe(1)
    expect(excessHeight(1025, 1)).toBe(2)
    expect(excessHeight(1500, 0)).toBe(1500)
  })
})

describe('a contradiction', () => {
  test('says its size and direction', () => {
    expect(gapText(2)).toBe('⚡ +2')
    expect(gapText(-1)).toBe('⚡ −1')
  })

  test('says what is missing, or that the count was only raced', () => {
    expect(gapWords(point({ gap: 2, gapKind: 'missing' }))).toMatch(/^2 references more .* a get is not in the trace$/)
    expect(gapWords(point({ gap: -1, gapKind: 'missing' }))).toMatch(/^1 reference fewer .* a put is not in the trace$/)
    expect(gapWords(point({ gap: 1, gapKind: 'race' }))).toMatch(/another CPU/)
  })
})

test.prop([fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }), fc.integer({ min: -1, max: 51 })])(
  'the count in force at a moment is that of the last event up to it',
  (times, ns) => {
    const points = times.toSorted((one, other) => one - other).map((at) => point({ ns: at }))
    expect(pointAt(points, ns)).toBe(points.findLastIndex((one) => one.ns <= ns))
  },
)

test('an excess is said in pins where the page has pins, and never where it has none', () => {
  expect(excessText(2, 0)).toBe('excess 2')
  expect(excessText(1024, 0)).toBe('excess 1024')
  expect(excessText(1024, 1)).toBe('excess 1024 = 1 pin')
  expect(excessText(2049, 2)).toBe('excess 2049 = 2 pins + 1')
  expect(excessText(2, 1)).toBe('excess 2')
})
