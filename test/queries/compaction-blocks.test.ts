import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { type Trace } from '../../src/model/trace.ts'
import { findFailures } from '../../src/queries/failures.ts'
import { findPinners } from '../../src/queries/pinners.ts'
import { toldAll } from '../support/derive-told.ts'
import { tell } from '../support/tell.ts'

const SCAN = 'isolate_migratepages_block compact_zone try_to_compact_pages'
const RUN = 'zone_start=0x1 migrate_pfn=0x1 free_pfn=0x1fe00 zone_end=0x1ffe0, mode=sync'
const ASK = 'mm_compaction_try_to_compact_pages: order=9 gfp_mask=GFP_HIGHUSER_MOVABLE priority=1'

/** Two pages in one pageblock, one in another; the first run looks at 0x282, the second at 0x605 alone. */
const told = tell(`
  app-5  0 1.0 set 1 pfn=0x282 count=1 < get_page_from_freelist do_anonymous_page
  app-5  0 1.0 set 1 pfn=0x283 count=1 < get_page_from_freelist do_anonymous_page
  app-5  0 1.0 set 1 pfn=0x605 count=1 < get_page_from_freelist do_anonymous_page
  cam-6  0 1.1 +1 pfn=0x282 count=2 < cam_map[cam] vfs_ioctl
  cam-6  0 1.1 +1 pfn=0x283 count=2 < cam_map[cam] vfs_ioctl
  cam-6  0 1.1 +1 pfn=0x605 count=2 < cam_map[cam] vfs_ioctl
  init-1 1 2.0 ${ASK}
  init-1 1 2.1 mm_compaction_begin: ${RUN}
  init-1 1 2.2 +1 unless pfn=0x282 count=3 < ${SCAN}
  init-1 1 2.3 -1 pfn=0x282 count=2 < ${SCAN}
  init-1 1 2.4 mm_compaction_end: ${RUN} status=complete
  init-1 1 3.0 ${ASK}
  init-1 1 3.1 mm_compaction_begin: ${RUN}
  init-1 1 3.2 +1 unless pfn=0x605 count=3 < ${SCAN}
  init-1 1 3.3 -1 pfn=0x605 count=2 < ${SCAN}
  init-1 1 3.4 mm_compaction_end: ${RUN} status=complete
  oth-9  0 9.0 set 1 pfn=0x900 < get_page_from_freelist do_anonymous_page
`)
const trace: Trace = { ...told, machine: { ...told.machine, pageblockOrder: 9 } }
const derived = derive(trace)

test('a page that compaction left blocks its pageblock; the zone stays what failed', () => {
  const [failure] = findFailures(trace, derived).failures
  expect([failure.startPfn, failure.endPfn]).toEqual([0x1, 0x1ffe0])
  expect(failure.sentence).toMatch(/^pfn 0x282 blocked pageblock \[0x200, 0x400\) of \[0x1, 0x1ffe0\): held by cam-6/)
  expect(failure.sentence).toContain('2 more pages blocked it and 1 other pageblock')
})

test('without a file that tells the order of a pageblock it is the block that was wanted', () => {
  const [failure] = findFailures(told, derive(told)).failures
  expect(failure.sentence).toContain('blocked the block of order 9 [0x200, 0x400) of [0x1, 0x1ffe0)')
})

test('damaged digits of the order that was wanted are no block', () => {
  const lines = [
    'app-5 0 1.0 set 1 pfn=0x282 count=1 < get_page_from_freelist do_anonymous_page',
    'cam-6 0 1.1 +1 pfn=0x282 count=2 < cam_map[cam] vfs_ioctl',
    `init-1 1 2.0 ${ASK.replace('order=9', 'order=9019')}`,
    `init-1 1 2.1 mm_compaction_begin: ${RUN}`,
    `init-1 1 2.2 +1 unless pfn=0x282 count=3 < ${SCAN}`,
    `init-1 1 2.3 -1 pfn=0x282 count=2 < ${SCAN}`,
    `init-1 1 2.4 mm_compaction_end: ${RUN} status=complete`,
  ]
  const damaged = tell(lines.join('\n'))
  const [failure] = findFailures(damaged, derive(damaged)).failures
  expect(failure.sentence).toMatch(/^pfn 0x282 blocked \[0x1, 0x1ffe0\): held by cam-6/)
})

test('each pageblock counts as a range that was blocked', () => {
  const asked = { thresholdNs: 0, includeExpected: false, filter: '', sort: 'ranges', isDescending: true } as const
  expect(findPinners(trace, derived, { ...asked, offset: 0, limit: 1 }).rows[0].ranges).toBe(2)
  expect(findFailures(trace, derived).holders).toMatchObject([{ blocked: 2, pages: 3 }])
})

test('a look at the page by an earlier compaction is told as one', () => {
  const looksAt = (pfn: number): readonly string[] =>
    toldAll(trace, derived)[0]
      .pages.filter((page) => page.pfn === pfn)
      .flatMap((page) => [...page.evidence, ...page.culprits.flatMap(({ evidence }) => evidence)])
      .map(({ text }) => text)
      .filter((text) => text.startsWith('isolation by'))
  expect(looksAt(0x282)).toEqual([expect.stringMatching(/at 2\.200000 .* that was an earlier compaction/)])
  expect(looksAt(0x605)).toEqual([expect.not.stringContaining('earlier')])
})
