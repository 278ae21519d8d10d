import { expect, test } from 'vitest'
import { type ToldPage } from '../../../src/derive/attribution/finding.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

const FAULT = 'get_page_from_freelist do_anonymous_page handle_mm_fault'
const SPLICE = '__page_ref_mod_unless try_get_folio get_user_pages_fast __do_sys_vmsplice'
const ISOLATE = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const EXIT = '__page_ref_mod_and_test folios_put_refs tlb_finish_mmu exit_mmap'
const ANON = 'mapcount=0 flags=uptodate|lru|swapbacked'

/** A page that a scan meets at 1.9 with one reference more than its mapping, in a range that fails at 2.0. */
function pagesOf(before: string, after = ''): readonly ToldPage[] {
  const { findings } = derive(
    tell(`
      app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
      ${before}
      init-1 1 1.900000 +1 unless count=3 ${ANON} < ${ISOLATE}
      init-1 1 1.900010 -1 count=2 ${ANON} < ${ISOLATE}
      init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
      ${after}
      oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
    `),
  )
  return findings[0].pages
}

test('a get without a stack is named by one of the same task, operation and moment', () => {
  const [page] = pagesOf(`
    cam-6 0 1.500000 +1 unless pfn=0x800 count=2 ${ANON} < ${SPLICE}
    cam-6 0 1.500010 +1 unless count=2 ${ANON}
  `)
  expect(page.culprits[0]).toMatchObject({ comm: 'cam', pid: 6, function: '__do_sys_vmsplice', class: 'io' })
  expect(page.culprits[0].evidence.map(({ text }) => text).join()).toContain('the same task did the same to pfn 0x800')
})

test('what the isolating task does without a stack is part of the attempt, and never its reason', () => {
  const [page] = pagesOf(`
    cam-6  0 1.500000 +1 unless count=2 ${ANON} < ${SPLICE}
    init-1 1 1.800000 +1 unless pfn=0x110 count=2 ${ANON} < ${ISOLATE}
    init-1 1 1.850000 +1 unless count=3 ${ANON}
  `)
  expect(page.culprits.map(({ comm }) => comm)).toEqual(['cam'])
})

test('a lost put does not make a hold doubtful that the count shows over the failure, nor hide how long it was', () => {
  const [page] = pagesOf(
    `cam-6 0 1.500000 +1 unless count=2 ${ANON} < ${SPLICE}`,
    `app-7 0 5.0 -1 count=0 mapcount=-1 < ${EXIT}`,
  )
  expect(page.culprits[0]).toMatchObject({ comm: 'cam', kind: 'long_term' })
  expect(page.culprits[0].confidence).toBeGreaterThan(0.8)
})

test('where the count alone tells of a hold, the only task that mapped the page is suspected and not believed', () => {
  const [page] = pagesOf('')
  expect(page.culprits[0]).toMatchObject({ comm: 'app', pid: 7, kind: 'leak', class: 'unknown', units: 1 })
  expect(page.culprits[0].confidence).toBeLessThan(0.4)
  expect(page.culprits[0].evidence.map(({ text }) => text).join()).toContain('a suspicion, not a finding')
})

test('nobody is suspected when two tasks had mapped the page, nor when the count is as expected', () => {
  const [shared] = pagesOf(`kid-8 0 1.2 +1 count=2 ${ANON} < __page_ref_mod copy_page_range copy_process
    kid-8 0 1.3 -1 count=1 ${ANON} < ${EXIT}`)
  expect(shared.culprits).toEqual([])
  const { findings } = derive(
    tell(`
      app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
      init-1 1 1.900000 +1 unless count=2 ${ANON} < ${ISOLATE}
      init-1 1 1.900010 -1 count=1 ${ANON} < ${ISOLATE}
      init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    `),
  )
  expect(findings[0].pages[0].culprits).toEqual([])
})

test('a reference that is never put is told with the longest silence in which tracing may have been paused', () => {
  const open = `cam-6 0 1.500000 +1 unless count=2 ${ANON} < ${SPLICE}`
  const putText = (after: string): string | undefined =>
    pagesOf(open, after)[0].culprits[0].evidence.find(({ text }) => text.startsWith('no put of it'))?.text
  expect(putText('')).toContain('there is no event at all from 2.000000 to 9.000000')
  const traffic = Array.from(
    { length: 13 },
    (_, at) => `oth-8 0 ${2 + (at + 1) / 2} set 1 pfn=0x${910 + at} < ${FAULT}`,
  )
  expect(putText([...traffic, `oth-8 0 8.7 set 1 pfn=0x950 < ${FAULT}`].join('\n'))).toBe(
    'no put of it by the end of the trace at 9.000000',
  )
})
