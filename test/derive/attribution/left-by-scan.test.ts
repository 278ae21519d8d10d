import { expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

const LOOK = 'isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range'

/** A CMA attempt on [0x100, 0x200) that a pinned page 0x100 fails, with another page of the range before it. */
function listed(other: string): readonly string[] {
  const trace = tell(`
    cam-6  0 1.0 set 1 count=1 flags=none mapcount=-1 < do_anonymous_page
    cam-6  0 1.1 +1 count=2 flags=uptodate|lru mapcount=0 < cam_queue[cam]
    ${other}
    init-1 1 1.4 cma_alloc_start: name=reserved count=256 align=0
    init-1 1 1.5 +1 unless count=3 flags=uptodate|lru mapcount=0 < ${LOOK}
    init-1 1 1.51 -1 count=2 flags=uptodate|lru mapcount=0 < ${LOOK}
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  return derive(trace).findings[0].pages.map((page) => `${page.pfn.toString(16)} ${page.verdict}`)
}

test("a driver's own page that the scan left alone is listed beside the page that the kernel names", () => {
  const own = 'grab-9 1 1.2 set 1 pfn=0x180 count=1 flags=none mapcount=-1 < vpu_grab[vpu]'
  expect(listed(own)).toEqual(['100 held', '180 unmovable'])
})

test('a page that was put on an LRU list, looked at, freed or allocated meanwhile is not', () => {
  const born = 'app-9 1 1.2 set 1 pfn=0x180 count=1 flags=none mapcount=-1 < do_anonymous_page'
  const added = 'app-9 1 1.3 +1 pfn=0x180 count=2 flags=uptodate mapcount=-1 < folio_add_lru'
  const looked = `init-1 1 1.6 +1 unless pfn=0x180 count=2 flags=none mapcount=-1 < ${LOOK}`
  const freed = 'app-9 1 1.3 -1 pfn=0x180 count=0 flags=none mapcount=-1 < __free_pages'
  const late = 'app-9 1 1.45 set 1 pfn=0x180 count=1 flags=none mapcount=-1 < do_anonymous_page'
  const cmaPage = born.replace('do_anonymous_page', 'alloc_contig_range_noprof cma_alloc')
  for (const story of [cmaPage, `${born}\n${added}`, `${born}\n${looked}`, `${born}\n${freed}`, late]) {
    expect(listed(story)).toEqual(['100 held'])
  }
})
