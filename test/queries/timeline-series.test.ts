import { expect, test } from 'vitest'
import { column } from '../../src/base/column.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { pageOfPfn } from '../../src/queries/page-of-pfn.ts'
import { timelineSeriesOf } from '../../src/queries/timeline-series.ts'
import { LATE_PUT, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LATE_PUT)
const { page } = pageOfPfn(trace, 0x100)

test('the series of a page stays when the holds of other pages are paired', () => {
  const series = timelineSeriesOf(trace, derived, page)
  const afterPairing: Derived = { ...derived, holds: { ...derived.holds } }
  expect(timelineSeriesOf(trace, afterPairing, page)).toBe(series)
})

test('it is made anew by other rules, and when its own holds are paired', () => {
  const series = timelineSeriesOf(trace, derived, page)
  expect(timelineSeriesOf(trace, { ...derived, rules: { ...derived.rules } }, page)).not.toBe(series)
  const { byPage } = derived.holds
  const unpaired = { ...derived.holds, byPage: { ...byPage, offsets: column(new Int32Array(byPage.offsets.length)) } }
  expect(timelineSeriesOf(trace, { ...derived, holds: unpaired }, page)).not.toBe(
    timelineSeriesOf(trace, derived, page),
  )
})
