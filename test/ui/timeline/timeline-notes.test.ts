import { expect, test } from 'vitest'
import { type TimelineAnswer } from '../../../src/queries/timeline.ts'
import { timelineNotes } from '../../../src/ui/timeline/timeline-notes.ts'

const time = { ns: 100, text: '0.000100' }
const quiet: TimelineAnswer = {
  pfn: 1,
  headPfn: 1,
  from: time,
  to: time,
  points: [],
  eventsInWindow: 0,
  gapsInWindow: 0,
  refusalsInWindow: 0,
  isDecimated: false,
  isSplit: true,
  holds: [],
  layers: [],
  attempts: [],
  attemptCount: 0,
  holdCount: 0,
  failures: [],
  losses: [],
}

function point(ns: number): TimelineAnswer['points'][number] {
  return {
    ns,
    text: '',
    count: 1,
    isExact: true,
    kind: 'page_ref_mod',
    operation: '+1',
    gap: 0,
    gapKind: 'none',
    pins: 0,
    units: [],
    file: 0,
    line: 1,
  }
}

test('a window that is drawn whole needs no note', () => {
  expect(timelineNotes(quiet)).toEqual([])
})

test('points left out are counted, without the one from before the window', () => {
  const answer = { ...quiet, isDecimated: true, eventsInWindow: 5000, points: [point(1), point(100), point(200)] }
  expect(timelineNotes(answer)).toEqual(['2 of 5000 events drawn: min and max of each column; zoom in to see each'])
})

test('contradictions and refused freezes that are left out are counted too', () => {
  const gap = { ...point(200), gap: 1, gapKind: 'missing' } as const
  const points = [point(100), gap, { ...point(300), operation: 'freeze 2 refused (split)' }]
  const answer = { ...quiet, isDecimated: true, eventsInWindow: 5000, gapsInWindow: 7, refusalsInWindow: 1, points }
  expect(timelineNotes(answer)).toEqual([
    '3 of 5000 events drawn, among them 1 of 7 contradictions: min and max of each column; zoom in to see each',
  ])
})

test('losses are said in words, each once, many by number, and called unknown', () => {
  const losses = ['CPU 0 lost 3 events', 'CPU 0 lost 3 events', 'b', 'c', 'd', 'e'].map((label) => ({
    from: 0,
    to: 1,
    label,
  }))
  expect(timelineNotes({ ...quiet, losses })).toEqual([
    'hatched: CPU 0 lost 3 events, b, c, 2 more. What happened there is unknown',
  ])
})

test('counts that are drawn before they are split into classes say so', () => {
  expect(timelineNotes({ ...quiet, isSplit: false })).toEqual(['classes not split yet, nor what migration expects'])
})
