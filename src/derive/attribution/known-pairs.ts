import { BUFFER_FRAMES, LRU_BATCH_FRAMES, MLOCK_BATCH_FRAMES } from './class-rules.ts'

/** One known pair: references that such a stack takes are given back by such a stack. Plain data, as in a rule file. */
export interface KnownPair {
  /** `pair-` and lower case, digits or dashes; unique, and never the id of a rule. */
  readonly id: string
  /** Regular expressions for the stack that takes: any frame of it fits one as a whole name, without compiler suffixes. */
  readonly get: readonly string[]
  /** The same for the stack that gives back. */
  readonly put: readonly string[]
  /** True for stacks that name a module each, and the same one; modules of file systems are none. */
  readonly isSameModule?: boolean
  /** Why the one answers the other. */
  readonly reason: string
  /** Where the kernel does both. */
  readonly source: string
}

/** Version of the pairs below: goes up with every change of meaning. */
export const KNOWN_PAIRS_VERSION = 2

/** Every known pair has it before its id, no rule has: one switch, one link and one option serve both. */
export const PAIR_ID_PREFIX = 'pair-'

/** Functions that unmap a page, at once or through the batch of a TLB flush. */
const UNMAP_FRAMES: readonly string[] = [
  'zap_(?:p[4mugte]+d?_range|present_p\\w+|huge_p[mu]d|page_range\\w*|vma_\\w+)',
  'unmap_(?:page_range|vmas|region|single_vma)',
  'vms_\\w+', // from 6.12
  'exit_mmap',
  'tlb_(?:flush_mmu\\w*|finish_mmu|batch_pages_flush)',
  '__tlb_batch_free_encoded_pages', // from 6.10
  'free_pages?_and_swap_cache',
  'do_wp_page',
  'wp_page_copy',
  '(?:try_to_unmap|try_to_migrate)(?:_one)?',
  'madvise_free_\\w+',
  '__unmap_hugepage_range\\w*',
  'hugetlb_wp',
]

/** Functions that look a page up in the page cache and return it with a reference. */
const LOOK_UP_FRAMES: readonly string[] = [
  '(?:__)?filemap_get_\\w+',
  'find_(?:get|lock)_\\w+',
  'pagecache_get_page',
  'grab_cache_page\\w*', // until 6.16
  'shmem_get_folio\\w*',
  'shmem_getpage\\w*', // until 5.19
]

/**
 * Known pairs, which are a prior for matching a put with its get; see `PairModel`. A stack may fit several. Names are of
 * 6.1 and 6.12; those of other releases say so.
 */
export const KNOWN_PAIRS: readonly KnownPair[] = [
  {
    id: 'pair-foll-pin',
    get: [
      'pin_user_pages?\\w*',
      'memfd_pin_folios', // from 6.11
      'iov_iter_extract_(?:user_)?pages', // from 6.3
    ],
    put: [
      'unpin_user_(?:pages?|folio)\\w*',
      'unpin_folios?', // from 6.11
      'bio_release_page', // from 6.5
    ],
    reason: 'who pinned with FOLL_PIN unpins',
    source: 'mm/gup.c pin_user_pages(), unpin_user_pages()',
  },
  {
    id: 'pair-driver-module',
    get: ['\\w[\\w.]*'],
    put: ['\\w[\\w.]*'],
    isSameModule: true,
    reason: 'what a driver took, by get_user_pages() or another way, the same driver drops',
    source: 'Documentation/core-api/pin_user_pages.rst, include/linux/mm.h put_page()',
  },
  {
    id: 'pair-pipe',
    get: [
      '__do_sys_vmsplice',
      'vmsplice_to_pipe',
      'iter_to_pipe',
      'generic_pipe_buf_get',
      'link_pipe',
      'do_tee',
      'splice_pipe_to_pipe',
      'splice_folio_into_pipe', // from 6.3
      'copy_page_to_iter_pipe', // until 6.4
    ],
    put: [
      '(?:generic|page_cache|anon)_pipe_buf_release',
      'pipe_buf_release',
      'pipe_(?:read|release|clear_nowait)',
      'put_pipe_info',
      'free_pipe_info',
      'iter_file_splice_write',
      '__splice_from_pipe',
      'splice_from_pipe_\\w+',
      'splice_to_socket', // from 6.5
    ],
    reason: 'a page stands in a pipe until its buffer is read, spliced on or closed',
    source: 'fs/splice.c iter_to_pipe(), link_pipe(), fs/pipe.c generic_pipe_buf_get(), generic_pipe_buf_release()',
  },
  {
    id: 'pair-splice-look-up',
    get: LOOK_UP_FRAMES,
    put: [
      'filemap_splice_read', // from 6.3
      'shmem_file_splice_read', // from 6.5
      'generic_file_splice_read', // until 6.4
      'splice_file_to_pipe',
    ],
    reason: 'splice lets go of what it looked up once the pipe has a reference of its own',
    source: 'mm/filemap.c filemap_splice_read(), mm/shmem.c shmem_file_splice_read()',
  },
  {
    id: 'pair-socket-buffer',
    get: [
      'skb_zerocopy\\w*',
      '(?:__)?zerocopy_sg_from_iter',
      'zerocopy_fill_skb_from_iter', // from 6.9
      'tcp_sendmsg(?:_locked)?',
      'tcp_sendpage(?:_locked)?', // until 6.4
      'do_tcp_sendpages', // until 6.4
      'skb_splice_from_iter', // from 6.5
      '(?:__)?skb_frag_ref',
      'skb_append_pagefrags',
      '__ip6?_append_data',
      'ip_append_page', // until 6.4
      'unix_stream_(?:sendpage|sendmsg)',
      'tpacket_fill_skb',
    ],
    put: [
      'skb_release_(?:data|all)',
      '(?:__)?skb_frag_unref',
      '(?:__)?kfree_skb\\w*',
      'skb_free_\\w+',
      '(?:napi_)?consume_skb',
      '__consume_stateless_skb',
      'napi_(?:frags_finish|frags_skb|gro_\\w+)',
      'tcp_(?:ack|clean_rtx_queue|write_queue_purge|rtx_queue_\\w+)',
      'skb_copy_ubufs',
      '__pskb_pull_tail',
      '___pskb_trim',
      'skb_shift',
    ],
    reason: 'a fragment of a socket buffer keeps its page until the buffer is freed',
    source: 'net/core/skbuff.c skb_zerocopy_iter_stream(), skb_release_data()',
  },
  {
    id: 'pair-socket-message',
    get: ['sk_msg_\\w+', 'tls_\\w+', 'af_alg_(?:make_sg|sendmsg)', 'rds_message_\\w+'],
    put: ['sk_msg_\\w+', 'tls_\\w+', 'af_alg_free_\\w+', 'rds_message_\\w+'],
    reason: 'the scatter list of a socket message keeps its pages until it is sent and freed',
    source: 'net/core/skmsg.c sk_msg_zerocopy_from_iter(), sk_msg_free(), crypto/af_alg.c af_alg_free_sg()',
  },
  {
    id: 'pair-bio',
    get: [
      '(?:__)?bio_iov_iter_get_pages',
      'bio_map_user_iov',
      'blk_rq_map_user\\w*',
      'iomap_dio_\\w+',
      '(?:__)?blkdev_direct_IO\\w*',
    ],
    put: [
      '(?:__)?bio_release_pages',
      'bio_release_page', // from 6.5
      'bio_check_pages_dirty',
      'bio_dirty_fn',
      'bio_unmap_user', // until 5.5
      'blk_rq_unmap_user',
      'blkdev_bio_end_io\\w*',
      'iomap_dio_bio_end_io',
    ],
    reason: 'the pages of a direct read or write are released when its bio ends, often by whoever takes the interrupt',
    source: 'block/bio.c bio_iov_iter_get_pages(), __bio_release_pages(), block/blk-map.c, fs/iomap/direct-io.c',
  },
  {
    id: 'pair-bio-integrity',
    get: ['bio_integrity_map_user'], // from 6.8
    put: ['bio_integrity_(?:unpin_bvec|unmap_user|free_user|uncopy_user)'],
    reason: 'protection data that a program handed over with a request goes with the bio',
    source: 'block/bio-integrity.c bio_integrity_map_user(), bio_integrity_unpin_bvec()',
  },
  {
    id: 'pair-direct-io',
    get: [
      'dio_refill_pages',
      'dio_(?:get|pin)_page',
      'dio_(?:new_bio|send_cur_page|zero_block)',
      'submit_page_section',
      'do_direct_IO',
      '__blockdev_direct_IO',
      'do_blockdev_direct_IO', // until 5.19
    ],
    put: [
      'dio_(?:bio_complete|bio_end_\\w+|bio_reap|await_completion|cleanup|complete|unpin_page|aio_complete_work)',
      'dio_bio_submit',
      'do_direct_IO',
      '__blockdev_direct_IO',
      'do_blockdev_direct_IO', // until 5.19
      'bio_check_pages_dirty',
      'bio_dirty_fn',
      '(?:__)?bio_release_pages',
    ],
    reason: 'direct I/O by buffer heads keeps the pages until its bios are complete',
    source: 'fs/direct-io.c dio_refill_pages(), dio_bio_complete(), dio_cleanup()',
  },
  {
    id: 'pair-aio',
    get: ['aio_(?:read|write)', '(?:__)?io_submit_one'],
    put: [
      'aio_complete(?:_rw)?',
      'iocb_put',
      'dio_(?:bio_end_aio|aio_complete_work|complete)',
      'iomap_dio_(?:bio_end_io|complete\\w*)',
      'blkdev_bio_end_io_async',
      '(?:__)?bio_release_pages',
      'bio_check_pages_dirty',
      'bio_dirty_fn',
    ],
    reason: 'the buffer of an asynchronous request is let go when the request completes, never by who submitted it',
    source: 'fs/aio.c aio_read(), aio_complete_rw(), block/fops.c blkdev_bio_end_io_async()',
  },
  {
    id: 'pair-aio-ring',
    get: ['aio_setup_ring', 'ioctx_alloc'],
    put: ['aio_free_ring', 'free_ioctx'],
    reason: 'the ring of completed events keeps its pages until its context is destroyed',
    source: 'fs/aio.c aio_setup_ring(), aio_free_ring()',
  },
  {
    id: 'pair-io-uring-buffers',
    get: ['io_sqe_buffers?_register', 'io_pin_pages', '__io_sqe_buffers_update'],
    put: [
      'io_rsrc_buf_put', // until 6.12
      'io_buffer_unmap',
      '(?:__)?io_sqe_buffers_unregister',
      'io_(?:rsrc_put_work|rsrc_node_\\w+)',
      'io_free_rsrc_node', // from 6.13
      'io_release_ubuf', // from 6.15
      'io_pages_(?:unmap|free)',
      'io_free_region', // from 6.13
      'io_rings_free',
      'io_(?:put_bl|destroy_buffers|unregister_pbuf_ring)',
      '__io_remove_buffers',
      'io_ring_ctx_free',
      'io_ring_exit_work',
    ],
    reason: 'registered buffers and rings are let go when they are unregistered or the ring is closed',
    source: 'io_uring/rsrc.c io_sqe_buffer_register(), io_buffer_unmap(), io_uring/memmap.c io_pages_free()',
  },
  {
    id: 'pair-lru-batch',
    get: LRU_BATCH_FRAMES,
    put: [
      ...LRU_BATCH_FRAMES,
      'folio_batch_move_lru', // from 6.0
      'lru_add_drain\\w*',
      'lru_add_and_bh_lrus_drain',
      'lru_cache_disable',
    ],
    reason: 'a per-CPU batch of the LRU lets go when it is drained, by whoever fills it up or drains them all',
    source: 'mm/swap.c folio_add_lru(), folio_batch_move_lru(), lru_add_drain_cpu()',
  },
  {
    id: 'pair-mlock-batch',
    get: MLOCK_BATCH_FRAMES,
    put: [...MLOCK_BATCH_FRAMES, 'mlock_folio_batch'],
    reason: 'a per-CPU batch of mlock lets go when it is drained',
    source: 'mm/mlock.c mlock_folio(), mlock_folio_batch()',
  },
  {
    id: 'pair-lru-isolation',
    get: [
      'isolate_(?:lru_)?folios',
      'isolate_lru_pages', // until 5.19
      'shrink_(?:in)?active_list',
      'evict_folios',
      'scan_folios',
    ],
    put: [
      'move_folios_to_lru',
      'move_pages_to_lru', // until 5.19
      'putback_inactive_pages', // until 5.0
      'shrink_(?:in)?active_list',
      'shrink_(?:folio|page)_list',
      'evict_folios',
      'reclaim_(?:pages|folio_list)',
      'free_unref_folios', // from 6.10
      'free_unref_page_list', // until 6.9
    ],
    reason: 'reclaim puts back what it took off the LRU and could not free',
    source: 'mm/vmscan.c isolate_lru_folios(), move_folios_to_lru()',
  },
  {
    id: 'pair-isolation',
    get: [
      'folio_isolate_lru',
      'isolate_lru_page', // until 6.7
      'isolate_migratepages\\w*',
      'isolate_movable_page',
      'isolate_hugetlb',
      'do_migrate_range',
      'add_(?:page|folio)_for_migration',
      'queue_(?:pages|folios)_\\w+',
      'numamigrate_isolate_\\w+', // until 6.10
      'migrate_misplaced_\\w+',
    ],
    put: [
      'folio_putback_\\w+',
      'putback_lru_page', // until 6.7
      'putback_(?:movable_\\w+|active_hugepage)',
      'do_migrate_range',
      'migrate_pages\\w*',
      'migrate_folio_(?:undo_\\w+|done|move|unmap)',
      'unmap_and_move\\w*',
      'migrate_misplaced_\\w+',
    ],
    reason: 'who isolates a page to migrate it puts it back, or lets it go once it has moved',
    source: 'mm/compaction.c isolate_migratepages_block(), mm/migrate.c putback_movable_pages(), migrate_folio_done()',
  },
  {
    id: 'pair-migrate-vma',
    get: ['migrate_vma_\\w+', 'migrate_device_\\w+'],
    put: ['migrate_vma_\\w+', 'migrate_device_\\w+', '__migrate_device_\\w+'],
    reason: 'migration to or from a device lets go of what it collected when it is done',
    source: 'mm/migrate_device.c migrate_vma_collect_pmd(), migrate_vma_finalize()',
  },
  {
    id: 'pair-cache-read',
    get: ['filemap_get_(?:pages|read_batch|folio)', 'filemap_read', 'shmem_get_folio\\w*', 'shmem_file_read_iter'],
    put: ['filemap_read', 'shmem_file_read_iter', 'filemap_read_folio', 'read_cache_\\w+'],
    reason: 'a read keeps the pages of the page cache while it copies from them',
    source: 'mm/filemap.c filemap_get_pages(), filemap_read()',
  },
  {
    id: 'pair-cache-write',
    get: ['\\w*write_begin', 'iomap_(?:get_folio|write_\\w+)', 'shmem_write_\\w+'],
    put: ['\\w*write_end', 'iomap_write_\\w+', 'generic_perform_write', '__iomap_put_folio'],
    reason: 'a write keeps the page of the page cache from its begin to its end',
    source: 'fs/buffer.c block_write_begin(), generic_write_end(), fs/iomap/buffered-io.c',
  },
  {
    id: 'pair-writeback',
    get: ['write_cache_pages', 'writeback_iter', 'mpage_prepare_extent_to_map', 'filemap_get_folios_tag'],
    put: [
      'write_cache_pages',
      'writeback_iter',
      'mpage_\\w+',
      '(?:__)?filemap_fdatawait_range',
      '__folio_batch_release',
    ],
    reason: 'write-back keeps the batch of pages that it looked up until it has sent them',
    source: 'mm/page-writeback.c writeback_iter(), fs/ext4/inode.c mpage_prepare_extent_to_map()',
  },
  {
    id: 'pair-truncate',
    get: [
      'truncate_inode_pages\\w*',
      'invalidate_\\w+',
      'mapping_try_invalidate',
      'shmem_undo_range',
      'remove_inode_hugepages',
      'find_lock_entries',
    ],
    put: [
      'truncate_inode_pages\\w*',
      'invalidate_\\w+',
      'mapping_try_invalidate',
      'shmem_undo_range',
      'remove_inode_hugepages',
    ],
    reason: 'truncation lets go of the batch that it looked up, page by page',
    source:
      'mm/truncate.c truncate_inode_pages_range(), mapping_try_invalidate(), mm/shmem.c shmem_undo_range(), fs/hugetlbfs/inode.c',
  },
  {
    id: 'pair-mapping',
    get: [
      'filemap_map_pages',
      'next_uptodate_(?:page|folio)',
      'set_pte_range', // from 6.6
      'do_set_pte', // until 6.5
      'finish_fault',
      'filemap_fault',
      'shmem_fault',
      'do_swap_page',
      'do_anonymous_page',
      'wp_page_copy',
      'do_huge_pmd_\\w+',
      'do_fault\\w*',
      '(?:__)?handle_mm_fault',
      'insert_page\\w*',
      'vm_insert_pages?',
      'mfill_\\w+',
      'hugetlb_(?:no_page|fault)',
    ],
    put: UNMAP_FRAMES,
    reason: 'the reference that a fault takes becomes that of the mapping, and goes when it is unmapped',
    source: 'mm/memory.c finish_fault(), zap_present_ptes(), mm/mmu_gather.c',
  },
  {
    id: 'pair-fault-look',
    get: ['filemap_fault', 'shmem_fault', 'do_swap_page', '__do_fault', 'do_wp_page', 'wp_page_copy'],
    put: [
      'filemap_fault',
      'shmem_fault',
      '__do_fault',
      'do_swap_page',
      'do_(?:read|cow|shared)_fault',
      'do_wp_page',
      'wp_page_copy',
    ],
    reason: 'a fault that maps nothing, or a copy, lets go of the page that it looked at',
    source: 'mm/memory.c do_cow_fault(), do_swap_page(), wp_page_copy(), mm/filemap.c filemap_fault()',
  },
  {
    id: 'pair-fork',
    get: [
      'copy_present_p\\w+',
      'copy_p[tmug4]\\w*_range',
      'copy_page_range',
      'copy_huge_pmd',
      'copy_hugetlb_page_range',
    ],
    put: UNMAP_FRAMES,
    reason: 'the child’s mapping has a reference of its own until it is unmapped',
    source: 'mm/memory.c copy_present_ptes(), zap_present_ptes()',
  },
  {
    id: 'pair-migration-remap',
    get: ['remove_migration_ptes?', 'remove_migration_pmd'],
    put: UNMAP_FRAMES,
    reason: 'mapping a page again after migration takes the reference of the mapping, which goes when it is unmapped',
    source: 'mm/migrate.c remove_migration_pte(), mm/rmap.c try_to_migrate_one()',
  },
  {
    id: 'pair-exec-arguments',
    get: ['get_arg_page', 'copy_strings?(?:_kernel)?'],
    put: ['put_arg_page', 'copy_strings?(?:_kernel)?', 'flush_arg_page', 'remove_arg_zero'],
    reason: 'execve drops each page of the new stack once it has been filled',
    source: 'fs/exec.c get_arg_page(), put_arg_page()',
  },
  {
    id: 'pair-page-cache',
    get: [
      '__filemap_add_folio',
      'filemap_add_folio',
      '__add_to_page_cache_locked', // until 5.15
      'add_to_page_cache\\w*',
      '(?:shmem|hugetlb)_add_to_page_cache',
      'replace_page_cache_(?:page|folio)',
      '(?:__)?folio_migrate_mapping',
      'migrate_page_move_mapping', // until 5.17
    ],
    put: [
      'filemap_(?:free|remove)_folio',
      'page_cache_free_page', // until 5.15
      '__filemap_remove_folio',
      'delete_from_page_cache\\w*',
      'shmem_delete_from_page_cache',
      'hugetlb_delete_from_page_cache',
      'invalidate_complete_(?:folio|page)2',
      'folio_unmap_invalidate', // from 6.14
      'mapping_evict_folio',
      '(?:__)?remove_mapping',
      'replace_page_cache_(?:page|folio)',
    ],
    reason: 'the page cache has one reference a page, from when it is added to when it is removed',
    source: 'mm/filemap.c __filemap_add_folio(), filemap_free_folio(), mm/truncate.c, mm/vmscan.c __remove_mapping()',
  },
  {
    id: 'pair-swap-cache',
    get: ['add_to_swap(?:_cache)?', 'folio_alloc_swap', '__swap_cache_\\w+', '__read_swap_cache_async'],
    put: [
      '(?:__)?delete_from_swap_cache',
      '(?:__)?swap_cache_del_\\w+', // from 6.18
      'free_swap_cache',
      'folio_free_swap',
      'try_to_free_swap', // until 5.19
      '__try_to_reclaim_swap',
      'put_swap_(?:folio|page)',
      '(?:__)?remove_mapping',
    ],
    reason: 'the swap cache has one reference a page, from when it is added to when it is deleted',
    source: 'mm/swap_state.c add_to_swap_cache(), delete_from_swap_cache()',
  },
  {
    id: 'pair-buffers',
    get: BUFFER_FRAMES,
    put: [
      'try_to_free_buffers',
      'drop_buffers',
      'detach_page_private',
      'folio_detach_private',
      'jbd2_journal_try_to_free_buffers',
      'filemap_release_folio',
      'try_to_release_page', // until 6.2
      '(?:block|iomap|ceph)_invalidate_folio',
      'iomap_release_folio',
      'ifs_free', // from 6.6
      'iomap_page_release', // until 6.5
      'clear_(?:page|folio)_extent_mapped',
      'detach_extent_buffer_(?:page|folio)',
      'btrfs_(?:detach_\\w+|release_extent_buffer_\\w+)',
      'clear_page_private_\\w+',
    ],
    reason: 'private data has one reference, from when it is attached to when it is detached',
    source: 'include/linux/pagemap.h folio_attach_private(), folio_detach_private(), fs/buffer.c try_to_free_buffers()',
  },
  {
    id: 'pair-ksm',
    get: [
      'ksm_\\w+',
      'get_ksm_page', // until 6.9
      'get_mergeable_page',
      'scan_get_next_rmap_item',
      '(?:un)?stable_tree_\\w+',
    ],
    put: [
      'ksm_\\w+',
      'cmp_and_merge_page',
      'scan_get_next_rmap_item',
      '(?:un)?stable_tree_\\w+',
      'stable_node_dup',
      'try_to_merge_\\w+',
      'remove_(?:rmap_item_from_tree|stable_node\\w*)',
      'get_ksm_page', // until 6.9
    ],
    reason: 'KSM lets go of a page when it has compared or merged it',
    source: 'mm/ksm.c ksm_get_folio(), get_mergeable_page(), cmp_and_merge_page()',
  },
  {
    id: 'pair-khugepaged',
    get: ['__collapse_huge_page_\\w+', 'collapse_(?:file|huge_page|pte_mapped_thp)', 'hpage_collapse_\\w+'],
    put: [
      '__collapse_huge_page_\\w+',
      'collapse_(?:file|huge_page|pte_mapped_thp)',
      'hpage_collapse_\\w+',
      'release_pte_\\w+',
    ],
    reason: 'khugepaged lets go of the small pages when it has copied them, or gives up',
    source: 'mm/khugepaged.c __collapse_huge_page_isolate(), release_pte_folio(), collapse_file()',
  },
  {
    id: 'pair-split-queue',
    get: ['deferred_split_\\w+'],
    put: ['deferred_split_\\w+'],
    reason: 'the shrinker of huge pages lets go of those that it looked at',
    source: 'mm/huge_memory.c deferred_split_scan()',
  },
  {
    id: 'pair-pfn-walk',
    get: ['page_idle_\\w+', 'damon_\\w+'],
    put: ['page_idle_\\w+', 'damon_\\w+'],
    reason: 'a walk over PFNs looks at a page and lets go',
    source: 'mm/page_idle.c page_idle_get_folio(), mm/damon/ops-common.c damon_get_folio()',
  },
  {
    id: 'pair-process-vm',
    get: ['process_vm_rw\\w*'],
    put: ['process_vm_rw\\w*'],
    reason: 'process_vm_readv() and process_vm_writev() unpin what they pinned when it is copied',
    source: 'mm/process_vm_access.c process_vm_rw_single_vec()',
  },
  {
    id: 'pair-access-remote',
    get: ['__access_(?:remote|process)_vm', 'access_(?:remote|process)_vm', 'get_dump_page', 'dump_user_range'],
    put: ['__access_(?:remote|process)_vm', 'access_(?:remote|process)_vm', 'dump_user_range'],
    reason: 'ptrace, /proc/PID/mem and core dumps let go of a page when it is copied',
    source: 'mm/memory.c __access_remote_vm(), fs/coredump.c dump_user_range()',
  },
  {
    id: 'pair-futex',
    get: ['get_futex_key'],
    put: ['get_futex_key'],
    reason: 'the key of a futex needs the page only while it is made',
    source: 'kernel/futex/core.c get_futex_key()',
  },
  {
    id: 'pair-fuse',
    get: ['fuse_copy_\\w+', 'fuse_ref_page', 'fuse_get_user_pages', 'fuse_retrieve'],
    put: [
      'fuse_copy_\\w+',
      'fuse_release_user_pages',
      'fuse_aio_complete\\w*',
      'fuse_retrieve_end',
      'fuse_request_end',
      'fuse_direct_io',
      'fuse_io_free',
    ],
    reason: 'FUSE lets go of the pages of a request when they are copied or the request ends',
    source: 'fs/fuse/dev.c fuse_copy_fill(), fuse_copy_finish(), fs/fuse/file.c fuse_release_user_pages()',
  },
  {
    id: 'pair-network-filesystem',
    get: [
      'netfs_extract_user_iter', // from 6.3
      'nfs_direct_\\w+',
      'p9_get_mapped_pages',
      'iter_get_bvecs_alloc',
      'ceph_direct_read_write',
      'setup_aio_ctx_iter', // until 6.9
    ],
    put: [
      'netfs_(?:free_request|put_\\w+|clear_\\w+)',
      'nfs_direct_\\w+',
      'p9_(?:release_pages|virtio_zc_request)',
      'put_bvecs',
      'ceph_(?:direct_read_write|aio_complete\\w*)',
      'cifs_aio_ctx_release', // until 6.9
    ],
    reason: 'direct I/O to a server keeps the pages until the request is answered',
    source: 'fs/netfs/iterator.c, fs/nfs/direct.c, net/9p/trans_virtio.c, fs/ceph/file.c put_bvecs()',
  },
  {
    id: 'pair-rdma',
    get: ['ib_umem_(?:get|odp_\\w+)', 'siw_umem_get'],
    put: ['__ib_umem_release', 'ib_umem_(?:release|odp_\\w+)', 'siw_umem_release'],
    reason: 'a memory region of RDMA keeps its pages until it is deregistered',
    source: 'drivers/infiniband/core/umem.c ib_umem_get(), __ib_umem_release()',
  },
  {
    id: 'pair-vfio',
    get: ['vfio_pin_\\w+', 'vaddr_get_pfns?', 'pfn_reader_\\w+', 'iopt_(?:\\w+_)?(?:pin|fill)_\\w+'],
    put: [
      'vfio_(?:unpin_\\w+|unmap_unpin|remove_dma|batch_unpin)',
      'put_pfn',
      'batch_unpin',
      'iopt_\\w*unpin\\w*',
      'iopt_\\w*unfill\\w*',
      'pfn_reader_\\w+',
    ],
    reason: 'memory that is mapped for a device stays pinned until it is unmapped from the IOMMU',
    source: 'drivers/vfio/vfio_iommu_type1.c vfio_pin_pages_remote(), drivers/iommu/iommufd/pages.c batch_unpin()',
  },
  {
    id: 'pair-kvm',
    get: ['hva_to_pfn\\w*', '(?:__)?gfn_to_(?:pfn|page)\\w*', '(?:__)?kvm_faultin_pfn\\w*', 'kvm_vcpu_map'],
    put: ['kvm_release_p\\w+', 'kvm_(?:tdp_page_fault|vcpu_unmap|mmu_finish_page_fault)', 'direct_page_fault'],
    reason: 'KVM lets go of a page once it is mapped for the guest, or the guest’s mapping of it goes',
    source: 'virt/kvm/kvm_main.c hva_to_pfn(), kvm_release_pfn_clean()',
  },
  {
    id: 'pair-media-buffers',
    get: ['get_vaddr_frames', 'vb2_create_framevec', 'vb2_\\w+_get_userptr'],
    put: ['put_vaddr_frames', 'vb2_destroy_framevec', 'vb2_\\w+_put_userptr'],
    reason: 'a video buffer in user memory stays pinned until it is released',
    source: 'drivers/media/common/videobuf2/frame_vector.c get_vaddr_frames(), put_vaddr_frames()',
  },
  {
    id: 'pair-drm-buffers',
    get: ['drm_gem_(?:shmem_)?get_pages\\w*', 'udmabuf_(?:create|pin_folios)', 'shmem_sg_alloc_table'],
    put: ['drm_gem_(?:shmem_)?put_pages\\w*', 'release_udmabuf', 'unpin_all_folios', 'shmem_sg_free_table'],
    reason: 'a buffer of a graphics driver keeps its shmem pages until it is released',
    source: 'drivers/gpu/drm/drm_gem.c drm_gem_get_pages(), drivers/dma-buf/udmabuf.c',
  },
  {
    id: 'pair-xdp-umem',
    get: ['xdp_umem_(?:pin_pages|reg|create)'],
    put: ['xdp_umem_(?:unpin_pages|release\\w*)', 'xdp_put_umem'],
    reason: 'the frames of AF_XDP stay pinned until the last socket with them is closed',
    source: 'net/xdp/xdp_umem.c xdp_umem_pin_pages(), xdp_umem_release()',
  },
  {
    id: 'pair-xen',
    get: ['gntdev_get_page', 'gntdev_grant_copy_seg', 'privcmd_ioctl_\\w+', 'lock_pages'],
    put: ['gntdev_put_pages', 'gntdev_copy', 'privcmd_ioctl_\\w+', 'unlock_pages'],
    reason: 'buffers of a call to the hypervisor are unpinned when it returns',
    source: 'drivers/xen/gntdev.c gntdev_get_page(), drivers/xen/privcmd.c lock_pages()',
  },
  {
    id: 'pair-memory-failure',
    get: ['(?:__)?get_hwpoison_\\w+', 'memory_failure\\w*', 'soft_offline_\\w+'],
    put: ['unpoison_memory', 'memory_failure\\w*', 'soft_offline_\\w+', 'put_page_back_buddy'],
    reason: 'hardware error handling lets go of a page that it left, and of a poisoned one when it is unpoisoned',
    source: 'mm/memory-failure.c get_hwpoison_page(), unpoison_memory()',
  },
  {
    id: 'pair-uprobes',
    get: ['uprobe_\\w+', '__replace_page', 'install_breakpoint', 'copy_insn'],
    put: ['uprobe_\\w+', '__replace_page', 'install_breakpoint', 'remove_breakpoint', 'copy_insn'],
    reason: 'a probe lets go of the page of the program once its instruction is read or replaced',
    source: 'kernel/events/uprobes.c uprobe_write_opcode(), __replace_page()',
  },
]
