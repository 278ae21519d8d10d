import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findPinnerHolds } from '../../src/queries/pinner-holds.ts'
import { findPinners } from '../../src/queries/pinners.ts'
import { tell } from '../support/tell.ts'

const TEE = '__page_ref_mod do_tee __x64_sys_tee do_syscall_64'

/** Two copies, and before the failure one put by a task that made neither. */
const trace = tell(`
  app-5  0 1.0 set 1 count=1 < get_page_from_freelist do_anonymous_page
  one-6  0 1.1 +1 count=2 < ${TEE}
  two-7  1 1.2 +1 count=3 < ${TEE}
  gone-9 1 1.3 -1 count=2 < __page_ref_mod_and_test free_pipe_info pipe_release __fput
  init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  oth-8  0 9.0 set 1 pfn=0x900 < get_page_from_freelist do_anonymous_page
`)
const derived = derive(trace)
const CHOICE = { thresholdNs: 300_000_000, includeExpected: false, filter: '' }
const ASKED = { ...CHOICE, sort: 'total', isDescending: true, offset: 0, limit: 9 } as const

test('each of two holds that a range does not separate is among the pinners, as one of two', () => {
  const anyOf = derived.findings[0].pages[0].culprits.map((culprit) => culprit.anyOf)
  expect(anyOf).toEqual([2, 2])
  const tasks = findPinners(trace, derived, { ...ASKED, grouping: 'task' }).rows
  expect(new Map(tasks.map((row) => [row.title, row.anyOf]))).toEqual(
    new Map([
      ['one-6', 2],
      ['two-7', 2],
    ]),
  )
  const [row] = findPinners(trace, derived, ASKED).rows
  const { rows } = findPinnerHolds(trace, derived, { ...CHOICE, stackHash: row.stack.hash, offset: 0, limit: 9 })
  expect(rows.map((hold) => hold.anyOf)).toEqual([2, 2])
})

test('the one whose put may be the other’s is no short hold; a short one that is told apart stays hidden', () => {
  const { hidden, sums } = findPinners(trace, derived, ASKED)
  expect([sums.holds, hidden.short]).toEqual([2, 0])
  const apart = tell(`
    app-5 0 1.0 set 1 count=1 < get_page_from_freelist do_anonymous_page
    one-6 0 1.1 +1 count=2 < ${TEE}
    one-6 0 1.2 -1 count=1 < __page_ref_mod_and_test free_pipe_info pipe_release __fput
    oth-8 0 9.0 set 1 pfn=0x900 < get_page_from_freelist do_anonymous_page
  `)
  expect(findPinners(apart, derive(apart), ASKED)).toMatchObject({ rows: [], hidden: { short: 1 } })
})
