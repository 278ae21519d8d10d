import { expect, test } from 'vitest'
import { formatPfn, formatPfnRange } from '../../../src/base/pfn.ts'
import { findFailedRanges } from '../../../src/derive/failures/failed-ranges.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tracedText } from '../../support/tell.ts'

function record(head: string, pfn: string, frame = '__page_pinner_put_page'): string {
  return `${head}\nPFN ${pfn} Block 0 count 1 mapcount 0 mapping 0x0 Flags 0x0()\n ${frame}+0x1/0x2\n\n`
}

const DMESG = (time: string): string => `
  [    0.000000] Linux version 6.1.0
  [    0.100000] cma: Reserved 1 MiB at 0x0000000000100000
  [    ${time}] cma: cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16
`

async function ranges(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return findFailedRanges(await tellCapture(files)).map(
    (range) =>
      `${range.trigger} ${formatPfnRange(range.startPfn, range.endPfn)} names ${range.namedPfns.map(formatPfn).join(' ')}` +
      (range.attempts === 1 ? '' : ` x${range.attempts}`),
  )
}

test('a page that page_pinner found in the way is a failed range where no other file tells of one', async () => {
  const failed = record('Failure detected at [    2.000000]', '0x180') + record('Failure detected at [    1.0]', '0x99')
  const twice = record('Failure detected at [    3.000000]', '0x180') + failed
  expect(await ranges({ buffer: twice })).toEqual(['contig [0x180, 0x181) names 0x180 x2'])
})

test('a put alone tells that the page had been in the way, a long get does not', async () => {
  expect(await ranges({ buffer: record('At least, pinned for 5 us', '0x180') })).toEqual([
    'contig [0x180, 0x181) names 0x180',
  ])
  expect(await ranges({ longterm_pinner: record('Page pinned for 500000 us', '0x180', '__set_page_pinner') })).toEqual(
    [],
  )
})

test('a page that page_pinner found in the way is named in the range around it that names no page', async () => {
  const put = record('Page pinned ts [    3.000000]', '0x180')
  expect(await ranges({ dmesg: DMESG('2.000000'), put })).toEqual(['cma [0x100, 0x200) names 0x180'])
})

test('a put before the failure names no page of it', async () => {
  const put = record('Page pinned ts [    3.000000]', '0x180')
  expect(await ranges({ dmesg: DMESG('9.000000'), put })).toEqual(['cma [0x100, 0x200) names '])
})

test('a range that names its own page keeps it', async () => {
  const trace = tracedText('init-1 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x150 ret=fail')
  const put = record('Page pinned ts [    3.000000]', '0x180')
  expect(await ranges({ trace, put })).toEqual(['contig [0x100, 0x200) names 0x150'])
})
