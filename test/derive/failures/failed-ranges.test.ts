import { describe, expect, test } from 'vitest'
import { formatTime } from '../../../src/base/clock.ts'
import { formatPfn, formatPfnRange } from '../../../src/base/pfn.ts'
import { findFailedRanges } from '../../../src/derive/failures/failed-ranges.ts'
import { fileLineOf, type Trace } from '../../../src/model/trace.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { tell, tracedText } from '../../support/tell.ts'

/** `cma [0x100, 0x200) at 2.000000 from 1.500000 names 0x180 x2`, leaving out what is not known. */
function ranges(trace: Trace): readonly string[] {
  const timeOf = (time: number): string => formatTime(time, trace.clock)
  return findFailedRanges(trace).map((range) =>
    [
      `${range.trigger} ${formatPfnRange(range.startPfn, range.endPfn)}`,
      ...(range.time === undefined ? [] : [`at ${timeOf(range.time)}`]),
      ...(range.attemptFrom === undefined ? [] : [`from ${timeOf(range.attemptFrom)}`]),
      ...(range.namedPfns.length === 0 ? [] : [`names ${range.namedPfns.map(formatPfn).join(' ')}`]),
      ...(range.attempts === 1 ? [] : [`x${range.attempts}`]),
    ].join(' '),
  )
}

const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x180 ret=fail'
const START = 'cma_alloc_start: name=reserved count=256 align=0'
const FINISH = 'cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16'

describe('test_pages_isolated ret=fail', () => {
  test('is the failed range, and fin_pfn names the first page in the way', () => {
    expect(ranges(tell(`init-1 0 2.0 ${FAILED}`))).toEqual(['contig [0x100, 0x200) at 2.000000 names 0x180'])
  })

  test('is told by its PFNs where raw fields lack ret=, and a range without a page in the way did not fail', () => {
    const raw = FAILED.replace(' ret=fail', '')
    expect(ranges(tell(`init-1 0 2.0 ${raw}`))).toEqual(['contig [0x100, 0x200) at 2.000000 names 0x180'])
    expect(ranges(tell(`init-1 0 2.0 ${raw.replace('fin_pfn=0x180', 'fin_pfn=0x200')}`))).toEqual([])
  })

  test('is a CMA failure between cma_alloc_start and cma_alloc_finish of its task', () => {
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${FINISH}`))).toEqual([
      'cma [0x100, 0x200) at 2.000000 from 1.500000 names 0x180',
    ])
  })

  test('is the failure that cma_alloc_finish reports too, where the start was not traced', () => {
    expect(ranges(tell(`init-1 0 2.0 ${FAILED} < __cma_alloc\ninit-1 0 2.1 ${FINISH}`))).toEqual([
      'cma [0x100, 0x200) at 2.000000 names 0x180',
    ])
    const later = FINISH.replace('0x100', '0x900')
    expect(ranges(tell(`init-1 0 2.0 ${FAILED} < __cma_alloc\ninit-1 0 2.1 ${later}`))).toHaveLength(2)
    expect(
      ranges(tell(`init-1 0 2.0 ${FAILED} < __cma_alloc\ninit-1 0 2.1 ${FINISH}\ninit-1 0 2.2 ${FINISH}`)),
    ).toHaveLength(2)
  })

  test('does not belong to the CMA allocation of another task, nor to one that is over', () => {
    expect(ranges(tell(`oth-8 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}`))).toEqual([
      'contig [0x100, 0x200) at 2.000000 names 0x180',
    ])
    const over = 'cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'
    expect(ranges(tell(`init-1 0 1.0 ${START}\ninit-1 0 1.5 ${over}\ninit-1 0 2.0 ${FAILED}`))).toEqual([
      'contig [0x100, 0x200) at 2.000000 names 0x180',
    ])
  })

  test.each([
    ['hugetlb', 'test_pages_isolated alloc_contig_range_noprof alloc_contig_pages_noprof alloc_gigantic_folio.isra.0'],
    ['hugetlb', 'test_pages_isolated alloc_contig_range alloc_contig_pages alloc_fresh_huge_page alloc_pool_huge_page'],
    ['offline', 'test_pages_isolated offline_pages memory_subsys_offline device_offline'],
    ['cma', 'test_pages_isolated alloc_contig_range_noprof __cma_alloc dma_alloc_contiguous'],
    ['contig', 'test_pages_isolated alloc_contig_range virtio_mem_fake_offline'],
    ['contig', 'test_pages_isolated alloc_contig_range some_driver'],
  ])('was asked for by %s, as its stack tells', (trigger, stack) => {
    expect(ranges(tell(`init-1 0 2.0 ${FAILED} < ${stack}`))).toEqual([
      `${trigger} [0x100, 0x200) at 2.000000 names 0x180`,
    ])
  })

  test('of retries inside one attempt is one range with every page that was named', () => {
    const again = FAILED.replace('0x180', '0x190')
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.2 ${again}`))).toEqual([
      'cma [0x100, 0x200) at 2.200000 from 1.500000 names 0x180 0x190 x2',
    ])
  })

  test('of two attempts stays two ranges', () => {
    const attempt = (at: number): string =>
      `init-1 0 ${at}.0 ${START}\ninit-1 0 ${at}.5 ${FAILED}\ninit-1 0 ${at}.6 ${FINISH}`
    expect(ranges(tell(`${attempt(1)}\n${attempt(3)}`))).toEqual([
      'cma [0x100, 0x200) at 1.500000 from 1.000000 names 0x180',
      'cma [0x100, 0x200) at 3.500000 from 3.000000 names 0x180',
    ])
  })

  test('whose range cannot be read is none', () => {
    expect(ranges(tell(`init-1 0 2.0 ${FAILED.replace('start_pfn=0x100', 'start_pfn=0x1zz')}`))).toEqual([])
  })

  test('with ret=success is no failure', () => {
    expect(ranges(tell(`init-1 0 2.0 ${FAILED.replace('fail', 'success')}`))).toEqual([])
  })
})

describe('a CMA allocation that failed without test_pages_isolated', () => {
  test('is told by cma_alloc_finish errorno', () => {
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FINISH}`))).toEqual([
      'cma [0x100, 0x200) at 2.000000 from 1.500000',
    ])
  })

  test('with errorno=0 is no failure', () => {
    const finish = FINISH.replace('-16', '0').replace('page=0000000000000000', 'page=00000000f0f0f0f0')
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${finish}`))).toEqual([])
  })

  test('before 6.9 has no errorno and no PFN: the last window tried is the range', () => {
    const retry = 'cma_alloc_busy_retry: name=reserved pfn=0x400 page=00000000f0f0f0f0 count=256 align=0'
    const finish = 'cma_alloc_finish: name=reserved pfn=ffffffffffffffff page=(null) count=256 align=0'
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 1.7 ${retry}\ninit-1 0 2.0 ${finish}`))).toEqual([
      'cma [0x400, 0x500) at 1.700000 from 1.500000',
    ])
  })

  test('lists every window that a retry names, and the last one once', () => {
    const retry = (pfn: string): string =>
      `cma_alloc_busy_retry: name=reserved pfn=${pfn} page=00000000f0f0f0f0 count=256 align=0`
    const story = `init-1 0 1.5 ${START}\ninit-1 0 1.6 ${retry('0x400')}\ninit-1 0 1.7 ${retry('0x500')}\n`
    expect(ranges(tell(`${story}init-1 0 2.0 ${FINISH.replace('0x100', '0x500')}`))).toEqual([
      'cma [0x400, 0x500) at 1.600000 from 1.500000',
      'cma [0x500, 0x600) at 1.700000 from 1.500000',
    ])
  })

  test('lists no window twice that test_pages_isolated told', () => {
    const retry = 'cma_alloc_busy_retry: name=reserved pfn=0x104 page=00000000f0f0f0f0 count=252 align=0'
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${retry}`))).toHaveLength(1)
  })

  test('reads old events too: hex without 0x, no name', () => {
    const retry = 'cma_alloc_busy_retry: pfn=9f400 page=00000000f0f0f0f0 count=256 align=0'
    expect(ranges(tell(`init-1 0 1.7 ${retry}`))).toEqual(['cma [0x9f400, 0x9f500) at 1.700000'])
  })

  test('with neither PFN nor retry has no range to name', () => {
    const finish = 'cma_alloc_finish: name=reserved pfn=ffffffffffffffff page=(null) count=256 align=0'
    expect(ranges(tell(`init-1 0 2.0 ${finish}`))).toEqual([])
  })

  test('is not told again when test_pages_isolated told it', () => {
    const smaller = FINISH.replace('pfn=0x100', 'pfn=0x104')
    expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${smaller}`))).toHaveLength(1)
  })
})

test('a CMA allocation that tried two windows failed in both', () => {
  const last = FINISH.replace('0x100', '0x900')
  expect(ranges(tell(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${last}`))).toEqual([
    'cma [0x100, 0x200) at 2.000000 from 1.500000 names 0x180',
    'cma [0x900, 0xa00) at 2.100000 from 1.500000',
  ])
})

describe('a CMA allocation that got another window', () => {
  const GOT = 'cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'
  const gotBy = (story: string): readonly (string | undefined)[] =>
    findFailedRanges(tell(story)).map(
      ({ gotInstead }) =>
        gotInstead && `${formatPfnRange(gotInstead.startPfn, gotInstead.endPfn)} line ${gotInstead.line + 1}`,
    )

  test('says so on the window that failed before, with the line', () => {
    expect(gotBy(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${GOT}`)).toEqual([
      '[0x900, 0xa00) line 3',
    ])
  })

  test('says so for a window that a retry names, on kernels without errorno', () => {
    const retry = 'cma_alloc_busy_retry: name=reserved pfn=0x400 page=00000000f0f0f0f0 count=256 align=0'
    expect(gotBy(`init-1 0 1.5 ${retry}\ninit-1 0 2.1 ${GOT.replace(' errorno=0', '')}`)).toEqual([
      '[0x900, 0xa00) line 2',
    ])
  })

  test('says nothing of another task, of a later allocation, or of one that failed', () => {
    expect(gotBy(`init-1 0 2.0 ${FAILED}\noth-8 0 2.1 ${GOT}`)).toEqual([undefined])
    expect(gotBy(`init-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${START}\ninit-1 0 2.2 ${GOT}`)).toEqual([undefined])
    expect(gotBy(`init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}\ninit-1 0 2.1 ${FINISH}`)).toEqual([undefined])
  })
})

describe('compaction', () => {
  const begin = 'mm_compaction_begin: zone_start=0x1 migrate_pfn=0x1 free_pfn=0xfe00 zone_end=0xffe0, mode=sync'
  const end = begin.replace('begin', 'end')
  const asked = 'mm_compaction_try_to_compact_pages: order=9 gfp_mask=GFP_HIGHUSER_MOVABLE priority=1'

  test('that was asked for, ran in sync mode and did not make the block is a failed zone', () => {
    expect(ranges(tell(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=complete`))).toEqual([
      'compaction [0x1, 0xffe0) at 2.000000 from 1.100000',
    ])
  })

  test('is narrowed to the PFN window that the capture covers', async () => {
    const trace = await tellCapture({
      'trace.txt': tracedText(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=complete`),
      'window.txt': 'start_pfn=0x5000 end_pfn=0xe000\n',
    })
    expect(ranges(trace)).toEqual(['compaction [0x5000, 0xe000) at 2.000000 from 1.100000'])
  })

  test('by /proc/sys/vm/compact_memory always ends complete and is no failure', () => {
    expect(ranges(tell(`sh-9 0 1.1 ${begin}\nsh-9 0 2.0 ${end} status=complete`))).toEqual([])
  })

  test('in async mode gives up early by design', () => {
    const story = `init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=complete`
    expect(ranges(tell(story.replaceAll('mode=sync', 'mode=async')))).toEqual([])
  })

  test('in async mode that was deferred for it did fail', () => {
    const deferred = 'mm_compaction_defer_compaction: node=0 zone=DMA32 order=9 order_failed=9 consider=0 limit=2'
    const story = `init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=complete\ninit-1 0 2.1 ${deferred}`
    expect(ranges(tell(story.replaceAll('mode=sync', 'mode=async')))).toHaveLength(1)
  })

  test.each(['success', 'partial', 'contended'])('that ended %s did not fail', (status) => {
    expect(ranges(tell(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=${status}`))).toEqual(
      [],
    )
  })

  test('of one zone that failed twice is one range', () => {
    const run = (at: number): string =>
      `init-1 0 ${at}.0 ${asked}\ninit-1 0 ${at}.1 ${begin}\ninit-1 0 ${at}.5 ${end} status=complete`
    expect(ranges(tell(`${run(1)}\n${run(3)}`))).toEqual(['compaction [0x1, 0xffe0) at 3.500000 from 1.100000 x2'])
  })

  test('that failed three times is told by the last run, its line and its status, and cites the first behind', () => {
    const run = (at: number, status: string): string =>
      `init-1 0 ${at}.0 ${asked}\ninit-1 0 ${at}.1 ${begin}\ninit-1 0 ${at}.5 ${end} status=${status}`
    const trace = tell(`${run(1, 'complete')}\n${run(2, 'complete')}\n${run(3, 'partial_skipped')}`)
    const [range] = findFailedRanges(trace)
    expect(range.id).toBe('compaction:1-ffe0:3500000000')
    expect(range.basis).toContain('for order 9 ended partial_skipped')
    expect(range.lines.map((line) => fileLineOf(trace, line).line)).toEqual([9, 7, 3])
    expect([range.runFrom, range.attemptFrom].map((time) => formatTime(time ?? 0, trace.clock))).toEqual([
      '3.100000',
      '1.100000',
    ])
  })

  const whole = 'compact_zone compact_node sysctl_compaction_handler proc_sys_call_handler'
  const direct = 'compact_zone compact_zone_order try_to_compact_pages __alloc_pages_direct_compact'
  const putOff = 'mm_compaction_deferred: node=0 zone=DMA32 order=9 order_failed=0 consider=2 limit=8'

  test('of a whole node by a task whose last allocation was put off is no failure', () => {
    const run = `init-1 0 2.0 ${begin}\ninit-1 0 2.5 ${end} status=complete`
    expect(ranges(tell(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${putOff}\n${run}`))).toEqual([])
  })

  test('of a whole node by its stack is no failure, whether the end or only the begin has one', () => {
    const run = (ofBegin: string, ofEnd: string): readonly string[] =>
      ranges(
        tell(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${begin}${ofBegin}\ninit-1 0 2.0 ${end} status=complete${ofEnd}`),
      )
    expect(run('', ` < ${whole}`)).toEqual([])
    expect(run(` < ${whole}`, '')).toEqual([])
    expect(run(` < ${direct}`, ` < ${direct}`)).toHaveLength(1)
  })

  test('whose stack ends before the caller is judged by what the task asked for', () => {
    const run = `init-1 0 1.1 ${begin}\ninit-1 0 2.0 ${end} status=complete < compact_zone`
    expect(ranges(tell(`init-1 0 1.0 ${asked}\n${run}`))).toHaveLength(1)
    expect(ranges(tell(run))).toEqual([])
  })

  test('of the next zone after one that was put off is a failure by its stack', () => {
    const run = `init-1 0 1.2 ${begin}\ninit-1 0 2.0 ${end} status=complete < ${direct}`
    expect(ranges(tell(`init-1 0 1.0 ${asked}\ninit-1 0 1.1 ${putOff}\n${run}`))).toHaveLength(1)
  })

  test('for an allocation is a failure by its stack when the trace lost what was asked', () => {
    const trace = tell(`init-1 0 1.2 ${begin}\ninit-1 0 2.0 ${end} status=complete < ${direct}`)
    expect(findFailedRanges(trace).map(({ basis }) => basis)).toEqual([
      'compaction ended complete; the range is the zone',
    ])
  })
})

describe('the kernel log', () => {
  const traced = tracedText(`
    app-7 0 1.0 +1 count=2 pfn=0x28100
    app-7 0 9.0 -1 count=1 pfn=0x28100
  `)
  const capture = async (dmesg: string, extra: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    ranges(
      await tellCapture({ 'trace.txt': traced, 'dmesg.txt': `[    0.000000] Linux version 6.1\n${dmesg}`, ...extra }),
    )

  test('tells busy PFNs of alloc_contig_range, retries folded', async () => {
    const busy = 'alloc_contig_range: [28000, 28400) PFNs busy'
    expect(await capture(`[    3.500000] ${busy}\n[    3.600000] ${busy}\n`)).toEqual([
      'contig [0x28000, 0x28400) at 3.500000 x2',
    ])
  })

  test('tells pages whose migration failed while a memory block went offline: the block is the range', async () => {
    expect(
      await capture(
        '[    3.580131] migrating pfn 281b2 failed ret:2\n[    3.656621] migrating pfn 281b1 failed ret:2\n',
      ),
    ).toEqual(['offline [0x28000, 0x30000) at 3.656621 names 0x281b2 0x281b1'])
  })

  test('counts as tries of a memory block the most lines of any one page, not the lines of all', async () => {
    const log = ['3.1 281b2', '3.2 281b1', '4.1 281b2', '4.2 281b1', '5.1 281b2'].map((line) => {
      const [time, pfn] = line.split(' ')
      return `[    ${time}00000] migrating pfn ${pfn} failed ret:2\n`
    })
    expect(await capture(log.join(''))).toEqual(['offline [0x28000, 0x30000) at 5.100000 names 0x281b2 0x281b1 x3'])
  })

  test('takes a memory block to be as large as one that went offline', async () => {
    const log = '[    2.0] Offlined Pages 65536\n[    3.580131] migrating pfn 381b2 failed ret:2\n'
    expect(await capture(log)).toEqual(['offline [0x30000, 0x40000) at 3.580131 names 0x381b2'])
  })

  test('believes the boot log on how large a memory block is', async () => {
    const log = '[    0.1] x86/mm: Memory block size: 512MB\n[    3.580131] migrating pfn 381b2 failed ret:2\n'
    expect(await capture(log)).toEqual(['offline [0x20000, 0x40000) at 3.580131 names 0x381b2'])
  })

  test('takes a memory block of old arm64 to be a section of 1 GiB', async () => {
    const uname = { 'uname.txt': 'Linux host 5.4.61 #1 SMP PREEMPT Mon Jan 1 00:00:00 UTC 2024 aarch64\n' }
    const trace = await tellCapture({
      'trace.txt': traced,
      'dmesg.txt': '[    0.000000] Linux version 5.4.61\n[    3.580131] migrating pfn 481b2 failed ret:2\n',
      ...uname,
    })
    expect(ranges(trace)).toEqual(['offline [0x40000, 0x80000) at 3.580131 names 0x481b2'])
  })

  const TRY = 'mm_migrate_pages: nr_succeeded=0 nr_failed=1 mode=MIGRATE_SYNC reason=memory_hotplug'
  const TWO_BLOCKS = `[    0.000000] Linux version 6.1
[    3.100010] migrating pfn 281b2 failed ret:1
[    5.100010] migrating pfn 301b2 failed ret:1
`
  const twoBlocks = async (story: string): Promise<readonly string[]> =>
    ranges(await tellCapture({ 'trace.txt': tracedText(story), 'dmesg.txt': TWO_BLOCKS }))

  test('of two memory blocks gives each its own tries, by the pages that the task touched', async () => {
    expect(
      await twoBlocks(`
        off-5 0 2.0 +1 unless pfn=0x28007 count=3
        off-5 0 2.1 ${TRY}
        off-5 0 3.0 +1 unless pfn=0x281b2 count=3
        oth-6 1 3.05 +1 unless pfn=0x301b2 count=3
        off-5 0 3.1 ${TRY}
        off-5 0 5.0 +1 unless pfn=0x301b2 count=3
        off-5 0 5.1 ${TRY}
        app-7 0 9.0 -1 count=1 pfn=0x28100`),
    ).toEqual([
      'offline [0x28000, 0x30000) at 3.100000 from 2.100000 names 0x281b2 x2',
      'offline [0x30000, 0x38000) at 5.100000 from 5.100000 names 0x301b2',
    ])
  })

  test('counts the tries that the trace has, whatever number of lines the log prints of their pages', async () => {
    const log = `[    0.000000] Linux version 6.1
[    3.100010] migrating pfn 281b2 failed ret:1
[    3.100020] migrating pfn 281b3 failed ret:1
[    4.100010] migrating pfn 281b2 failed ret:1
[    4.100020] migrating pfn 281b3 failed ret:1
`
    const story = `
      off-5 0 3.0 +1 unless pfn=0x281b2 count=3
      off-5 0 3.1 ${TRY}
      off-5 0 4.0 +1 unless pfn=0x281b2 count=3
      off-5 0 4.1 ${TRY}
      app-7 0 9.0 -1 count=1 pfn=0x900`
    expect(ranges(await tellCapture({ 'trace.txt': tracedText(story), 'dmesg.txt': log }))).toEqual([
      'offline [0x28000, 0x30000) at 4.100000 from 3.100000 names 0x281b2 0x281b3 x2',
    ])
  })

  test('of two memory blocks gives each its own tries, by the log where no page was traced', async () => {
    expect(await twoBlocks(`off-5 0 3.1 ${TRY}\noff-5 0 5.1 ${TRY}\napp-7 0 9.0 -1 count=1 pfn=0x900`)).toEqual([
      'offline [0x28000, 0x30000) at 3.100000 from 3.100000 names 0x281b2',
      'offline [0x30000, 0x38000) at 5.100000 from 5.100000 names 0x301b2',
    ])
  })

  test('gives no block the try of another', async () => {
    expect(await twoBlocks(`off-5 0 5.1 ${TRY}\napp-7 0 9.0 -1 count=1 pfn=0x900`)).toEqual([
      'offline [0x30000, 0x38000) at 5.100000 from 5.100000 names 0x301b2',
      'offline [0x28000, 0x30000) names 0x281b2',
    ])
  })

  test('believes the capture on how large a memory block is', async () => {
    const window = { 'window.txt': 'start_pfn=0x20000 end_pfn=0x40000\n' }
    expect(await capture('[    3.580131] migrating pfn 281b2 failed ret:2\n', window)).toEqual([
      'offline [0x20000, 0x40000) at 3.580131 names 0x281b2',
    ])
  })

  test('tells an unmovable page by its dump', async () => {
    expect(
      await capture(`[    3.580265] page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x281b2
[    3.580393] flags: 0x200000000000000(node=0|zone=2)
[    3.580767] raw: 0200000000000000 ffffea0000a06c48 ffff888000f5bca8 0000000000000000
[    3.580817] page dumped because: unmovable page
`),
    ).toEqual(['offline [0x28000, 0x30000) at 3.580265 names 0x281b2'])
  })

  test('tells a failed migration outside every known range as a range of its own', async () => {
    expect(
      await capture(`[    3.580265] page: refcount:3 mapcount:1 mapping:0000000000000000 index:0x7 pfn:0x281b2
[    3.580393] anon flags: 0x20000000002081c(uptodate|lru|swapbacked|node=0|zone=2)
[    3.580767] raw: 0200000000000000 ffffea0000a06c48 ffff888000f5bca8 0000000000000000
[    3.580817] page dumped because: migration failure
`),
    ).toEqual(['migration [0x281b2, 0x281b3) at 3.580265 names 0x281b2'])
  })

  test('adds a dumped page to the range that the trace knows', async () => {
    const trace = await tellCapture({
      'trace.txt':
        tracedText(`init-1 0 3.7 test_pages_isolated: start_pfn=0x28000 end_pfn=0x28400 fin_pfn=0x28001 ret=fail
        app-7 0 9.0 -1 count=1 pfn=0x28100`),
      'dmesg.txt': `[    0.000000] Linux version 6.1
[    3.580265] page: refcount:3 mapcount:1 mapping:0000000000000000 index:0x7 pfn:0x281b2
[    3.580393] anon flags: 0x20000000002081c(uptodate|lru|swapbacked|node=0|zone=2)
[    3.580767] raw: 0200000000000000 ffffea0000a06c48 ffff888000f5bca8 0000000000000000
[    3.580817] page dumped because: migration failure
`,
    })
    expect(ranges(trace)).toEqual(['contig [0x28000, 0x28400) at 3.700000 names 0x28001 0x281b2'])
  })

  test('gives a dumped page to the attempt that it was dumped in', async () => {
    const failed = 'test_pages_isolated: start_pfn=0x28000 end_pfn=0x28400 fin_pfn=0x28001 ret=fail'
    const trace = await tellCapture({
      'trace.txt': tracedText(`app-7 0 3.0 -1 count=1 pfn=0x28100\ninit-1 0 3.7 ${failed}\ninit-1 0 9.0 ${failed}`),
      'dmesg.txt': `[    0.000000] Linux version 6.1
[    3.580265] page: refcount:3 mapcount:1 mapping:0000000000000000 index:0x7 pfn:0x281b2
[    3.580393] anon flags: 0x20000000002081c(uptodate|lru|swapbacked|node=0|zone=2)
[    3.580767] raw: 0200000000000000 ffffea0000a06c48 ffff888000f5bca8 0000000000000000
[    3.580817] page dumped because: migration failure
`,
    })
    expect(ranges(trace)).toEqual([
      'contig [0x28000, 0x28400) at 3.700000 names 0x28001 0x281b2',
      'contig [0x28000, 0x28400) at 9.000000 names 0x28001',
    ])
  })

  test('is not placed in a trace whose microseconds run from the last reset of its buffer', async () => {
    const trace = await tellCapture({
      'trace.txt': `# tracer: nop
    init-1         1..... 267985us : page_ref_mod: pfn=0x100 flags=lru count=4 mapcount=1 mapping=00000000783d8313 mt=4 val=1
    init-1         1..... 9267985us : page_ref_mod: pfn=0x100 flags=lru count=4 mapcount=1 mapping=00000000783d8313 mt=4 val=1
`,
      'dmesg.txt': '[    3.580131] migrating pfn 281b2 failed ret:2\n',
    })
    expect(ranges(trace)).toEqual(['offline [0x28000, 0x30000) names 0x281b2'])
  })

  test('knows a memory block by its number, and once where pages of it are named too', async () => {
    const block = '[    4.000000] memory memory5: Offline failed.\n'
    expect(await capture(block)).toEqual(['offline [0x28000, 0x30000) at 4.000000'])
    expect(await capture(`[    3.580131] migrating pfn 281b2 failed ret:2\n${block}`)).toEqual([
      'offline [0x28000, 0x30000) at 3.580131 names 0x281b2',
    ])
  })

  test('tells a CMA failure with no range when nothing says where', async () => {
    expect(await capture('[    3.5] cma: cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16\n')).toEqual([
      'cma an unknown range at 3.500000',
    ])
  })

  test('places a CMA failure in the only area that was reserved', async () => {
    expect(
      await capture(`[    0.020252] cma: Reserved 16 MiB at 0x000000003ec00000
[    3.500000] cma: cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16
`),
    ).toEqual(['cma [0x3ec00, 0x3fc00) at 3.500000'])
  })

  test('of another time than the trace gives no time', async () => {
    expect(await capture('[  999.580131] migrating pfn 281b2 failed ret:2\n')).toEqual([
      'offline [0x28000, 0x30000) names 0x281b2',
    ])
  })
})

describe('page_pinner_failure', () => {
  const marked =
    'page_pinner_failure: pfn=0x190 flags=uptodate|lru|swapbacked count=2 mapcount=1 mapping=00000000e8b757f1 mt=5'

  test('adds its page to the failed range around it', () => {
    expect(ranges(tell(`init-1 0 1.99 ${marked}\ninit-1 0 2.0 ${FAILED}`))).toEqual([
      'contig [0x100, 0x200) at 2.000000 names 0x180 0x190',
    ])
  })

  test('by reason says what failed', () => {
    const byReason = (name: string): readonly string[] =>
      ranges(tell(`init-1 0 1.99 ${marked.replace('page_pinner_failure', name)}`))
    expect(byReason('pp_alloc_contig_failure')).toEqual(['contig [0x190, 0x191) at 1.990000 names 0x190'])
    expect(byReason('pp_compaction_failure')).toEqual(['compaction [0x190, 0x191) at 1.990000 names 0x190'])
    expect(byReason('pp_demotion_failure')).toEqual(['unknown [0x190, 0x191) at 1.990000 names 0x190'])
    expect(byReason('pp_mode')).toEqual([])
  })

  test('without a range near it is a range of one page', () => {
    expect(ranges(tell(`init-1 0 1.99 ${marked}`))).toEqual(['contig [0x190, 0x191) at 1.990000 names 0x190'])
  })
})

test('ranges come in time order, and each cites the line that says so', () => {
  const trace = tell(`
    init-1 0 2.0 ${FAILED} < test_pages_isolated offline_pages
    init-1 0 1.0 ${FAILED.replaceAll('0x1', '0x3').replace('0x200', '0x400')}
  `)
  const found = findFailedRanges(trace)
  expect(found.map((range) => range.startPfn)).toEqual([0x300, 0x100])
  expect(found.map((range) => fileLineOf(trace, range.lines[0]).line)).toEqual([5, 1])
})

test('a failure has an identity that survives another reading', () => {
  const story = `init-1 0 1.5 ${START}\ninit-1 0 2.0 ${FAILED}`
  expect(findFailedRanges(tell(story))[0].id).toBe('cma:100-200:2000000000')
  expect(findFailedRanges(tell(`app-7 0 0.5 +1 count=2\n${story}`))[0].id).toBe('cma:100-200:2000000000')
})

test('a healthy trace has no failed range', () => {
  expect(
    ranges(
      tell(`init-1 0 1.5 ${START}
        init-1 0 1.9 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x200 ret=success
        init-1 0 2.0 ${FINISH.replace('page=0000000000000000', 'page=00000000f0f0f0f0').replace('-16', '0')}`),
    ),
  ).toEqual([])
})

test('a CMA failure line of the log goes to the failure nearest in time, not to each that is large enough', async () => {
  const failed = (time: string): string =>
    `            init-1       [001] .....     ${time}: cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16`
  const trace = await tellCapture({
    'trace.txt': `${failed('2.000000')}\n${failed('5.000000')}\n${failed('9.000000').replaceAll('0x100', '0x900')}\n`,
    'dmesg.txt': '[    5.000100] cma: __cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16\n',
  })
  expect(findFailedRanges(trace).map((range) => range.lines.length)).toEqual([1, 2, 1])
})
