import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findSuccesses } from '../../src/queries/successes.ts'
import { tell } from '../support/tell.ts'
import { tellCapture } from '../support/tell-capture.ts'

const START = 'cma_alloc_start: name=reserved count=256 align=0'
const GOT = 'cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'
const FAILED = 'cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16'
const TEST = 'test_pages_isolated: start_pfn=0x900 end_pfn=0xa00 fin_pfn=0xa00 ret=success'
const ASKED = 'mm_compaction_try_to_compact_pages: order=9 gfp_mask=GFP_HIGHUSER priority=2'
const RUN = 'mm_compaction_end: zone_start=0x1 migrate_pfn=0x9 free_pfn=0x90 zone_end=0xffe0, mode=async status='

const told = (...lines: readonly string[]) =>
  findSuccesses(tell(lines.map((line, at) => `init-1 0 ${at + 1}.000000 ${line}`).join('\n')))

describe('what went well', () => {
  test('is a CMA allocation that ended without an error, with its line', () => {
    expect(told(START, TEST, GOT)).toEqual([
      {
        kind: 'cma',
        succeeded: 1,
        total: 1,
        text: 'The allocation of 256 pages from CMA area reserved at 3.000000 succeeded',
        place: { file: 0, fileName: 'trace.txt', line: 3 },
      },
    ])
  })

  test('is counted among those that did not, and the last one is told', () => {
    expect(told(GOT, GOT, FAILED)).toMatchObject([
      {
        succeeded: 2,
        total: 3,
        text: '2 of 3 CMA allocations succeeded, the last of 256 pages from CMA area reserved at 2.000000',
        place: { line: 2 },
      },
    ])
  })

  test.each([
    ['with an error', FAILED],
    [
      'without a page, on a kernel without errorno',
      'cma_alloc: pfn=ffffffffffffffff page=          (null) count=1024 align=8',
    ],
    ['of which the line does not say how it ended', 'cma_alloc_finish: name=cma0'],
  ])('is no CMA allocation %s', (_, line) => {
    expect(told(line)).toEqual([])
  })

  test('is told of old kernels without the area, and of raw fields alike', () => {
    expect(told('cma_alloc: pfn=900 page=00000000f0f0f0f0 count=8 align=0')[0].text).toBe(
      'The allocation of 8 pages from CMA at 1.000000 succeeded',
    )
    const raw =
      'cma_alloc_finish: name=reserved pfn=0x900 (2304) page=0xffffea00 (1) count=0x100 (256) align=0x0 (0) errorno=0x0 (0)'
    expect(told(raw)[0].text).toBe('The allocation of 256 pages from CMA area reserved at 1.000000 succeeded')
    expect(derive(tell(`init-1 0 1.0 ${raw}`)).findings).toEqual([])
  })

  test('is a range whose pages were all isolated, and for what, as the stack says', () => {
    expect(told(`${TEST} < test_pages_isolated offline_pages memory_subsys_offline`)).toMatchObject([
      { kind: 'isolation', text: 'All pages of [0x900, 0xa00) were isolated for offlining at 1.000000' },
    ])
    expect(told(TEST, TEST.replace('fin_pfn=0xa00 ret=success', 'fin_pfn=0x905 ret=fail'))).toMatchObject([
      { text: '1 of 2 isolation tests passed; the last: all pages of [0x900, 0xa00) were isolated at 1.000000' },
    ])
  })

  test('is a compaction run for an allocation that made the block, and none that nobody asked for', () => {
    expect(told(ASKED, `${RUN}success`)).toMatchObject([
      { kind: 'compaction', text: 'The compaction run for order 9 at 2.000000 ended with status=success' },
    ])
    expect(told(ASKED, `${RUN}success`, ASKED, `${RUN}partial_skipped`)).toMatchObject([
      { succeeded: 1, total: 2, place: { line: 2 } },
    ])
    expect(
      told(`${RUN}success < compact_node kcompactd`, `${RUN}complete < compact_node sysctl_compaction_handler`),
    ).toEqual([])
  })

  test('is memory that the kernel log says went offline', async () => {
    const trace = await tellCapture({ 'dmesg.txt': '[    2.0] Offlined Pages 32768\n[    3.0] Offlined Pages 8\n' })
    expect(findSuccesses(trace)).toMatchObject([
      {
        kind: 'offline',
        text: '2 of 2 offlinings succeeded; the last: 8 pages went offline, as the kernel log says',
        place: { fileName: 'dmesg.txt', line: 2 },
      },
    ])
  })

  test('is nothing where no file tells an end', () => {
    expect(told(START, '+1 count=2')).toEqual([])
  })
})
