import { expect, test } from 'vitest'
import { held } from '../../support/held.ts'

const FAULT = 'get_page_from_freelist do_anonymous_page handle_mm_fault'
const UNSPLICE = '__page_ref_mod_and_test page_cache_pipe_buf_release free_pipe_info pipe_release'
const ISOLATE = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const UNISOLATE = '__page_ref_mod_and_test isolate_migratepages_block isolate_migratepages_range'
const EXIT = '__page_ref_mod_and_test folios_put_refs tlb_finish_mmu exit_mmap'

test('a put without a stack at which a mapping goes gives the mapping back, not the same task’s own get', () => {
  expect(
    held(`
      app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
      app-7 0 1.1 +1 count=2 mapcount=0
      app-7 0 2.0 -1 count=1 mapcount=-1
      app-7 0 3.0 -1 count=0 mapcount=-1 < ${UNSPLICE}
    `),
  ).toEqual(['allocation 1 app-7 1.000000 -> 2.000000', 'io 1 app-7 1.100000 -> 3.000000'])
})

test('a get without a stack after which the page is mapped once more is a mapping’s', () => {
  expect(
    held(`
      app-7 0 1.0 +1 count=3 mapcount=0
      drv-9 0 1.1 +1 count=4 mapcount=1
      app-8 0 1.2 -1 count=3 mapcount=0 < ${EXIT}
    `),
  ).toEqual(['mapping 1 app-7 1.000000 -> 1.200000', 'unknown 1 drv-9 1.100000 -> ...'])
})

test('an isolating task without a stack puts back what it isolated, not what another task holds', () => {
  expect(
    held(`
      app-7  0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
      app-7  0 1.5 +1 unless count=2 mapcount=0
      init-1 1 2.000000 +1 unless count=3 mapcount=0 < ${ISOLATE}
      init-1 1 2.000010 -1 count=2 mapcount=0
      init-1 1 2.100000 +1 unless count=3 mapcount=0
      init-1 1 2.100010 -1 count=2 mapcount=0 < ${UNISOLATE}
      app-7  0 3.0 -1 count=1 mapcount=0 < ${UNSPLICE}
    `),
  ).toEqual([
    'allocation 1 app-7 1.000000 -> ...',
    'io 1 app-7 1.500000 -> 3.000000',
    'migration 1 init-1 2.000000 -> 2.000010',
    'migration 1 init-1 2.100000 -> 2.100010',
  ])
})

test('the batch of the LRU that a fault fills is known without a stack, by its place after the birth', () => {
  expect(
    held(`
      app-7 0 1.000000 set 1 count=1 mapcount=-1 flags=none < ${FAULT}
      app-7 0 1.000010 +1 count=2 mapcount=0 flags=uptodate|swapbacked
      kwk-5 0 1.100000 -1 count=1 mapcount=0 flags=uptodate|lru|swapbacked
    `),
  ).toEqual(['allocation 1 app-7 1.000000 -> ...', 'lru 1 app-7 1.000010 -> 1.100000'])
})

test('a get without a stack by which an unmapped page joins the cache is the cache’s', () => {
  expect(
    held(`
      app-7 0 1.000000 set 1 count=1 mapcount=-1 mapping=(nil)
      app-7 0 1.000010 +1 count=2 mapcount=-1 mapping=(nil)
      app-7 0 1.000020 +1 count=3 mapcount=-1 mapping=00000000aabbccdd
    `),
  ).toContain('page_cache 1 app-7 1.000010 -> ...')
})

test('a page that stays mapped keeps the reference of its fault, whoever else lets go', () => {
  expect(
    held(`
      app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
      app-7 0 2.0 -1 count=1 mapcount=0 < ${UNSPLICE}
      app-7 0 3.0 -1 count=0 mapcount=-1 < ${EXIT}
    `),
  ).toEqual(['allocation 1 app-7 1.000000 -> 3.000000', 'io 1 app-7 ... -> 2.000000'])
})

test('a get without a stack after which the page has private data is the private data’s, not a batch’s', () => {
  expect(
    held(`
      tar-9 0 1.000000 set 1 count=1 mapcount=-1 flags=none mapping=0x0 < get_page_from_freelist __filemap_get_folio
      tar-9 0 1.000010 +1 count=2 mapcount=-1 flags=locked mapping=0xabc
      tar-9 0 1.000020 +1 count=3 mapcount=-1 flags=locked mapping=0xabc
      tar-9 0 1.000030 -1 count=2 mapcount=-1 flags=private mapping=0xabc < __getblk_slow bdev_getblk
    `),
  ).toEqual([
    'allocation 1 tar-9 1.000000 -> 1.000030',
    'lru 1 tar-9 1.000010 -> ...',
    'page_cache 1 tar-9 1.000020 -> ...',
  ])
})

test('a put without a stack at which the private data has gone gives its reference back', () => {
  expect(
    held(`
      tar-9 0 1.0 +1 count=3 flags=locked mapping=0xabc < __page_ref_mod create_empty_buffers ext4_write_begin
      tar-9 0 1.1 +1 unless count=4 flags=lru|private mapping=0xabc < __page_ref_mod_unless filemap_get_entry filemap_read
      ksw-3 0 1.2 -1 count=3 flags=lru mapping=0xabc
    `),
  ).toEqual(['page_cache 1 tar-9 1.000000 -> 1.200000', 'io 1 tar-9 1.100000 -> ...'])
})

test('a page that is not on the LRU has not been put there by the drain of a batch', () => {
  expect(
    held(`
      tar-9 0 1.000000 +1 count=3 flags=locked mapping=0xabc < __page_ref_mod __folio_batch_add_and_move filemap_add_folio
      tar-9 0 1.000010 +1 unless count=4 flags=uptodate mapping=0xabc < __page_ref_mod_unless filemap_get_entry filemap_read
      tar-9 0 1.000020 -1 count=3 flags=uptodate mapping=0xabc
      kwk-5 0 1.100000 -1 count=2 flags=uptodate|lru mapping=0xabc
    `),
  ).toEqual(['lru 1 tar-9 1.000000 -> 1.100000', 'io 1 tar-9 1.000010 -> 1.000020'])
})

test('a mapping from before the trace is due as well: a put without a stack may give a mapping back while it is', () => {
  expect(
    held(`
      app-7 0 1.0 +1 unless count=2 mapcount=1 < __page_ref_mod_unless try_get_folio iov_iter_get_pages2 __do_sys_vmsplice
      app-7 0 2.0 +1 count=3 mapcount=1 < __page_ref_mod copy_present_ptes copy_pte_range copy_page_range
      kwk-5 0 3.0 +1 count=4 mapcount=2 < __page_ref_mod do_wp_page handle_mm_fault
      kwk-5 0 3.1 -1 count=3 mapcount=1 < __page_ref_mod_and_test do_wp_page handle_mm_fault
      kwk-5 0 3.2 -1 count=2 mapcount=1
    `),
  ).toEqual([
    'io 1 app-7 1.000000 -> ...',
    'mapping 1 app-7 2.000000 -> 3.200000',
    'mapping 1 kwk-5 3.000000 -> 3.100000',
  ])
})
