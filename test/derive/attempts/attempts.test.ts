import { expect, test } from 'vitest'
import { attemptsOf, isolatedAt } from '../../../src/derive/attempts/attempts.ts'
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

const OFFLINE = 'do_migrate_range offline_pages memory_subsys_offline'
const LOOK = `__page_ref_mod_unless ${OFFLINE}`
const OFF_LIST = `__page_ref_mod folio_isolate_lru isolate_folio_to_list ${OFFLINE}`
const OWN_PUT = `__page_ref_mod_and_test ${OFFLINE}`

test('a page taken off its list and put back without an unmapping was tried in vain, mapped or not', () => {
  const [attempt, ...others] = attemptsIn(`
    app-7  0 1.0 +1 count=2 mapcount=-1 < drv_grab[drv]
    sh-9 1 2.0 +1 unless count=3 mapcount=-1 < ${LOOK}
    sh-9 1 2.1 +1 count=4 mapcount=-1 < ${OFF_LIST}
    sh-9 1 2.2 -1 count=3 mapcount=-1 < ${OWN_PUT}
    sh-9 1 2.3 -1 count=2 mapcount=-1 < ${PUTBACK} ${OFFLINE}
  `)
  expect(attempt).toMatchObject({ outcome: 'failed', rounds: 0, isolated: [1, 2, 1, 0] })
  expect(others).toEqual([])
})

test('a page that compaction puts back from its list was tried in vain; what its scan puts itself was looked at', () => {
  const outcomes = attemptsIn(`
    init-1 1 2.0 +1 unless count=3 < ${ISOLATE}
    init-1 1 2.1 -1 count=2 < ${PUTBACK}
    init-1 1 2.2 +1 unless count=3 < ${ISOLATE}
    init-1 1 2.3 -1 count=2 < __page_ref_mod_and_test isolate_migratepages_block
  `).map((attempt) => attempt.outcome)
  expect(outcomes).toEqual(['failed', 'skipped'])
})

test('reclaim that leaves a page where it is has not tried to move it', () => {
  const [attempt] = attemptsIn(`
    kswapd-9 1 2.0 +1 unless count=3 < __page_ref_mod_unless isolate_lru_folios shrink_inactive_list
    kswapd-9 1 2.1 -1 count=2 < __page_ref_mod_and_test move_folios_to_lru shrink_inactive_list
  `)
  expect(attempt.outcome).toBe('skipped')
})

test('an attempt ends by its putback, however long that takes', () => {
  const attempts = attemptsIn(`
    sh-9 1 2.0 +1 unless count=3 < ${LOOK}
    sh-9 1 2.1 +1 count=4 < ${OFF_LIST}
    sh-9 1 2.2 -1 count=3 < ${OWN_PUT}
    sh-9 1 7.5 -1 count=2 < ${PUTBACK} ${OFFLINE}
    sh-9 1 7.6 +1 unless count=3 < ${LOOK}
    sh-9 1 7.7 -1 count=2 < ${OWN_PUT}
  `)
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped'])
  expect((attempts[0].to - attempts[0].from) / 1e9).toBeCloseTo(5.5)
})

test("an attempt whose putback is missing ends by the task's next look at the page, however soon", () => {
  const story = `
    sh-9 1 2.0 +1 unless count=3 < ${LOOK}
    sh-9 1 2.1 +1 count=4 < ${OFF_LIST}
    sh-9 1 2.2 -1 count=3 < ${OWN_PUT}
    sh-9 1 2.3 +1 unless count=3 < ${LOOK}
    sh-9 1 2.4 +1 count=4 < ${OFF_LIST}
    sh-9 1 2.5 -1 count=3 < ${OWN_PUT}
    sh-9 1 2.6 -1 count=2 < ${PUTBACK} ${OFFLINE}
  `
  const trace = tell(story)
  const attempts = attemptsOf(trace, { rules: DEFAULT_RULES }, trace.pages.find(PFN))
  expect(attempts.map(({ outcome, rows }) => `${outcome} ${rows.length}`)).toEqual(['unfinished 3', 'failed 4'])
  const own = attempts.flatMap(({ rows }) => rows.map((row) => isolatedAt(trace, attempts, row)))
  expect(own).toEqual([1, 2, 1, 1, 2, 1, 0])
})

test('what has no stack is not taken for a step of an attempt long before', () => {
  const [attempt] = attemptsIn(`
    sh-9 1 2.0 +1 unless count=3 < ${LOOK}
    sh-9 1 9.0 -1 count=2
  `)
  expect(attempt).toMatchObject({ outcome: 'unfinished', isolated: [1] })
})
