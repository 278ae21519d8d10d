import { describe, expect, test } from 'vitest'
import { attemptsOf } from '../../src/derive/attempts/attempts.ts'
import { type ToldPage } from '../../src/derive/attribution/finding.ts'
import { countPointsOf } from '../../src/derive/counts/count-points.ts'
import { deriveTold as derive, type ToldFinding } from '../support/derive-told.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tellCapture } from '../support/tell-capture.ts'
import { PFN, tell } from '../support/tell.ts'

/** What really happens to references in a trace, one test a fact; what other tests show in full is not repeated here. */

const FAULT = 'do_anonymous_page handle_mm_fault'
const LOOK = 'isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range'
const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
const ELSEWHERE = 'oth-8 0 9.0 set 1 pfn=0x900 count=1 < do_anonymous_page'

function findingOf(trace: Trace): ToldFinding {
  const { findings } = derive(trace)
  expect(findings).toHaveLength(1)
  return findings[0]
}

/** A page born at 1.0, with its own story, in a range that fails at 2.0. */
function pageOf(story: string, after = ''): ToldPage {
  return findingOf(
    tell(`
      app-7  0 1.0 set 1 count=1 < ${FAULT}
      ${story}
      init-1 1 2.0 ${FAILED}
      ${after}
      ${ELSEWHERE}
    `),
  ).pages[0]
}

function holders(page: ToldPage): readonly string[] {
  return page.culprits.map(({ comm, function: name, units, kind }) => `${comm} ${name} ${units} ${kind}`)
}

describe('operations', () => {
  test('a pin is 1024 references however it was taken: at once, or as one and 1023 with others between', () => {
    const slow = 'cam-6 0 1.2 +1024 count=1025 < try_grab_folio pin_user_pages cam_queue[cam]'
    const fast = `
      cam-6 0 1.2 +1 unless count=2 < try_get_folio gup_fast_fallback pin_user_pages_fast cam_queue[cam]
      app-7 1 1.2 +1 count=3 mapcount=1 < copy_page_range copy_process
      cam-6 0 1.3 +1023 count=1026 mapcount=1 < try_grab_folio_fast gup_fast_fallback pin_user_pages_fast cam_queue[cam]
    `
    expect(holders(pageOf(slow))).toEqual(['cam cam_queue 1024 leak'])
    expect(holders(pageOf(fast))).toEqual(['cam cam_queue 1024 leak'])
  })

  test('one get may take many references that are put one by one: what is left is the answer', () => {
    const page = pageOf(`
      cam-6 0 1.2 +8 count=9 < try_grab_folio cam_queue[cam]
      ${Array.from({ length: 5 }, (_, at) => `cam-6 0 1.${at + 3} -1 count=${8 - at} < cam_done[cam]`).join('\n')}
    `)
    expect(page).toMatchObject({ count: 4, excess: 3 })
    expect(holders(page)[0]).toMatch(/^cam cam_queue/)
  })

  test('an operation that was refused, or that changes nothing, moves no count', () => {
    const points = countPointsOf(
      tell(`
        app-7 0 1.0 +1 count=3 < drv_grab[drv]
        app-7 0 1.1 +1 refused count=3 < try_get_folio
        app-7 0 1.2 freeze 2 refused count=3 < __folio_migrate_mapping
        app-7 0 1.3 +0 count=3 < __page_ref_mod
      `),
      0 as never, // the only page
    )
    expect(points.map(({ delta, gap }) => [delta, gap])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })

  test('a count that the operation states is exact, one that was read again is not, and what is missing has its size', () => {
    const points = countPointsOf(
      tell(`
        app-7 0 1.0 set 1 count=5 < prep_new_page
        app-7 0 1.1 +1 count=4 < drv_grab[drv]
        app-7 0 1.2 -4 count=0 < drv_free[drv]
      `),
      0 as never, // the only page
    )
    expect(points.map(({ count, isExact, gap, gapKind }) => ({ count, isExact, gap, gapKind }))).toEqual([
      { count: 1, isExact: true, gap: 0, gapKind: 'none' },
      { count: 4, isExact: false, gap: 2, gapKind: 'missing' },
      { count: 0, isExact: true, gap: 0, gapKind: 'none' },
    ])
  })
})

describe('holds', () => {
  test('a reference that was handed over is held by the copy, whoever put the first one', () => {
    const page = pageOf(`
      a-6 0 1.2 +1 count=2 < iov_iter_get_pages2 __do_sys_vmsplice
      b-7 0 1.3 +1 count=3 < generic_pipe_buf_get do_tee
      c-8 1 1.4 -1 count=2 < generic_pipe_buf_release free_pipe_info pipe_release
    `)
    expect(holders(page)[0]).toContain('b do_tee')
  })

  test('a task that puts need not be the one that got: the pair is told by what was taken', () => {
    const page = pageOf(
      'cam-6 0 1.2 +1024 count=1025 < pin_user_pages cam_queue[cam]',
      'kworker/0:1-9 1 2.5 -1024 count=1 < unpin_user_pages cam_done_work[cam] process_one_work',
    )
    expect(holders(page)).toEqual(['cam cam_queue 1024 long_term'])
  })

  test('two gets and one put are one answer: which leaked nobody can tell', () => {
    const page = pageOf(`
      drv-9 0 1.2 +1 count=2 < drv_grab[drv]
      drv-9 0 1.3 +1 count=3 < drv_grab[drv]
      drv-9 0 1.4 -1 count=2 < drv_free[drv]
    `)
    expect(page.culprits).toHaveLength(1)
    expect(page.culprits[0]).toMatchObject({ units: 1, function: 'drv_grab' })
  })

  test('a driver page that never entered the LRU is unmovable, with no excess of references to speak of', () => {
    const { findings } = derive(
      tell(`
        fg-6 0 1.0 set 1 count=1 < __page_ref_set get_page_from_freelist alloc_pages fg_ioctl[fg]
        init-1 1 2.0 ${FAILED}
        ${ELSEWHERE}
      `),
    )
    const [page] = findings[0].pages
    expect(page.verdict).toBe('unmovable')
    expect(page.excess).toBeUndefined()
    expect(page.culprits[0]).toMatchObject({ class: 'allocation', function: 'fg_ioctl' })
  })

  test('a busy buffer blocks with the count just as expected: the page is said to have private data, nobody to hold it', () => {
    const fields = 'count=3 mapcount=-1 flags=uptodate|lru|private mapping=00000000a1'
    const page = findingOf(
      tell(`
        init-1 1 1.8 +1 unless ${fields} < ${LOOK}
        init-1 1 1.9 -1 ${fields.replace('count=3', 'count=2')} < folio_putback_lru ${LOOK}
        init-1 1 2.0 ${FAILED}
        ${ELSEWHERE}
      `),
    ).pages[0]
    expect(page).toMatchObject({ verdict: 'unknown', excess: 0 })
    expect(page.reason).toContain('busy buffer')
  })
})

describe('attempts', () => {
  test('unmapping and mapping again is the consequence of a pin: the excess stays what it was, the holder too', () => {
    const isolated = 'flags=locked|uptodate|swapbacked|owner_2'
    const rounds = [0, 1, 2].map(
      (at) => `
        init-1 1 1.${at + 4}1 -1 count=2 mapcount=-1 ${isolated} < try_to_migrate_one migrate_pages_batch
        init-1 1 1.${at + 4}2 +1 count=3 mapcount=-1 ${isolated} < remove_migration_pte migrate_pages_batch`,
    )
    const story = `
      cam-6  0 1.2 +1 count=2 < iov_iter_get_pages2 __do_sys_vmsplice
      init-1 1 1.3 +1 unless count=3 < ${LOOK}
      ${rounds.join('\n')}
      init-1 1 1.8 -1 count=2 flags=uptodate|lru|swapbacked|owner_2 < folio_putback_lru putback_movable_pages
    `
    const page = pageOf(story)
    expect(page.excess).toBe(1)
    expect(holders(page)).toEqual(['cam __do_sys_vmsplice 1 leak'])
    const trace = tell(`app-7 0 1.0 set 1 count=1 < ${FAULT}\n${story}`)
    expect(attemptsOf(trace, derive(trace), trace.pages.find(PFN))).toMatchObject([{ outcome: 'failed', rounds: 3 }])
  })

  test('a look and nothing more is how the scan skips a pinned page', () => {
    const page = pageOf(`
      cam-6  0 1.2 +1024 count=1025 < pin_user_pages cam_queue[cam]
      init-1 1 1.8 +1 unless count=1026 < ${LOOK}
      init-1 1 1.9 -1 count=1025 < ${LOOK}
    `)
    expect(page.excess).toBe(1024)
    expect(holders(page)).toEqual(['cam cam_queue 1024 leak'])
  })

  test('a pin that came after the scan blocks as well', () => {
    const page = pageOf(`
      init-1 1 1.5 +1 unless count=2 < ${LOOK}
      cam-6  0 1.6 +1024 count=1026 < pin_user_pages cam_queue[cam]
      init-1 1 1.8 -1 count=1025 < folio_putback_lru putback_movable_pages
    `)
    expect(holders(page)[0]).toContain('cam cam_queue 1024')
  })

  test('the exit path is one reference of an unmapped page, put soon after: transient, no leak', () => {
    const unmapped = 'mapcount=-1 flags=uptodate|lru|swapbacked|owner_2'
    const page = pageOf(
      `
        init-1 1 1.9990 +1 unless count=2 ${unmapped} < ${LOOK}
        init-1 1 1.9991 -1 count=1 ${unmapped} < ${LOOK}`,
      `app-7 0 2.02 -1 count=0 ${unmapped} < folios_put_refs tlb_finish_mmu exit_mmap`,
    )
    expect(page).toMatchObject({ verdict: 'transient', count: 1, mapcount: 0, excess: 1 })
    expect(page.culprits[0]).toMatchObject({ function: 'exit_mmap', kind: 'transient' })
  })
})

describe('what a capture leaves out', () => {
  test('a page that was not traced names no holder, and says what to record', async () => {
    const page = findingOf(tell(`init-1 1 2.0 ${FAILED}\n${ELSEWHERE}`)).pages[0]
    expect(page).toMatchObject({ verdict: 'unknown', culprits: [] })
    expect(page.reason).toContain('begin to record before the page is taken')
  })

  test('page_owner says who allocated, and never makes a holder', async () => {
    const owner = `Page allocated via order 0, mask 0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), pid 7, tgid 7 (app), ts 1000000000 ns
PFN 0x100 type Movable Block 0 type Movable Flags 0x1(uptodate)
 post_alloc_hook+0x1/0x2
 do_anonymous_page+0x1/0x2

`
    const text = `            init-1       [001] .....     2.000000: ${FAILED}\n            oth-8        [000] .....     9.000000: page_ref_mod: pfn=0x900 flags=lru count=2 mapcount=0 mapping=0000000000000000 mt=1 val=1\n`
    const trace = await tellCapture({ 'trace.txt': text, 'page_owner.txt': owner })
    const page = findingOf(trace).pages[0]
    expect(page.culprits).toEqual([])
    expect(page.evidence.map((fact) => fact.text).join()).toContain('who allocated, not who holds')
  })

  test('a hold that crosses a loss is unknown, not a leak', () => {
    const page = pageOf('drv-9 0 1.2 +1 count=2 < drv_grab[drv]', 'CPU:0 [LOST 5 EVENTS]')
    expect(page.culprits[0].kind).toBe('unknown')
  })

  test('a culprit of many ranges is found in each of them', () => {
    const range = (pfn: number, time: number): string => `
      app-7  0 ${time}.0 set 1 pfn=0x${pfn.toString(16)} count=1 < ${FAULT}
      drv-9  0 ${time}.1 +1 pfn=0x${pfn.toString(16)} count=2 < drv_grab[drv]
      init-1 1 ${time}.5 test_pages_isolated: start_pfn=0x${pfn.toString(16)} end_pfn=0x${(pfn + 256).toString(16)} fin_pfn=0x${pfn.toString(16)} ret=fail`
    const { findings } = derive(tell(`${range(0x100, 1)}\n${range(0x400, 2)}\n${ELSEWHERE}`))
    expect(findings.map(({ pages }) => pages[0].culprits[0].function)).toEqual(['drv_grab', 'drv_grab'])
  })
})
