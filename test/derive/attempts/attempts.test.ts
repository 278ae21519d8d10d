import { expect, test } from 'vitest'
import { attemptsOf } from '../../../src/derive/attempts/attempts.ts'
import { type PageAttempt } from '../../../src/derive/attempts/page-attempt.ts'
import { DEFAULT_RULES } from '../../../src/derive/attribution/rule-set.ts'
import { PFN, tell } from '../../support/tell.ts'

function attemptsIn(story: string): readonly PageAttempt[] {
  const trace = tell(story)
  return attemptsOf(trace, { rules: DEFAULT_RULES }, trace.pages.find(PFN))
}

const ISOLATE = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const UNMAP = '__page_ref_mod_and_test try_to_migrate_one rmap_walk_anon try_to_migrate migrate_pages_batch'
const REMAP = '__page_ref_mod remove_migration_pte rmap_walk_anon remove_migration_ptes migrate_pages_batch'
const PUTBACK = '__page_ref_mod_and_test folio_putback_lru putback_movable_pages'
const RECLAIM = '__page_ref_freeze __remove_mapping shrink_folio_list'

test('isolate, unmap, map back, put back is a failed attempt, with its rounds', () => {
  const [attempt, ...others] = attemptsIn(`
    app-7  0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    drv-9  0 1.1 +1 count=2 mapcount=0 < drv_grab[drv]
    init-1 1 2.0 +1 unless count=3 mapcount=0 < ${ISOLATE}
    init-1 1 2.1 -1 count=2 mapcount=-1 < ${UNMAP}
    init-1 1 2.2 +1 count=3 mapcount=-1 < ${REMAP}
    init-1 1 2.3 -1 count=2 mapcount=-1 < ${UNMAP}
    init-1 1 2.4 +1 count=3 mapcount=-1 < ${REMAP}
    init-1 1 2.5 -1 count=2 mapcount=0 < ${PUTBACK}
    drv-9  0 3.0 -1 count=1 mapcount=0 < drv_free[drv]
  `)
  expect(attempt).toMatchObject({ outcome: 'failed', rounds: 2, unmapped: 2, remapped: 2 })
  expect((attempt.to - attempt.from) / 1e9).toBeCloseTo(0.5)
  expect(attempt.lines).toHaveLength(6)
  expect(others).toEqual([])
})

test('a look and nothing more is skipped; a page that goes with its last reference has moved', () => {
  const outcomes = attemptsIn(`
    app-7  0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    init-1 1 2.0 +1 unless count=2 mapcount=0 < ${ISOLATE}
    init-1 1 2.1 -1 count=1 mapcount=0 < ${ISOLATE}
    init-1 1 2.2 +1 unless count=2 mapcount=0 < ${ISOLATE}
    init-1 1 2.3 -1 count=1 mapcount=-1 < ${UNMAP}
    init-1 1 2.4 -1 count=0 mapcount=-1 < __page_ref_mod_and_test migrate_folio_done migrate_pages_batch
  `).map((attempt) => attempt.outcome)
  expect(outcomes).toEqual(['skipped', 'moved'])
})

test('a refused freeze makes an attempt failed and states the excess', () => {
  const [attempt] = attemptsIn(`
    app-7  0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    init-1 1 2.0 +1 unless count=5 < ${ISOLATE}
    init-1 1 2.1 freeze 3 refused count=5 < __page_ref_freeze __folio_migrate_mapping migrate_pages_batch
    init-1 1 2.2 -1 count=4 < ${PUTBACK}
  `)
  expect(attempt).toMatchObject({ outcome: 'failed', excess: 2, rounds: 0 })
})

test('a page frozen for good was reclaimed', () => {
  const [attempt] = attemptsIn(`
    kswapd-9 1 2.0 +1 unless count=2 < ${ISOLATE}
    kswapd-9 1 2.1 freeze 2 count=0 < ${RECLAIM}
  `)
  expect(attempt.outcome).toBe('moved')
})

test('steps without a stack belong to the attempt that their task has open', () => {
  const [attempt, ...others] = attemptsIn(`
    app-7  0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    init-1 1 2.0 +1 unless count=2 < ${ISOLATE}
    app-7  0 2.05 +1 count=3
    init-1 1 2.1 -1 count=2 < ${UNMAP}
    init-1 1 2.2 +1 count=3
    init-1 1 2.3 -1 count=2
  `)
  expect(attempt).toMatchObject({ outcome: 'failed', remapped: 1 })
  expect(attempt.rows).toHaveLength(4)
  expect(others).toEqual([])
})

test('what is cut off by the end of the trace or by a new life is unfinished', () => {
  const outcomes = attemptsIn(`
    init-1 1 2.0 +1 unless count=2 < ${ISOLATE}
    init-1 1 2.1 -1 count=1 < ${UNMAP}
    app-7  0 2.5 set 1 count=1 < do_anonymous_page handle_mm_fault
    init-1 1 3.0 +1 unless count=2 < ${ISOLATE}
  `).map((attempt) => attempt.outcome)
  expect(outcomes).toEqual(['unfinished', 'unfinished'])
})

test('a page that another one is moved to has no attempt of its own', () => {
  expect(
    attemptsIn(`
      init-1 1 2.0 set 1 count=1 < compaction_alloc migrate_pages_batch
      init-1 1 2.1 +1 count=2 < __page_ref_mod __folio_migrate_mapping migrate_pages_batch
      init-1 1 2.2 +1 count=3 < ${REMAP}
      init-1 1 2.3 -1 count=2 < __page_ref_mod_and_test migrate_folio_move migrate_pages_batch
    `),
  ).toEqual([])
})
