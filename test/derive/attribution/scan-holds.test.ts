import { describe, expect, test } from 'vitest'
import { type ToldPage } from '../../../src/derive/attribution/finding.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

const LOOK = 'isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range'
const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'

/** A page that is looked at, and looked at again, in one attempt that fails at 2.0. */
function pageOf(first: string, between: string, last = ''): ToldPage {
  const trace = tell(`
    app-7  0 1.0 set 1 count=1 < do_anonymous_page handle_mm_fault
    init-1 1 1.4 cma_alloc_start: name=reserved count=256 align=0
    ${first}
    ${between}
    ${last}
    init-1 1 2.0 ${FAILED}
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  return derive(trace).findings[0].pages[0]
}

function look(time: number, count: number): string {
  return `
    init-1 1 ${time.toFixed(2)} +1 unless count=${count + 1} < ${LOOK}
    init-1 1 ${(time + 0.01).toFixed(2)} -1 count=${count} < ${LOOK}
  `
}

const ONE = 'cam-6 0 1.45 +1 count=2 < cam_queue[cam]'
const ONE_PUT = 'cam-6 0 1.70 -1 count=1 < cam_done[cam]'
const OTHER = 'cam-6 0 1.80 +1 count=2 < cam_map[cam]'

function wordsOf(page: ToldPage): string {
  return page.evidence.map(({ text }) => text).join('\n')
}

describe('a scan and a failure', () => {
  test('that met two different holds are told apart, with both', () => {
    const words = wordsOf(pageOf(ONE, look(1.5, 2), [ONE_PUT, OTHER].join('\n')))
    expect(words).toContain('the scan at 1.500000 and the failure met different holds')
    expect(words).toContain('cam-6 in cam_queue [cam] from 1.450000, put at 1.700000')
    expect(words).toContain('cam-6 in cam_map [cam] from 1.800000')
  })

  test('that met one hold say nothing of the kind', () => {
    expect(wordsOf(pageOf(ONE, look(1.5, 2)))).not.toContain('different holds')
  })

  test('count the scan as a proof for a hold that it met, and not for one that began later', () => {
    const proofOf = (page: ToldPage): string | undefined =>
      page.culprits[0].evidence.find(({ text }) => text.startsWith('isolation by'))?.text
    expect(proofOf(pageOf(ONE, look(1.5, 2)))).toMatch(/mapcount=-?\d+ \((?:not )?mapped[^,]*\)$/)
    expect(proofOf(pageOf(ONE, look(1.5, 2), [ONE_PUT, OTHER].join('\n')))).toMatch(/, before this hold began$/)
  })

  test('of which a later try met the hold of the failure say nothing either', () => {
    const page = pageOf(ONE, look(1.5, 2), [ONE_PUT, OTHER, look(1.9, 2)].join('\n'))
    expect(wordsOf(page)).not.toContain('different holds')
  })

  test('of which an earlier try alone met the hold still name its holder', () => {
    const page = pageOf(ONE, look(1.5, 2), [ONE_PUT, look(1.9, 1)].join('\n'))
    expect(page.culprits.map((culprit) => culprit.function)).toEqual(['cam_queue'])
  })
})

test('a page that the kernel did not name, and whose hold the scan met, is listed though the hold ended before the failure', () => {
  const other = 0x110
  const story = (last: string): string => `
    cam-6  0 1.0 set 1 pfn=0x110 count=1 < do_anonymous_page handle_mm_fault
    cam-6  0 1.1 +1 pfn=0x110 count=2 < cam_queue[cam]
    init-1 1 1.4 cma_alloc_start: name=reserved count=256 align=0
    init-1 1 1.5 +1 unless pfn=0x110 count=3 < ${LOOK}
    init-1 1 1.51 -1 pfn=0x110 count=2 < ${LOOK}
    cam-6  0 1.8 -1 pfn=0x110 count=1 < cam_done[cam]
    ${last}
    init-1 1 2.0 ${FAILED}
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `
  const listed = (text: string): readonly number[] =>
    derive(tell(text))
      .findings[0].pages.filter((page) => !page.isNamed)
      .map((page) => page.pfn)
  expect(listed(story(''))).toEqual([other])
  const movedLater = `
    init-1 1 1.9 +1 unless pfn=0x110 count=2 < ${LOOK}
    init-1 1 1.91 -2 pfn=0x110 count=0 < migrate_pages_batch
  `
  expect(listed(story(movedLater))).toEqual([])
})
