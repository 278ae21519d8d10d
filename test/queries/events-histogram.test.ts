import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { countEventsOverTime } from '../../src/queries/events-histogram.ts'
import { findEvents } from '../../src/queries/events.ts'
import { tell } from '../support/tell.ts'

propertyTest.prop([fc.array(fc.nat(50), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 })])(
  'every event is in one stretch, and matching ones among them',
  (times, columns) => {
    const story = times.toSorted((a, b) => a - b).map((time, at) => `t-${at % 2} 0 ${time + 1}.0 +1 count=2`)
    const trace = tell(story.join('\n'))
    const derived = derive(trace)
    findEvents(trace, { filter: 'pid:1', offset: 0, limit: 0 }, derived) // looks at all
    const { all, matching } = countEventsOverTime(trace, derived, { columns, filter: 'pid:1' })
    expect(all).toHaveLength(columns)
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(times.length)
    expect(matching.reduce((sum, count) => sum + count, 0)).toBe(Math.floor(times.length / 2))
    expect(matching.every((count, at) => count <= all[at])).toBe(true)
  },
)

test('a wrong filter counts nothing as matching, and no filter all', () => {
  const trace = tell('t-1 0 1.0 +1 count=2\n t-1 0 2.0 +1 count=3')
  const derived = derive(trace)
  expect(countEventsOverTime(trace, derived, { columns: 2, filter: 'x>' }).matching).toEqual([0, 0])
  expect(countEventsOverTime(trace, derived, { columns: 2 }).matching).toEqual([1, 1])
})
