import { fc, test } from '@fast-check/vitest'
import { expect, test as plainTest } from 'vitest'
import { rowsOf } from '../../src/base/group-index.ts'
import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { classLayersOf, LAYER_COUNT, NOT_KNOWN } from '../../src/derive/counts/class-layers.ts'
import { countPointsOf } from '../../src/derive/counts/count-points.ts'
import { type PageId } from '../../src/model/ids.ts'
import { holdDurationNs } from '../../src/queries/hold-answer.ts'
import { holdsInWindow } from '../../src/queries/timeline-holds.ts'
import { layerId, layersPresent } from '../../src/queries/timeline-layers.ts'
import { buildTimeline } from '../../src/queries/timeline.ts'
import { referenceStory } from '../support/random-story.ts'
import { toldCapture } from '../support/told-capture.ts'

const PFN = 0x100
const share = fc.double({ min: 0, max: 1, noNaN: true })

test.prop([referenceStory(), share, share])(
  'a window that needs no decimation has every event in it, as a look at each of the page tells it',
  (story, one, other) => {
    const { trace, derived } = toldCapture(story)
    const page = trace.pages.find(PFN)
    fc.pre(page >= 0)
    const last = trace.events.time[trace.events.length - 1]
    const [from, to] = [Math.round(Math.min(one, other) * last), Math.round(Math.max(one, other) * last)]
    const answer = buildTimeline(trace, derived, { pfn: PFN, lifetime: 0, from, to, columns: 1000 })
    const all = countPointsOf(trace, page)
    const made = classLayersOf(trace, derived, page)
    const inside = all.flatMap((point, at) => (point.time >= from && point.time <= to ? [at] : []))
    const shown = answer.points.filter(({ ns }) => ns >= from)
    expect([answer.isDecimated, answer.eventsInWindow]).toEqual([false, inside.length])
    expect(
      shown.map(({ ns, count, gap, gapKind, isExact, expected, excess }) => ({
        ns,
        count,
        gap,
        gapKind,
        isExact,
        expected,
        excess,
      })),
    ).toEqual(
      inside.map((at) => {
        const { time: ns, count, gap, gapKind, isExact } = all[at]
        const isKnown = made.expected[at] !== NOT_KNOWN
        const judged = isKnown ? [made.expected[at], made.excess[at]] : []
        return { ns, count, gap, gapKind, isExact, expected: judged.at(0), excess: judged.at(1) }
      }),
    )
    const layers = layersPresent(made)
    for (const [nth, point] of shown.entries()) {
      for (const layer of layers) {
        const place = answer.layers.indexOf(layerId(layer))
        expect(place < 0 ? 0 : point.units[place]).toBe(made.units[inside[nth] * LAYER_COUNT + layer])
      }
    }
    expect(answer.gapsInWindow).toBe(inside.filter((at) => all[at].gapKind !== 'none').length)
  },
)

test.prop([referenceStory(), share, share, fc.integer({ min: 1, max: 12 })])(
  'the holds of a window are the first of all that overlap it, unexpected ones first, then by length',
  (story, one, other, most) => {
    const { trace, derived } = toldCapture(story)
    const { holds } = derived
    const last = trace.events.time[trace.events.length - 1]
    const [from, to] = [Math.min(one, other) * last, Math.max(one, other) * last]
    for (let page = 0; page < trace.pages.length; page++) {
      const rows = rowsOf(holds.byPage, page as PageId)
      const all = Array.from({ length: rows.length }, (_, at) => rows[at])
        .filter((hold) => holds.from[hold] <= to && holds.to[hold] >= from)
        .toSorted(
          (a, b) => isExpected(a) - isExpected(b) || holdDurationNs(holds, b) - holdDurationNs(holds, a) || a - b,
        )
      const { shown, total } = holdsInWindow(derived, page as PageId, { from, to }, most)
      expect(total).toBe(all.length)
      expect(shown.map((hold) => [isExpected(hold), holdDurationNs(holds, hold)])).toEqual(
        all.slice(0, most).map((hold) => [isExpected(hold), holdDurationNs(holds, hold)]),
      )
      expect(new Set(shown).size).toBe(shown.length)
      for (const hold of shown) expect(all).toContain(hold)
    }
    function isExpected(hold: number): number {
      return Number(REFERENCE_CLASSES[holds.class[hold]].isExpected)
    }
  },
)

plainTest('refused freezes and contradictions are kept however many events are beside them', () => {
  const quiet = Array.from({ length: 400 }, (_, at) => {
    const seconds = (2 + at / 1000).toFixed(6)
    if (at === 201) return `mig-7 0 ${seconds} freeze 1 refused count=2 < folio_migrate_mapping migrate_pages_batch`
    if (at === 301) return `a-1 0 ${seconds} +1 count=2`
    return `a-1 0 ${seconds} ${at % 2 === 0 ? '+1 count=2' : '-1 count=1'}`
  })
  const { trace, derived } = toldCapture(['a-1 0 1.0 set 1 count=1', ...quiet].join('\n'))
  const { points, isDecimated, ...counted } = buildTimeline(trace, derived, {
    pfn: PFN,
    lifetime: 0,
    columns: 2,
    onlyPoints: true,
  })
  expect(isDecimated).toBe(true)
  expect(points.length).toBeLessThan(20)
  expect(points.filter(({ gapKind }) => gapKind === 'missing').length).toBeGreaterThan(0)
  expect(points.some(({ operation }) => operation.includes('refused'))).toBe(true)
  expect(counted).toMatchObject({ eventsInWindow: 401, refusalsInWindow: 1 })
  expect(counted.gapsInWindow).toBeGreaterThan(0)
})

plainTest.each([
  [2000, false],
  [2001, true],
])('of %i events in sight some are left out, and said so: %s', (events, isLess) => {
  const changes = Array.from(
    { length: events - 1 },
    (_, at) => `a-1 0 ${(2 + at / 1000).toFixed(6)} ${at % 2 === 0 ? '+1 count=2' : '-1 count=1'}`,
  )
  const { trace, derived } = toldCapture(['a-1 0 1.0 set 1 count=1', ...changes].join('\n'))
  const { points, isDecimated, eventsInWindow } = buildTimeline(trace, derived, { pfn: PFN, lifetime: 0, columns: 2 })
  expect([eventsInWindow, isDecimated, points.length < 20]).toEqual([events, isLess, isLess])
})

test.prop([referenceStory()])(
  'counts alone are those of the whole answer, and nothing is said of what they are made of',
  (story) => {
    const { trace, derived } = toldCapture(story)
    const whole = buildTimeline(trace, derived, { pfn: PFN, lifetime: 0, columns: 1000 })
    const counts = buildTimeline(trace, derived, { pfn: PFN, lifetime: 0, columns: 1000, onlyCounts: true })
    const told = ({ ns, count, gap, gapKind, isExact, line }: (typeof whole.points)[number]) => [
      ns,
      count,
      gap,
      gapKind,
      isExact,
      line,
    ]
    expect(counts.points.map(told)).toEqual(whole.points.map(told))
    expect(
      counts.points.every(
        ({ units, expected, excess }) => units.length === 0 && expected === undefined && excess === undefined,
      ),
    ).toBe(true)
    expect([counts.layers, counts.holds, counts.attempts]).toEqual([[], [], []])
    expect(counts.isSplit).toBe(whole.points.length === 0)
  },
)
