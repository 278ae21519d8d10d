import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { pageJson } from '../../src/report/page/page-json.ts'
import { gatherPage, type PageAsked } from '../../src/report/page/page-report.ts'
import { pageText } from '../../src/report/page/page-text.ts'
import { stepLines } from '../../src/report/page/step-text.ts'
import { referenceStory } from '../support/random-story.ts'
import { LATE_PUT, LEAK, toldCapture } from '../support/told-capture.ts'

function reportOf(story: string, asked: PageAsked = { pfn: 0x100 }) {
  const { trace, derived } = toldCapture(story)
  return gatherPage(trace, derived, asked)
}

test('a page is told as its screen shows it: failure with counts, lives, chart, holds with lines, attempts, events', () => {
  const golden = fileURLToPath(new URL('__golden__/page.txt', import.meta.url))
  const text = pageText(reportOf(LATE_PUT))
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, text)
  expect(text).toBe(readFileSync(golden, 'utf8'))
})

test('the count at a failure is the last one before it, with what migration expects and what is too much', () => {
  const [moment] = reportOf(LEAK).moments
  expect(moment.point).toMatchObject({ count: 2, expected: 1, excess: 1 })
  expect(pageText(reportOf(LEAK))).toContain('then count 2')
})

test('a hold that a finding names carries its confidence, any other none', () => {
  const { holds } = reportOf(LEAK)
  const named = holds.filter(({ culprit }) => culprit !== undefined)
  expect(named.map(({ hold, culprit }) => [hold.holder, culprit?.kind])).toEqual([['leaky_grab [leaky]', 'leak']])
  expect(holds.length).toBeGreaterThan(1)
})

test('a window leaves out what lies outside it, and the failure is still told', () => {
  const { trace } = toldCapture(LEAK)
  const from = trace.events.time[2] // the driver's get
  const text = pageText(reportOf(LEAK, { pfn: 0x100, from, to: from + 1_000_000 }))
  expect(text).toContain('events 1 of 1 in the window')
  expect(text).not.toContain('post_alloc_hook')
  expect(text).toContain('contig failed')
})

test('a page that no file names is said so, with the nearest that have events', () => {
  expect(pageText(reportOf(LEAK, { pfn: 0x999 }))).toMatch(
    /^No file names pfn 0x999: .* Nearest pages with events: 0x101, 0x102\n$/,
  )
})

test('control characters of a comm do not reach a terminal', () => {
  expect(pageText(reportOf('a\u001b[2J-1 0 1.0 set 1 count=1'))).not.toContain('\u001b')
})

test('the JSON says how many events, holds and attempts are left off', () => {
  const json = pageJson(reportOf(LEAK))
  expect(json).toMatchObject({
    schema: 'pinscope.page/1',
    pfn: 0x100,
    eventsLeftOff: 0,
    holdsLeftOff: 0,
    attemptsLeftOff: 0,
  })
  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
})

property.prop([referenceStory(), fc.nat({ max: 9 })])(
  'the chart is as high as the highest count, at most eight rows, and none is wider',
  (story, at) => {
    const { timeline } = reportOf(story)
    const lines = stepLines(timeline, [timeline.from.ns + at])
    fc.pre(timeline.points.length > 0)
    expect(lines.length).toBeLessThanOrEqual(10)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(90)
    const most = Math.max(1, ...timeline.points.map(({ count, pins }) => count - pins * 1023))
    expect(Number(lines[0].split('┤')[0])).toBeGreaterThanOrEqual(most)
  },
)
