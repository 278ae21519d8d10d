/** Stacks of 6.12, leaf first, as `tell` reads them. */
export const STACKS = {
  fault:
    '__page_ref_set prep_new_page get_page_from_freelist __alloc_pages_noprof vma_alloc_folio_noprof do_anonymous_page __handle_mm_fault handle_mm_fault exc_page_fault asm_exc_page_fault',
  lruAdd: '__page_ref_mod folio_add_lru folio_add_lru_vma do_anonymous_page __handle_mm_fault handle_mm_fault',
  lruDrain:
    '__page_ref_mod_and_test folios_put_refs folio_batch_move_lru lru_add_drain_cpu lru_add_drain_per_cpu process_one_work',
  fork: '__page_ref_mod copy_page_range copy_mm copy_process kernel_clone __do_sys_clone',
  exit: '__page_ref_mod_and_test folios_put_refs free_pages_and_swap_cache tlb_batch_pages_flush tlb_finish_mmu exit_mmap __mmput do_exit',
  cacheAlloc:
    '__page_ref_set prep_new_page get_page_from_freelist __alloc_pages_noprof folio_alloc_noprof page_cache_ra_unbounded',
  cacheAdd: '__page_ref_mod __filemap_add_folio filemap_add_folio page_cache_ra_unbounded filemap_read',
  cacheGet: '__page_ref_mod_unless filemap_get_read_batch filemap_get_pages filemap_read vfs_read ksys_read',
  cachePut: '__page_ref_mod_and_test filemap_read vfs_read ksys_read',
  walk: '__page_ref_mod_unless page_idle_get_folio page_idle_bitmap_read sysfs_kf_bin_read',
  walked: '__page_ref_mod_and_test folio_put page_idle_bitmap_read sysfs_kf_bin_read',
  scan: '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range alloc_contig_range_noprof __cma_alloc',
  unscan: '__page_ref_mod_and_test isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range',
  unmap: '__page_ref_mod_and_test try_to_migrate_one rmap_walk_anon try_to_migrate migrate_pages_batch migrate_pages',
  remap: '__page_ref_mod remove_migration_pte rmap_walk_anon remove_migration_ptes migrate_pages_batch migrate_pages',
  freeze:
    '__page_ref_freeze __folio_migrate_mapping __migrate_folio.constprop.0 migrate_folio_move migrate_pages_batch',
  migrated: '__page_ref_mod_and_test migrate_folio_done migrate_folio_move migrate_pages_batch migrate_pages',
  test: 'test_pages_isolated alloc_contig_range_noprof __cma_alloc cma_alloc_write',
} as const

/** A way to hold a page: how many references at once, by which events, and under which name it should be found. */
export interface HolderStyle {
  readonly function: string
  /** Operations of the get, in order, each with its stack. */
  readonly get: readonly (readonly [operation: string, stack: string])[]
  readonly put: readonly [operation: string, stack: string]
  /** Task of the put; the holder's own when absent. */
  readonly putTask?: string
}

const PIN_FAST = '__page_ref_mod_unless try_get_folio try_grab_folio_fast gup_fast_fallback pin_user_pages_fast'

/** Holders of each kind that behave differently in a trace. */
export const HOLDER_STYLES: readonly HolderStyle[] = [
  {
    function: 'grab_frame',
    get: [
      ['+1 unless', '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast grab_frame[grabber]'],
    ],
    put: ['-1', '__page_ref_mod_and_test folio_put release_frame[grabber] grabber_ioctl[grabber]'],
  },
  {
    function: '__do_sys_vmsplice',
    get: [
      [
        '+1 unless',
        '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast __iov_iter_get_pages_alloc iov_iter_get_pages2 __do_sys_vmsplice',
      ],
    ],
    put: ['-1', '__page_ref_mod_and_test page_cache_pipe_buf_release free_pipe_info pipe_release __fput'],
  },
  {
    function: 'aio_read',
    get: [
      ['+1 unless', `${PIN_FAST} iov_iter_extract_pages bio_iov_iter_get_pages blkdev_direct_IO aio_read`],
      [
        '+1023',
        `__page_ref_mod try_grab_folio_fast gup_fast_fallback pin_user_pages_fast iov_iter_extract_pages aio_read`,
      ],
    ],
    put: ['-1024', '__page_ref_mod_and_test gup_put_folio __bio_release_pages blk_update_request asm_common_interrupt'],
    putTask: '<idle>-0',
  },
  {
    function: 'capture_queue',
    get: [
      ['+1024', '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages pin_user_pages capture_queue[capture]'],
    ],
    put: [
      '-1024',
      '__page_ref_mod_and_test gup_put_folio unpin_user_pages capture_done_work[capture] process_one_work',
    ],
    putTask: 'kworker/1:2-31',
  },
  {
    function: 'io_sqe_buffer_register',
    get: [
      [
        '+1024',
        '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages pin_user_pages io_pin_pages io_sqe_buffer_register',
      ],
    ],
    put: ['-1024', '__page_ref_mod_and_test gup_put_folio io_buffer_unmap io_sqe_buffers_unregister io_ring_ctx_free'],
    putTask: 'kworker/u4:1-33',
  },
  {
    function: '__zerocopy_sg_from_iter',
    get: [
      [
        '+1 unless',
        '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast iov_iter_get_pages2 __zerocopy_sg_from_iter skb_zerocopy_iter_stream',
      ],
    ],
    put: ['-1', '__page_ref_mod_and_test skb_release_data __kfree_skb tcp_clean_rtx_queue handle_softirqs'],
    putTask: 'ksoftirqd/0-16',
  },
]

/** `tee`: the reference of a pipe's buffer is copied to another pipe. */
export const COPY_STYLE: HolderStyle = {
  function: 'do_tee',
  get: [['+1', '__page_ref_mod generic_pipe_buf_get do_tee __x64_sys_tee']],
  put: ['-1', '__page_ref_mod_and_test page_cache_pipe_buf_release free_pipe_info pipe_release __fput'],
}
