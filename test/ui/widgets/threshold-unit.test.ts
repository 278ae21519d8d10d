import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type Clock } from '../../../src/base/clock.ts'
import { thresholdNsOf } from '../../../src/state/view-state.ts'
import { fromUnits, thresholdUnitOf, toUnits } from '../../../src/ui/widgets/threshold-unit.ts'

function clock(unit: Clock['style']['unit']): Clock {
  return { originNs: '0', style: { unit, digits: 6 }, name: 'local' }
}

test('a clock that counts has a threshold in counts, any other one in microseconds', () => {
  expect(thresholdUnitOf(clock('counts')).name).toBe('counts')
  expect(thresholdUnitOf(clock('seconds')).name).toBe('us')
  expect(thresholdUnitOf(clock('microseconds')).name).toBe('us')
  expect(thresholdUnitOf(undefined).name).toBe('us')
})

test.prop([fc.integer({ min: 0, max: 3_600_000_000 }), fc.constantFrom(clock('counts'), clock('seconds'))])(
  'what is typed is shown again, and asked with as it is',
  (typed, style) => {
    const unit = thresholdUnitOf(style)
    const thresholdUs = fromUnits(typed, unit)
    expect(toUnits(thresholdUs, unit)).toBe(typed)
    expect(thresholdNsOf({ thresholdUs })).toBe(typed * (unit.name === 'counts' ? 1 : 1000))
  },
)
