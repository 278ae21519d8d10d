import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { findMapHeat, type HeatMode, type MapHeatQuestion } from '../../../src/queries/map/map-heat.ts'
import { placeOf } from '../../../src/queries/place.ts'
import { LEAK, LATE_PUT, toldCapture } from '../../support/told-capture.ts'

const SECOND = 1e9
const asked = { startPfn: 0x100, endPfn: 0x104, rows: 4, columns: 15, thresholdNs: 0 } as const

function heat(story: string, mode: HeatMode, question: Partial<MapHeatQuestion> = {}) {
  const { trace, derived } = toldCapture(story)
  return findMapHeat(trace, derived, { ...asked, mode, ...question })
}

describe('PFN × time', () => {
  test('counts each event of the pages once', () => {
    const { trace } = toldCapture(LEAK)
    let expected = 0
    for (let row = 0; row < trace.events.length; row++) {
      const pfn = trace.events.page[row] < 0 ? -1 : trace.pages.pfn[trace.events.page[row]]
      if (pfn >= 0x100 && pfn < 0x104) expected++
    }
    const { count, events, rows, columns } = heat(LEAK, 'events')
    expect([rows, columns, events]).toEqual([4, 15, expected])
    expect(count.reduce((sum, own) => sum + own, 0)).toBe(expected)
  })

  test('names the line of the first event of the pages, in memory with few events and with many', () => {
    const { trace } = toldCapture(LEAK)
    const { events, pages } = trace
    for (const [startPfn, endPfn] of [
      [0x100, 0x101],
      [0x102, 0x104],
      [0, 0x10000],
    ]) {
      for (const from of [0, 0.2 * SECOND]) {
        const first = Array.from({ length: events.length }, (_, row) => row).find((row) => {
          const pfn = events.page[row] < 0 ? -1 : pages.pfn[events.page[row]]
          return pfn >= startPfn && pfn < endPfn && events.time[row] >= from
        })
        const { firstPlace } = heat(LEAK, 'events', { startPfn, endPfn, from })
        expect(firstPlace).toEqual(first === undefined ? undefined : placeOf(trace, events.line[first]))
      }
    }
    expect(heat(LEAK, 'events', { startPfn: 0x103, endPfn: 0x104 }).firstPlace).toBeUndefined()
  })

  test('counts what a slow look at every event counts, in any window', () => {
    const { trace, derived } = toldCapture(LEAK)
    const { events, pages } = trace
    const slow = (from: number, to: number, endPfn: number): number => {
      let found = 0
      for (let row = 0; row < events.length; row++) {
        const pfn = events.page[row] < 0 ? -1 : pages.pfn[events.page[row]]
        if (pfn >= 0x100 && pfn < endPfn && events.time[row] >= from && events.time[row] <= to) found++
      }
      return found
    }
    const moment = fc.integer({ min: 0, max: 1.6 * SECOND })
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 0x101, max: 0x104 }), (one, other, endPfn) => {
        const window = { from: Math.min(one, other), to: Math.max(one, other), endPfn }
        const { count } = findMapHeat(trace, derived, { ...asked, ...window, mode: 'events' })
        expect(count.reduce((sum, own) => sum + own, 0)).toBe(slow(window.from, window.to, endPfn))
      }),
    )
  })

  test('names as pages with events those that have one in the window, in memory with few events and with many', () => {
    const { trace } = toldCapture(LEAK)
    const { events } = trace
    for (const [from, to] of [
      [0, 0.15 * SECOND],
      [0, 1.6 * SECOND],
      [1.4 * SECOND, 1.6 * SECOND],
    ]) {
      const inWindow = Array.from({ length: events.length }, (_, row) => row).filter(
        (row) => events.page[row] >= 0 && events.time[row] >= from && events.time[row] <= to,
      )
      const pages = new Set(inWindow.map((row) => events.page[row]))
      expect(heat(LEAK, 'events', { startPfn: 0, endPfn: 0x10000, from, to })).toMatchObject({
        events: inWindow.length,
        pages: pages.size,
      })
    }
  })

  test('a hold counts from its get to its put, and no longer', () => {
    const { count, columns, columnNs, from } = heat(LATE_PUT, 'holds')
    const held = count.slice(0, columns).map((holds, column) => [from.ns + column * columnNs, holds] as const)
    const during = held.filter(([ns]) => ns > 0.21 * SECOND && ns < 1.29 * SECOND)
    expect(during.every(([, holds]) => holds >= 1)).toBe(true)
    expect(held.filter(([ns]) => ns > 1.31 * SECOND).every(([, holds]) => holds === 0)).toBe(true)
  })

  test('tells the excess where there is one, and failures with the pages that blocked', () => {
    const { most, failures, rowPfns } = heat(LEAK, 'excess')
    expect(most).toBe(1)
    expect(failures).toMatchObject([{ time: { text: '2.000000' }, blockingPfns: [0x100], startPfn: 0x100 }])
    expect(rowPfns).toEqual([0x100, 0x101, 0x102, -1])
  })

  test('has rows of a power of two of pages, so that they keep to pageblocks', () => {
    expect(heat(LEAK, 'events', { rows: 3 })).toMatchObject({ rows: 2, rowPages: 2 })
  })

  test('tells where events were lost', () => {
    const story = LEAK.replace('  init-1 0 1.900000', 'CPU:0 [LOST 5 EVENTS]\n  init-1 0 1.900000')
    expect(heat(story, 'events').losses).toHaveLength(1)
  })

  test('is of the whole trace unless a window is asked for', () => {
    const { from, to } = heat(LEAK, 'events')
    expect([from.text, to.text]).toEqual(['1.000100', '2.500000'])
  })
})
