import { expect, test } from 'vitest'
import { buildTimeline } from '../../../src/queries/timeline.ts'
import { chartStory } from '../../../src/ui/timeline/chart-story.ts'
import { LEAK, toldCapture } from '../../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const answer = buildTimeline(trace, derived, { pfn: 0x100, lifetime: 1, columns: 660 })
const flag = { id: 'f', ns: answer.points[3].ns, text: '1.900050', label: 'cma failed' }
const holds = [
  { id: 'h', class: 'driver' as const, label: 'leaky_grab  drv-9', duration: 'at least 1.300 s', sentence: '' },
]

test('tells counts, failures with their excess, holds, attempts and losses', () => {
  const story = chartStory(answer, { flags: [flag], excess: [], holds, unit: 'seconds' })
  expect(story).toMatch(/^References of 0x100 in 1\.000100 … .*: counts from 1 to 3, 4 events\. /)
  expect(story).toContain('cma failed at 1.900050: count 2, expected 1, excess 1.')
  expect(story).toContain('leaky_grab of drv-9, at least 1.300 s; and others.')
  expect(story).toContain('1 attempt to move it.')
  expect(story).toMatch(/No event was lost\.$/)
})

test('by the excess that the finding tells, where it tells one; and of no failure outside of the window', () => {
  const excess = [{ ns: flag.ns, count: 5, excess: 3 }]
  const late = { ...flag, id: 'late', ns: answer.to.ns + 1, label: 'offline failed' }
  const story = chartStory(answer, { flags: [flag, late], excess, holds, unit: 'seconds' })
  expect(story).toContain('count 5, 3 more than migration expects')
  expect(story).not.toContain('offline')
})

test('says where the trace has no event at all, and what that may hide', () => {
  const silent = {
    ...answer,
    silences: [{ from: { ns: 1, text: '4.228515' }, to: { ns: 2, text: '8.779584' } }],
  }
  const story = chartStory(silent, { flags: [], excess: [], holds: [], unit: 'seconds' })
  expect(story).toContain(
    'no event at all from 4.228515 to 8.779584. If tracing was paused then, what happened is unknown.',
  )
  expect(chartStory({ ...answer, silences: [] }, { flags: [], excess: [], holds, unit: 'seconds' })).not.toContain(
    'no event',
  )
})

test('says of losses that what happened there is unknown', () => {
  const lossy = { ...answer, losses: [{ from: 1, to: 2, label: 'CPU 1 lost 5 events' }] }
  expect(chartStory(lossy, { flags: [], excess: [], holds: [], unit: 'seconds' })).toMatch(
    /in 1 stretch: what happened there is unknown\.$/,
  )
})
