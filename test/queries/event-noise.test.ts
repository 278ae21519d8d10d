import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { isRefKind } from '../../src/model/event-kind.ts'
import { countEventNoise } from '../../src/queries/event-noise.ts'
import { simulateTrace } from '../support/simulate-trace.ts'
import { toldCapture } from '../support/told-capture.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const CHOICE = { thresholdNs: 300_000_000, includeExpected: false, filter: '' }

test('every reference event is in one part, and most of a busy trace is not shown', () => {
  const trace = traceFromText(simulateTrace({ pages: 40, holders: 2, noise: 12, seed: 7 }).text)
  const { events, shown, expected, short, unpaired } = countEventNoise(trace, derive(trace), CHOICE)
  expect(events).toBe(Array.from(trace.events.kind).filter(isRefKind).length)
  expect(shown + expected + short + unpaired).toBe(events)
  expect(shown).toBeGreaterThanOrEqual(2)
  expect(shown / events).toBeLessThan(0.05)
})

test('each part by its reason: held for long, allocated, held for a moment, refused', () => {
  const { trace, derived } = toldCapture(`
    app-7 0 1.0 set 1 count=1 < post_alloc_hook get_page_from_freelist do_anonymous_page
    app-7 0 1.1 +1 unless count=2 < try_grab_folio short_look
    app-7 0 1.2 -1 count=1 < folio_put short_look
    app-7 0 1.3 +1 refused pfn=0x105 count=0 < try_grab_folio short_look
    drv-9 0 1.4 +1 unless count=2 < try_grab_folio leaky_grab[leaky]
    app-7 0 5.0 +1 pfn=0x106 count=3 < folio_get read_pages`)
  const { events, ...parts } = countEventNoise(trace, derived, CHOICE)
  expect(events).toBe(6)
  expect(parts).toEqual({ shown: 1, expected: 1, short: 3, unpaired: 1 })
})

test('a holder that a failed range names is shown however short it was', () => {
  const story = `
    app-7  0 1.0 set 1 count=1 < post_alloc_hook get_page_from_freelist do_anonymous_page
    drv-9  1 1.9 +1 unless count=2 < try_grab_folio leaky_grab[leaky] leaky_ioctl[leaky]
    init-1 0 1.95 +1 unless count=3 < isolate_migratepages_block isolate_migratepages_range
    init-1 0 1.96 -1 count=2 < putback_movable_pages isolate_migratepages_range
    init-1 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    drv-9  1 2.1 -1 count=1 < folio_put leaky_release[leaky]`
  const { trace, derived } = toldCapture(story)
  expect(countEventNoise(trace, derived, CHOICE).shown).toBe(2)
  expect(countEventNoise(trace, { ...derived, findings: [] }, CHOICE).shown).toBe(0)
})
