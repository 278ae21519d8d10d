import { expect, test } from 'vitest'
import { attemptsInWindow } from '../../src/queries/timeline-attempts.ts'
import { PFN } from '../support/tell.ts'
import { toldCapture } from '../support/told-capture.ts'

const MIGRATE = '__page_ref_freeze folio_migrate_mapping migrate_pages_batch migrate_pages'

test('what an attempt expected and found is of the refusal that says how many were too many', () => {
  const { trace, derived } = toldCapture(`
    cat-7 0 1.0 set 1 count=1 < filemap_add_folio page_cache_ra_unbounded
    drv-9 0 1.2 +1 unless count=3 flags=uptodate|lru < __page_ref_mod_unless leaky_grab[leaky] vfs_ioctl
    init-1 1 2.0 +1 unless count=4 flags=uptodate|lru < __page_ref_mod_unless isolate_migratepages_block
    init-1 1 2.4 freeze 2 refused count=4 flags=uptodate|lru < ${MIGRATE}
    drv-9 0 2.45 -2 count=2 flags=uptodate|lru < __page_ref_mod_and_test leaky_put[leaky] vfs_ioctl
    init-1 1 2.5 freeze 2 refused count=2 flags=uptodate|lru < ${MIGRATE}
    init-1 1 2.6 -1 count=1 flags=uptodate|lru < __page_ref_mod_and_test folio_putback_lru putback_movable_pages
    cat-7 0 9.0 set 1 pfn=0x900
  `)
  const page = trace.pages.find(PFN)
  const [attempt] = attemptsInWindow(trace, derived, page, { from: 0, to: Number.MAX_SAFE_INTEGER }).shown
  expect(attempt).toMatchObject({ excess: 2, refusal: { by: 'migration', times: 2, expected: 2, found: 4 } })
})
