import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { afterCompletion, partsOf } from '../../../src/ui/widgets/filter-text.ts'
import { histogramKey, logHeight } from '../../../src/ui/widgets/histogram-steps.ts'

const span = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }))

propertyTest.prop([fc.string({ maxLength: 15 }), fc.array(span, { maxLength: 3 })])(
  'parts make the whole text, and just what mistakes cover is underlined',
  (text, mistakes) => {
    const parts = partsOf(text, mistakes)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    const underlined = parts.flatMap((part) => Array.from(part.text.split(''), () => part.isWrong))
    expect(underlined).toEqual(
      Array.from(text.split(''), (_, at) => mistakes.some(({ start, end }) => start <= at && at < end)),
    )
  },
)

test('a completed field goes on with its value, a completed value with a blank', () => {
  expect(afterCompletion('co', { start: 0, end: 2 }, 'count:')).toEqual({ text: 'count:', caret: 6, goesOn: true })
  expect(afterCompletion('op:mo', { start: 3, end: 5 }, 'mod')).toEqual({ text: 'op:mod ', caret: 7, goesOn: false })
  expect(afterCompletion('(op:mo)', { start: 4, end: 6 }, 'mod').text).toBe('(op:mod)')
})

test('arrows move the cursor, with Shift they select from where they began', () => {
  const first = histogramKey('ArrowRight', false, undefined, 5)
  expect(first).toEqual({ at: 0, anchor: 0 })
  const second = histogramKey('ArrowRight', true, first, 5)
  expect(histogramKey('ArrowRight', true, second, 5)).toEqual({ at: 2, anchor: 0 })
  expect(histogramKey('End', false, second, 5)).toEqual({ at: 4, anchor: 4 })
  expect(histogramKey('a', false, second, 5)).toBeUndefined()
})

test('one event among millions has a bar, none has none', () => {
  expect(logHeight(0, 1e7, 50)).toBe(0)
  expect(logHeight(1, 1e7, 50)).toBeGreaterThanOrEqual(2)
  expect(logHeight(1e7, 1e7, 50)).toBeCloseTo(50, 9)
})
