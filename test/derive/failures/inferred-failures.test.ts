import { describe, expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { type FailedRange } from '../../../src/derive/failures/failed-range.ts'
import { findFailedRanges } from '../../../src/derive/failures/failed-ranges.ts'
import { tell } from '../../support/tell.ts'

const LOOK = 'isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range alloc_contig_range'
const WORK = 'migrate_pages __alloc_contig_migrate_range alloc_contig_range'

const BORN = 'app-7 0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault'
const HELD = 'drv-9 0 1.1 +1 count=2 < drv_grab[drv]'
const SCAN = `
  init-1 1 2.0 +1 unless count=3 < ${LOOK} cma_alloc
  init-1 1 2.1 -1 count=2 < ${LOOK} cma_alloc
`
const FREED = 'drv-9 0 4.0 -1 count=1 < drv_free[drv]'

function rangesIn(story: string): readonly FailedRange[] {
  return findFailedRanges(tell(story))
}

describe('a range whose failure no event tells', () => {
  test('is inferred from a page that stayed when the attempt was over', () => {
    const [range, ...others] = rangesIn([BORN, HELD, SCAN, FREED].join('\n'))
    expect(others).toEqual([])
    expect(range).toMatchObject({ trigger: 'cma', startPfn: 0, endPfn: 0x200, isInferred: true, namedPfns: [] })
    expect(range.basis).toMatch(/^inferred, for no event says that it failed: a page isolated for it stayed/)
  })

  test('is the area of just as many pages as were asked for, where one is known', () => {
    const start = 'init-1 1 1.9 cma_alloc_start: name=reserved count=512 align=0'
    const trace = tell([BORN, HELD, start, SCAN, FREED].join('\n'))
    const area = { startPfn: 0x100, endPfn: 0x300, line: trace.events.line[0] }
    const [range] = findFailedRanges({ ...trace, windows: [area] })
    expect(range).toMatchObject({ startPfn: 0x100, endPfn: 0x300, attemptFrom: trace.events.time[2] })
  })

  test('names the holder, with a caveat that the failure is inferred', () => {
    const trace = tell([BORN, HELD, SCAN, FREED].join('\n'))
    const [finding] = derive(trace).findings
    expect(finding.pages[0].culprits[0]).toMatchObject({ comm: 'drv', function: 'drv_grab' })
    expect(finding.caveats.join()).toContain('inferred from pages that stayed')
  })

  test('is told once when its failure is', () => {
    const failed =
      'init-1 1 2.2 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail < test_pages_isolated alloc_contig_range'
    const ranges = rangesIn([BORN, HELD, SCAN, failed, FREED].join('\n'))
    expect(ranges.map((range) => range.isInferred)).toEqual([undefined])
  })
})

describe('no range is inferred', () => {
  test('from a page that was moved', () => {
    expect(
      rangesIn(`
        ${BORN}
        init-1 1 2.0 +1 unless count=2 < ${LOOK}
        init-1 1 2.1 -1 count=1 < try_to_migrate_one ${WORK}
        init-1 1 2.2 -1 count=0 < ${WORK}
        app-8 0 4.0 set 1 count=1 < do_anonymous_page
        app-8 0 4.1 +1 count=2 < drv_grab[drv]
      `),
    ).toEqual([])
  })

  test('from a page that another one was moved to', () => {
    expect(
      rangesIn(`
        init-1 1 2.0 +1 unless pfn=0x200 count=2 < ${LOOK}
        init-1 1 2.1 set 1 count=1 < alloc_migration_target ${WORK}
        init-1 1 2.2 +1 count=2 < remove_migration_pte ${WORK}
        init-1 1 2.3 -2 pfn=0x200 count=0 < ${WORK}
        app-8 0 4.1 +1 count=3 < drv_grab[drv]
      `),
    ).toEqual([])
  })

  test('from a page whose count does not go on: it may have been freed in between', () => {
    expect(rangesIn([BORN, HELD, SCAN, 'app-8 0 4.0 +1 count=2 < drv_grab[drv]'].join('\n'))).toEqual([])
  })

  test('while the attempt may still be going on', () => {
    expect(rangesIn([BORN, HELD, SCAN].join('\n'))).toEqual([])
    const elsewhere = 'app-8 0 2.5 +1 pfn=0x900 count=2 < drv_grab[drv]'
    expect(rangesIn([BORN, HELD, SCAN, elsewhere].join('\n'))).toEqual([])
  })

  test('over events that are known to be lost', () => {
    const lost = 'CPU:0 [LOST 9 EVENTS]'
    const elsewhere = 'app-8 0 9.0 +1 pfn=0x900 count=2 < drv_grab[drv]'
    expect(rangesIn([BORN, HELD, SCAN, elsewhere].join('\n'))).toHaveLength(1)
    expect(rangesIn([BORN, HELD, SCAN, lost, elsewhere].join('\n'))).toEqual([])
  })

  test('from what compaction left where it was: it wants no page in particular', () => {
    expect(rangesIn([BORN, HELD, SCAN.replaceAll(/__alloc_contig.*/g, 'compact_zone'), FREED].join('\n'))).toEqual([])
  })

  test('against a test that the range passed', () => {
    const passed = 'init-1 1 2.2 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x200 ret=success'
    expect(rangesIn([BORN, HELD, SCAN, passed, FREED].join('\n'))).toEqual([])
  })
})

test('a memory block is inferred to have failed by its pages, as one that do_migrate_range() looked at', () => {
  const [range] = rangesIn(`
    ${BORN}
    ${HELD}
    sh-3 1 2.0 +1 unless count=3 < do_migrate_range offline_pages memory_subsys_offline
    sh-3 1 2.1 -1 count=2 < folio_putback_lru putback_movable_pages do_migrate_range offline_pages
    ${FREED}
  `)
  expect(range).toMatchObject({ trigger: 'offline', startPfn: 0, endPfn: 0x8000, isInferred: true })
})
