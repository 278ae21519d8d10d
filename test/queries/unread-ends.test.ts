import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { readOverview } from '../../src/queries/overview.ts'
import { tell } from '../support/tell.ts'

const ASKED = 'mm_compaction_try_to_compact_pages: order=9 gfp_mask=GFP_HIGHUSER priority=0'
const RUN = 'mm_compaction_end: zone_start=0x1 migrate_pfn=0x9 free_pfn=0x90 zone_end=0xffe0, mode=sync status=complete'
const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x180 ret=fail'
const FINISH = 'cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16'

function overviewOf(...lines: readonly string[]) {
  const trace = tell(lines.map((line, at) => `init-1 0 ${at + 1}.000000 ${line}`).join('\n'))
  return readOverview(trace, derive(trace))
}

describe('an event that ends an attempt', () => {
  test('and can be understood leaves nothing to say', () => {
    const overview = overviewOf(ASKED, RUN, FAILED, FINISH, FAILED.replace('fail', 'success'))
    expect(overview.failures).toBeGreaterThan(1)
    expect(overview).not.toHaveProperty('unreadEnds')
    expect(overview.files[0].notices).toEqual([])
  })

  test.each([
    ['a failed compaction run of no zone', RUN.replace('0xffe0', '0xffzz0')],
    ['a compaction run that does not say how it ended', RUN.replace(/ status=.*/, '')],
    ['an isolation test of a range that is garbled', FAILED.replace('0x200', '0x2\uFFFD0')],
    ['an isolation test of more pages than there are', FAILED.replace('0x200', '0xffffffffffffffff')],
    ['an isolation test with a word that the kernel does not print', FAILED.replace('ret=fail', 'ret=fbil')],
    ['raw fields that lack the word and the page', FAILED.replace(/ fin_pfn=.*/, '')],
    ['a CMA allocation without its outcome', 'cma_alloc_finish: name=reserved'],
    ['a CMA allocation with an outcome that is no number', FINISH.replace('-16', '-1O')],
    ['a CMA allocation that failed in a window of no PFN', FINISH.replace('0x100', '0x1z0')],
    ['a CMA allocation that failed in a window of an odd size', FINISH.replace('256', '2z6')],
    [
      'a retry of a CMA allocation that names no window',
      'cma_alloc_busy_retry: name=reserved pfn=1z0 count=256 align=0',
    ],
    ['a compaction run in no mode', RUN.replace('mode=sync', 'mode=sinc')],
    ['a compaction run with an outcome that is no word of it', RUN.replace('complete', 'sucbess')],
  ])('and cannot be is told with its line: %s', (_, line) => {
    const overview = overviewOf(ASKED, line)
    const event = line.slice(0, line.indexOf(':'))
    expect(overview.failures).toBe(0)
    expect(overview.unreadEnds).toEqual({ count: 1, event, place: { file: 0, fileName: 'trace.txt', line: 2 } })
    expect(overview.files[0].notices).toEqual([
      `1 event ends an attempt and cannot be understood: a failed range may be missing; see ${event} at trace.txt:2`,
    ])
  })

  test('is counted among many, of which three are named', () => {
    const line = FAILED.replace('0x100', '0x')
    expect(overviewOf(line, line, line, line, line).files[0].notices).toEqual([
      '5 events end attempts and cannot be understood: a failed range may be missing; see ' +
        'test_pages_isolated at trace.txt:1, test_pages_isolated at trace.txt:2, test_pages_isolated at trace.txt:3 and 2 more',
    ])
  })

  test.each([
    [
      'a failure without a window up to 5.1',
      'cma_alloc: pfn=ffffffffffffffff page=          (null) count=1024 align=8',
    ],
    ['one of 32 bits', 'cma_alloc: pfn=ffffffff page=  (null) count=1024 align=8'],
    ['one since', FINISH.replace('0x100', '-1')],
    ['raw fields of a run', RUN.replace('mode=sync status=complete', 'sync=1 status=0x6')],
  ])('needs no more words: %s', (_, line) => {
    expect(overviewOf(ASKED, line)).not.toHaveProperty('unreadEnds')
  })

  test('is no failure where nothing failed: an asynchronous run gives up by design, in whatever zone', () => {
    const run = RUN.replace('mode=sync', 'mode=async').replace('0xffe0', '0xzz')
    expect(overviewOf(ASKED, run)).not.toHaveProperty('unreadEnds')
  })
})
