import { expect, test } from 'vitest'
import { type Culprit } from '../../../src/derive/attribution/finding.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { CONFIDENT } from '../../../src/cli/eval/score.ts'
import { tell } from '../../support/tell.ts'
import { FAULT, GRAB } from '../../support/told-stacks.ts'

const FUTEX = '__page_ref_mod_unless try_get_folio get_user_pages_fast get_futex_key futex_wait'
const UNFUTEX = '__page_ref_mod_and_test folio_put get_futex_key futex_wait'
const RELEASE = '__page_ref_mod_and_test folio_put leaky_release[leaky] vfs_ioctl'
const SCAN = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const UNSCAN = '__page_ref_mod_and_test isolate_migratepages_block isolate_migratepages_range'
const START = 'init-1 1 1.8 cma_alloc_start: name=reserved count=256 align=0'
const FAILED = 'init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'

function firstAnswer(story: string): Culprit {
  return derive(tell(`${story}\noth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}`)).findings[0].pages[0].culprits[0]
}

/** The count, told of at the scan, with `units` references that no event of the trace took. */
const scanned = (units: number): string => `
  init-1 1 1.9 +1 unless count=${units + 2} mapcount=0 < ${SCAN}
  init-1 1 1.9001 -1 count=${units + 1} mapcount=0 < ${UNSCAN}`

test('who took the page and let go before anybody looked at it is no confident answer', () => {
  const answer = firstAnswer(`
    ${START}
    ftx-5 0 1.85 +1 unless count=3 mapcount=0 < ${FUTEX}
    ftx-5 0 1.851 -1 count=2 mapcount=0 < ${UNFUTEX}
    ${scanned(1)}
    ${FAILED}`)
  expect(answer).toMatchObject({ comm: 'ftx', kind: 'transient' })
  expect(answer.confidence).toBeLessThan(CONFIDENT)
})

test('who has the page for a moment at the failure is no confident answer while the count shows a pin of somebody else', () => {
  const answer = firstAnswer(`
    ${START}
    ${scanned(1024)}
    drv-9 0 1.99 +1 unless count=1026 mapcount=0 < ${GRAB}
    ${FAILED}
    drv-9 0 2.001 -1 count=1025 mapcount=0 < ${RELEASE}`)
  expect(answer).toMatchObject({ comm: 'drv', kind: 'transient', reasons: { over: 1 } })
  expect(answer.confidence).toBeLessThan(CONFIDENT)
})

test('who never let go is no confident answer either while the count shows a pin of somebody else', () => {
  const answer = firstAnswer(`
    ${START}
    ${scanned(1024)}
    drv-9 0 1.99 +1 unless count=1026 mapcount=0 < ${GRAB}
    ${FAILED}`)
  expect(answer).toMatchObject({ comm: 'drv', kind: 'leak', reasons: { over: 1 } })
  expect(answer.confidence).toBeLessThan(CONFIDENT)
})

test('who let go between the look that met the hold and the failure is one', () => {
  const answer = firstAnswer(`
    app-7 0 1.0 set 1 count=1 < ${FAULT}
    drv-9 0 1.2 +1 unless count=2 mapcount=0 < ${GRAB}
    ${START}
    ${scanned(1)}
    drv-9 0 1.95 -1 count=1 mapcount=0 < ${RELEASE}
    ${FAILED}`)
  expect(answer).toMatchObject({ comm: 'drv', kind: 'long_term' })
  expect(answer.confidence).toBeGreaterThanOrEqual(CONFIDENT)
})
