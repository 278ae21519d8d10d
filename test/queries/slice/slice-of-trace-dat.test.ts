import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rowsOf } from '../../../src/base/group-index.ts'
import { type PageId } from '../../../src/model/ids.ts'
import { buildTimeline } from '../../../src/queries/timeline.ts'
import { openedSlice, readCapture, type ReadCapture, sliceOf } from '../../support/slice-of.ts'

const RECORDING = new URL('../../fixtures/trace-dat/recording-612-v7-zstd.dat', import.meta.url)

test('the slice of a binary recording is its records as text, under their numbers', async () => {
  const whole = await readCapture([new File([readFileSync(RECORDING)], 'trace.dat')])
  const pfn = busiestPfn(whole)
  const made = await sliceOf(whole, { kind: 'page', pfn: `0x${pfn.toString(16)}` })
  expect(made.slice.files[0]).toMatchObject({
    unit: 'record',
    format: 'ftrace',
    lines: whole.trace.files[0].ledger.total,
  })
  const slice = await openedSlice(made.json)
  const question = { pfn, lifetime: 0, columns: 2000 }
  expect(buildTimeline(slice.trace, slice.derived, question)).toEqual(
    buildTimeline(whole.trace, whole.derived, question),
  )
})

function busiestPfn({ trace: { pages, indexes } }: ReadCapture): number {
  const counts = Array.from({ length: pages.length }, (_, page) => rowsOf(indexes.byPage, page as PageId).length)
  return pages.pfn[counts.indexOf(Math.max(...counts))]
}
