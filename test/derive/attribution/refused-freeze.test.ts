import { test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  freezerOf,
  operationWords,
  type RefusedFreeze,
  refusedFreezesOf,
} from '../../../src/derive/attribution/refused-freeze.ts'
import { FREEZE } from '../../../src/model/event-kind.ts'
import { type EventRow, type PageId } from '../../../src/model/ids.ts'
import { referenceStory } from '../../support/random-story.ts'
import { PFN, tell } from '../../support/tell.ts'

/** The refused freezes of a told page, whenever they were. */
function refusalsIn(story: string): readonly RefusedFreeze[] {
  const trace = tell(story)
  return refusedFreezesOf(trace, trace.pages.find(PFN), 0, Number.POSITIVE_INFINITY)
}

function freezerBy(stack: string): ReturnType<typeof freezerOf> {
  const trace = tell(`init-1 1 2.0 freeze 2 refused count=3 < ${stack}`)
  return freezerOf(trace, trace.events.stack[0])
}

const LEAF = 'trace_event_raw_event_page_ref_mod_and_test_template __page_ref_freeze'

describe('who wanted a freeze', () => {
  test.each([
    // mm/migrate.c of 6.12, of 6.1, before 5.17, and of hugetlb
    ['__folio_migrate_mapping __migrate_folio.isra.0 move_to_new_folio migrate_pages_batch', 'migration', 'migration'],
    ['folio_migrate_mapping migrate_folio move_to_new_folio migrate_pages_batch', 'migration', 'migration'],
    ['migrate_page_move_mapping migrate_page move_to_new_page unmap_and_move', 'migration', 'migration'],
    ['migrate_huge_page_move_mapping hugetlbfs_migrate_folio move_to_new_folio', 'migration', 'migration'],
    ['folio_migrate_mapping aio_migrate_folio move_to_new_folio migrate_pages_batch', 'migration', 'migration'],
    // the freezing function inlined into its caller
    ['filemap_migrate_folio move_to_new_folio migrate_pages_batch', 'migration', 'migration'],
    // mm/vmscan.c
    ['__remove_mapping shrink_folio_list evict_folios kswapd', 'reclaim', 'reclaim'],
    ['__remove_mapping shrink_page_list shrink_inactive_list kswapd', 'reclaim', 'reclaim'],
    ['shrink_folio_list shrink_inactive_list try_to_free_pages', 'reclaim', 'reclaim'],
    [
      '__remove_mapping shrink_folio_list reclaim_clean_pages_from_list __alloc_contig_migrate_range',
      'reclaim',
      'reclaim of clean pages of the range',
    ],
    // mm/huge_memory.c
    ['split_huge_page_to_list deferred_split_scan shrink_slab', 'split', 'the split of a large folio'],
    [
      'split_huge_page_to_list_to_order split_folio_to_list shrink_folio_list kswapd',
      'split',
      'the split of a large folio for reclaim',
    ],
    ['__folio_split try_split_folio migrate_pages_batch', 'split', 'the split of a large folio for migration'],
    ['split_huge_page_to_list try_to_split_thp_page memory_failure', 'split', 'the split of a large folio'],
    // mm/khugepaged.c
    ['collapse_file hpage_collapse_scan_file khugepaged_scan_mm_slot', 'collapse', 'the collapse into a huge page'],
    ['collapse_shmem khugepaged_scan_shmem khugepaged', 'collapse', 'the collapse into a huge page'],
    // mm/truncate.c, fs/splice.c: they freeze through remove_mapping()
    [
      '__remove_mapping remove_mapping mapping_evict_folio mapping_try_invalidate',
      'invalidation',
      'the removal from the page cache',
    ],
    [
      '__remove_mapping remove_mapping page_cache_pipe_buf_try_steal fuse_try_move_page',
      'pipe_steal',
      'taking the page out of a pipe',
    ],
    ['__remove_mapping', 'reclaim', 'the removal from the cache'],
    // mm/hugetlb.c
    ['alloc_gigantic_folio alloc_fresh_hugetlb_folio', 'hugetlb', 'the making of a huge page'],
    ['__prep_compound_gigantic_page alloc_fresh_huge_page', 'hugetlb', 'the making of a huge page'],
    // arch/s390/kernel/uv.c
    ['make_folio_secure gmap_make_secure', 'secure', 'making the page secure for a guest'],
    ['brand_new_freezer vfs_ioctl', 'unknown', 'a freeze of the count'],
  ])('%s', (stack, purpose, words) => {
    expect(freezerBy(`${LEAF} ${stack}`)).toMatchObject({
      purpose,
      words,
      symbol: stack.split(' ')[0].replace('.isra.0', ''),
    })
  })

  test('is not in the trace without a stack', () => {
    const [{ freezer }] = refusalsIn('init-1 1 2.0 freeze 2 refused count=3')
    expect(freezer).toMatchObject({ purpose: 'untold', symbol: '', servesMigration: false, countsOwn: false })
  })

  test('is the nearest: reclaim for the page that a migration allocates does not serve that migration', () => {
    const nested = freezerBy(
      `${LEAF} __remove_mapping shrink_folio_list try_to_free_pages alloc_migration_target migrate_pages_batch`,
    )
    expect(nested).toMatchObject({ purpose: 'reclaim', servesMigration: false })
  })

  test.each([
    ['__remove_mapping shrink_folio_list reclaim_clean_pages_from_list', true],
    ['__folio_split try_split_folio migrate_pages_batch migrate_pages', true],
    ['__remove_mapping shrink_folio_list kswapd', false],
    ['split_huge_page_to_list shrink_folio_list demote_folio_list migrate_pages', false],
  ])('%s serves migration: %s', (stack, serves) => {
    expect(freezerBy(`${LEAF} ${stack}`).servesMigration).toBe(serves)
  })
})

describe('what a refused freeze states', () => {
  const MIGRATE = `${LEAF} folio_migrate_mapping migrate_folio`

  test('is what it expected, what it found, and the difference', () => {
    expect(refusalsIn(`init-1 1 2.0 freeze 3 refused count=5 < ${MIGRATE}`)).toMatchObject([
      { val: 3, count: 5, excess: { least: 2, most: 2 }, raced: [] },
    ])
  })

  test('is told of each refusal in the window and of no freeze that worked', () => {
    const trace = tell(`
      init-1 1 1.0 freeze 2 refused count=3 < ${MIGRATE}
      init-1 1 2.0 freeze 2 refused count=4 < ${MIGRATE}
      init-1 1 2.1 freeze 2 count=0 < ${MIGRATE}
      init-1 1 2.2 unfreeze 2 < ${MIGRATE}
      init-1 1 2.3 freeze 2 refused count=3 pfn=0x200 < ${MIGRATE}
      init-1 1 3.0 freeze 2 refused count=5 < ${MIGRATE}`)
    const found = refusedFreezesOf(trace, trace.pages.find(PFN), trace.events.time[1], trace.events.time[4])
    expect(found.map(({ count }) => count)).toEqual([4])
  })

  test.each([2, 1, 0])('is no number where the count read again, %i, is no more than the 2 expected', (count) => {
    const [refusal] = refusalsIn(`init-1 1 2.0 freeze 2 refused count=${count} < ${MIGRATE}`)
    expect(refusal.excess).toBeUndefined()
  })

  test('has bounds where another CPU changed the count at the same time, and it may have been read before or after', () => {
    expect(
      refusalsIn(`
        app-7 0 2.0 +1 count=4
        init-1 1 2.0 freeze 2 refused count=4 < ${MIGRATE}`),
    ).toMatchObject([{ excess: { least: 1, most: 2 }, raced: [0] }])
    expect(
      refusalsIn(`
        app-7 0 2.0 -1 count=3
        init-1 1 2.0 freeze 2 refused count=3 < ${MIGRATE}`),
    ).toMatchObject([{ excess: { least: 1, most: 2 } }])
  })

  test('has bounds where the count read again has a change whose event comes only after it', () => {
    expect(
      refusalsIn(`
        app-7 0 1.0 +1 count=3
        init-1 1 2.0 freeze 2 refused count=4 < ${MIGRATE}
        app-7 0 2.000003 +1 count=4`),
    ).toMatchObject([{ excess: { least: 1, most: 2 }, raced: [2] }])
  })

  test('is exact where the next change is not in the count yet, is of the same CPU, or comes long after', () => {
    for (const next of ['app-7 0 2.000003 +1 count=4', 'app-7 1 2.0 +1 count=4', 'app-7 0 2.1 +1 count=4']) {
      const [refusal] = refusalsIn(`
        app-7 0 1.0 +1 count=3
        init-1 1 2.0 freeze 2 refused count=3 < ${MIGRATE}
        ${next}`)
      expect(refusal).toMatchObject({ excess: { least: 1, most: 1 }, raced: [] })
    }
  })
})

test('an operation says who was refused, where the stack tells', () => {
  const trace = tell(`
    init-1 1 2.0 freeze 2 refused count=3 < ${LEAF} folio_migrate_mapping migrate_folio
    init-1 1 2.1 freeze 2 refused count=3 < ${LEAF} brand_new_freezer
    init-1 1 2.2 freeze 2 refused count=3
    init-1 1 2.25 freeze 2 refused count=3 < ${LEAF} __remove_mapping shrink_folio_list reclaim_clean_pages_from_list
    init-1 1 2.3 freeze 2 count=0 < ${LEAF} folio_migrate_mapping migrate_folio`)
  expect([0, 1, 2, 3, 4].map((row) => operationWords(trace, row as EventRow))).toEqual([
    'freeze 2 refused (migration)',
    'freeze 2 refused (in brand_new_freezer)',
    'freeze 2 refused',
    'freeze 2 refused (reclaim)',
    'freeze 2',
  ])
})

propertyTest.prop([referenceStory()])(
  'whatever a file says, a refusal is as printed and its bounds hold its number',
  (story) => {
    const trace = tell(story)
    const { events, shapes, contexts } = trace
    for (let page = 0; page < trace.pages.length; page++) {
      const found = refusedFreezesOf(trace, page as PageId, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      const rows = Array.from({ length: events.length }, (_, row) => row as EventRow)
      const isRefusal = (row: EventRow): boolean => events.kind[row] === FREEZE && shapes.ret[events.shape[row]] === 0
      expect(found.map(({ row }) => row)).toEqual(rows.filter((row) => events.page[row] === page && isRefusal(row)))
      for (const { row, count, val, excess, raced } of found) {
        expect([count, val]).toEqual([events.count[row], shapes.val[events.shape[row]]])
        expect(excess === undefined).toBe(count <= val)
        if (excess !== undefined) {
          expect(excess.least).toBeGreaterThan(0)
          expect(excess.least).toBeLessThanOrEqual(count - val)
          expect(excess.most).toBeGreaterThanOrEqual(count - val)
          expect(excess.least === excess.most || raced.length > 0).toBe(true)
        }
        for (const other of raced) {
          expect(contexts.cpu[events.context[other]]).not.toBe(contexts.cpu[events.context[row]])
          expect(Math.abs(events.time[other] - events.time[row])).toBeLessThanOrEqual(50_000)
        }
      }
    }
  },
)
