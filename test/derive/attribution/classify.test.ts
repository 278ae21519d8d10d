import { describe, expect, test } from 'vitest'
import { classifierOf, namesNobody } from '../../../src/derive/attribution/classify.ts'
import { CLASS_RULES } from '../../../src/derive/attribution/class-rules.ts'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import { DEFAULT_RULES } from '../../../src/derive/attribution/rule-set.ts'
import { deltaOf } from '../../../src/derive/operation.ts'
import { type EventRow } from '../../../src/model/ids.ts'
import { tell } from '../../support/tell.ts'

function classOf(operation: string, stack: string): string {
  const { classifier, asked } = judged(operation, stack)
  return REFERENCE_CLASSES[classifier.classOf(...asked)].id
}

function ruleOf(operation: string, stack: string): string {
  const { classifier, asked } = judged(operation, stack)
  return classifier.ruleOf(...asked)
}

function judged(operation: string, stack: string) {
  const trace = tell(`app-7 0 1.0 ${operation}${stack === '' ? '' : ` < ${stack}`}`)
  const row = 0 as EventRow
  const asked = [trace.events.kind[row], deltaOf(trace, row), trace.events.stack[row]] as const
  return { classifier: classifierOf(trace, DEFAULT_RULES), asked }
}

// Stacks as kernels of 5.x, 6.1 and 6.12 print them, leaf first.
const GETS: readonly (readonly [what: string, expected: string, stack: string])[] = [
  [
    'a driver that takes pages by get_user_pages_fast, 6.12',
    'driver',
    '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast leaky_grab leaky_ioctl __x64_sys_ioctl',
  ],
  [
    'the same of 6.1 with its module in brackets',
    'driver',
    '__page_ref_mod_unless try_get_folio internal_get_user_pages_fast get_user_pages_fast leaky_grab[leaky] leaky_ioctl[leaky]',
  ],
  [
    'get_user_pages of an ioctl, slow path',
    'driver',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages get_user_pages gup_test_ioctl __x64_sys_ioctl',
  ],
  [
    'vmsplice, 6.12',
    'io',
    '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast __iov_iter_get_pages_alloc iov_iter_get_pages2 __do_sys_vmsplice',
  ],
  [
    'buffer heads of a file page, 6.12',
    'page_cache',
    '__page_ref_mod create_empty_buffers ext4_write_begin generic_perform_write ext4_buffered_write_iter vfs_write',
  ],
  [
    'buffer heads of a block device page, grow_dev_folio() inlined',
    'page_cache',
    '__page_ref_mod __getblk_slow __getblk_gfp jbd2_journal_get_descriptor_buffer jbd2_journal_commit_transaction kjournald2',
  ],
  [
    "btrfs' private data",
    'page_cache',
    '__page_ref_mod set_folio_extent_mapped prepare_uptodate_page btrfs_buffered_write btrfs_do_write_iter vfs_write',
  ],
  [
    'the look-up of that page',
    'io',
    '__page_ref_mod_unless filemap_get_entry __filemap_get_folio __getblk_slow __getblk_gfp jbd2_journal_get_descriptor_buffer',
  ],
  [
    'the same by a file system that is a module, as distributions build it',
    'io',
    '__page_ref_mod_unless filemap_get_entry __filemap_get_folio ext4_da_write_begin[ext4] generic_perform_write ext4_buffered_write_iter[ext4] vfs_write',
  ],
  [
    'a page that hardware error handling keeps',
    'unknown',
    '__page_ref_mod_unless try_get_folio get_hwpoison_page memory_failure hard_offline_page_store dev_attr_store',
  ],
  ['tee', 'io', '__page_ref_mod generic_pipe_buf_get do_tee __do_sys_tee __x64_sys_tee'],
  [
    'MSG_ZEROCOPY',
    'io',
    '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast __iov_iter_get_pages_alloc iov_iter_get_pages2 zerocopy_fill_skb_from_iter __zerocopy_sg_from_iter skb_zerocopy_iter_stream tcp_sendmsg_locked',
  ],
  [
    'asynchronous direct I/O',
    'gup_pin',
    '__page_ref_mod_unless try_get_folio try_grab_folio_fast gup_fast_fallback pin_user_pages_fast iov_iter_extract_pages bio_iov_iter_get_pages blkdev_direct_IO blkdev_read_iter aio_read io_submit_one.constprop.0',
  ],
  [
    'a buffer registered with io_uring',
    'gup_pin',
    '__page_ref_mod_unless try_get_folio try_grab_folio_fast gup_fast_fallback pin_user_pages_fast io_pin_pages io_sqe_buffer_register',
  ],
  [
    'process_vm_readv, slow path',
    'gup_pin',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages __gup_longterm_locked pin_user_pages_remote process_vm_rw_core.constprop.0',
  ],
  [
    '/proc/pid/cmdline',
    'gup_get',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages get_user_pages_remote __access_remote_vm proc_pid_cmdline_read',
  ],
  [
    'a page mapped while GUP faults it in is mapped, not pinned',
    'mapping',
    '__page_ref_mod_unless next_uptodate_folio filemap_map_pages __handle_mm_fault handle_mm_fault __get_user_pages __gup_longterm_locked gup_fast_fallback pin_user_pages_fast iov_iter_extract_pages netfs_extract_user_iter',
  ],
  [
    'a read of a network filesystem inside that fault',
    'io',
    '__page_ref_mod __iov_iter_get_pages_alloc iov_iter_get_pages_alloc2 p9_get_mapped_pages.part.0.constprop.0 p9_virtio_zc_request v9fs_issue_read netfs_read_folio filemap_read_folio filemap_fault __do_fault __handle_mm_fault handle_mm_fault __get_user_pages pin_user_pages_fast',
  ],
  [
    'arguments of execve',
    'mapping',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages get_user_pages_remote get_arg_page copy_string_kernel do_execveat_common',
  ],
  [
    'an LRU batch filled on the way of execve',
    'lru',
    '__page_ref_mod folio_activate folio_mark_accessed follow_page_pte __get_user_pages __get_user_pages_remote get_arg_page copy_strings',
  ],
  ['fork', 'mapping', '__page_ref_mod copy_page_range copy_mm copy_process kernel_clone __do_sys_clone'],
  [
    'fault-around',
    'mapping',
    '__page_ref_mod_unless next_uptodate_folio filemap_map_pages __handle_mm_fault handle_mm_fault do_user_addr_fault exc_page_fault asm_exc_page_fault',
  ],
  [
    'a shmem page found for a fault',
    'mapping',
    '__page_ref_mod_unless filemap_get_entry shmem_get_folio_gfp shmem_fault __do_fault __handle_mm_fault',
  ],
  [
    'a shmem page found for a read',
    'io',
    '__page_ref_mod_unless filemap_get_entry shmem_get_folio_gfp shmem_file_read_iter __kernel_read bprm_execve',
  ],
  [
    'the page cache takes its own',
    'page_cache',
    '__page_ref_mod __filemap_add_folio filemap_add_folio __filemap_get_folio filemap_fault __do_fault handle_mm_fault',
  ],
  ['folio_add_lru', 'lru', '__page_ref_mod folio_add_lru folio_add_lru_vma do_anonymous_page __handle_mm_fault'],
  ['an mlock batch', 'lru', '__page_ref_mod mlock_new_folio folio_add_lru_vma wp_page_copy handle_mm_fault'],
  [
    'isolation for CMA, 6.12',
    'migration',
    '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range __alloc_contig_migrate_range alloc_contig_range_noprof __cma_alloc',
  ],
  ['isolation for offlining, inlined', 'migration', '__page_ref_mod_unless offline_pages memory_subsys_offline'],
  [
    'mapped again after migration',
    'mapping',
    '__page_ref_mod remove_migration_pte rmap_walk_file migrate_folio_move migrate_pages_batch migrate_pages compact_zone',
  ],
  [
    'a PFN walker, which is no isolating task',
    'lru',
    '__page_ref_mod_unless page_idle_get_folio page_idle_bitmap_read',
  ],
  ['a driver nobody has a rule for', 'unknown', '__page_ref_mod some_function another_function'],
  ['a module nobody has a rule for', 'driver', '__page_ref_mod some_function[some] another_function'],
  ['no stack', 'unknown', ''],
]

const PUTS: readonly (readonly [what: string, expected: string, stack: string])[] = [
  [
    'exit, 6.12',
    'mapping',
    '__page_ref_mod_and_test folios_put_refs free_pages_and_swap_cache tlb_batch_pages_flush tlb_finish_mmu exit_mmap __mmput do_exit',
  ],
  [
    'munmap, 6.1',
    'mapping',
    '__page_ref_mod_and_test release_pages tlb_batch_pages_flush tlb_finish_mmu unmap_region do_mas_align_munmap __vm_munmap',
  ],
  [
    'an LRU batch drained while a process exits',
    'lru',
    '__page_ref_mod_and_test release_pages folio_batch_move_lru folio_activate folio_mark_accessed unmap_page_range unmap_vmas exit_mmap',
  ],
  [
    'an LRU batch that a fault drains, folio_batch_move_lru() inlined, 6.12',
    'lru',
    '__page_ref_mod_and_test folios_put_refs __folio_batch_add_and_move do_wp_page __handle_mm_fault handle_mm_fault exc_page_fault',
  ],
  [
    'all batches drained before a copy-on-write, 6.12',
    'lru',
    '__page_ref_mod_and_test folios_put_refs lru_add_drain_cpu lru_add_drain do_wp_page __handle_mm_fault handle_mm_fault',
  ],
  [
    'the look-up of a block device page that gets its buffers, grow_dev_folio() inlined',
    'io',
    '__page_ref_mod_and_test __getblk_slow __getblk_gfp jbd2_journal_get_descriptor_buffer jbd2_journal_commit_transaction kjournald2',
  ],
  [
    'buffers freed',
    'page_cache',
    '__page_ref_mod_and_test try_to_free_buffers filemap_release_folio shrink_folio_list evict_folios',
  ],
  [
    'the end of a write-back in an interrupt',
    'io',
    '__page_ref_mod_and_test folio_end_writeback ext4_finish_bio ext4_end_bio blk_update_request blk_mq_end_request virtblk_done vring_interrupt',
  ],
  [
    "a driver's close when a process exits",
    'driver',
    '__page_ref_mod_and_test drv_free[drv] drv_vm_close[drv] remove_vma exit_mmap mmput',
  ],
  [
    'a socket buffer freed in an interrupt that cut into exit',
    'io',
    '__page_ref_mod_and_test skb_release_data napi_consume_skb net_rx_action handle_softirqs irq_exit_rcu asm_common_interrupt folios_put_refs exit_mmap',
  ],
  [
    'something freed by an interrupt does not belong to the work it cut into',
    'allocation',
    '__page_ref_mod_and_test __free_pages rcu_core handle_softirqs asm_sysvec_apic_timer_interrupt zap_pte_range exit_mmap',
  ],
  [
    'I/O completion in interrupt context',
    'gup_pin',
    '__page_ref_mod_and_test gup_put_folio __bio_release_pages bio_check_pages_dirty blk_update_request blk_mq_end_request asm_sysvec_apic_timer_interrupt default_idle',
  ],
  ['a pipe closed', 'io', '__page_ref_mod_and_test page_cache_pipe_buf_release free_pipe_info pipe_release __fput'],
  [
    'copy-on-write, 6.1',
    'mapping',
    '__page_ref_mod_and_test wp_page_copy __handle_mm_fault handle_mm_fault exc_page_fault',
  ],
  [
    'a network filesystem done with a page read for a fault',
    'io',
    '__page_ref_mod_and_test p9_release_pages p9_virtio_zc_request v9fs_issue_read netfs_read_folio filemap_fault __do_fault handle_mm_fault',
  ],
  ['migration done', 'migration', '__page_ref_mod_and_test migrate_folio_done migrate_folio_move migrate_pages_batch'],
  [
    'unmapped for migration',
    'mapping',
    '__page_ref_mod_and_test try_to_migrate_one rmap_walk_anon try_to_migrate migrate_pages_batch __alloc_contig_migrate_range',
  ],
  [
    'the page cache gives up its own',
    'page_cache',
    '__page_ref_mod_and_test filemap_free_folio delete_from_page_cache_batch truncate_inode_pages_range',
  ],
  [
    'free pages handed back by compaction',
    'migration',
    '__page_ref_mod_and_test __free_pages release_free_list compact_zone',
  ],
]

describe('a get is of the class that its stack tells', () => {
  test.each(GETS)('%s: %s', (_, expected, stack) => {
    expect(classOf('+1 count=2', stack)).toBe(expected)
  })
})

describe('a put is of the class that its stack tells', () => {
  test.each(PUTS)('%s: %s', (_, expected, stack) => {
    expect(classOf('-1 count=1', stack)).toBe(expected)
  })
})

describe('a read or write of a file is a look-up in the page cache, which migration does not expect', () => {
  test.each([
    ['+1', 'filemap_get_read_batch filemap_get_pages filemap_read generic_file_read_iter vfs_read'],
    ['+1', 'filemap_get_entry shmem_get_folio_gfp shmem_file_read_iter vfs_read'],
    ['-1', 'shmem_file_read_iter vfs_read'],
    [
      '+1',
      'filemap_get_entry shmem_get_folio_gfp shmem_write_begin generic_perform_write shmem_file_write_iter vfs_write',
    ],
    ['-1', 'shmem_write_end generic_perform_write __generic_file_write_iter vfs_write'],
    [
      '+1',
      'filemap_get_entry __filemap_get_folio iomap_get_folio iomap_write_begin iomap_file_buffered_write xfs_file_buffered_write[xfs]',
    ],
    ['-1', '__iomap_put_folio iomap_write_iter iomap_file_buffered_write xfs_file_buffered_write[xfs]'],
    ['-1', 'btrfs_buffered_write[btrfs] btrfs_do_write_iter[btrfs] vfs_write'],
  ])('%s in %s', (operation, stack) => {
    expect(ruleOf(`${operation} count=2`, stack)).toBe('cache-lookup')
    expect(classOf(`${operation} count=2`, stack)).toBe('io')
  })

  test('but for one around the cache, and one into a pipe', () => {
    const around =
      'bio_iov_iter_get_pages iomap_dio_bio_iter __iomap_dio_rw iomap_dio_rw xfs_file_dio_read[xfs] vfs_read'
    expect(ruleOf('+1 count=2', around)).toBe('direct-io')
    const splice = 'filemap_get_pages filemap_splice_read splice_file_to_pipe do_splice'
    expect(ruleOf('+1 count=2', splice)).toBe('pipe-and-splice')
  })
})

test('amounts of FOLL_PIN are pins whatever the stack', () => {
  const driver = '__page_ref_mod try_grab_folio drv_map[drv]'
  expect(['+1024', '+1023', '+2048', '-1024', '+1022'].map((delta) => classOf(`${delta} count=9`, driver))).toEqual([
    'gup_pin',
    'gup_pin',
    'gup_pin',
    'gup_pin',
    'driver',
  ])
})

test('a large folio that is mapped or enters the cache takes a reference a page: as many as a pin, and none', () => {
  const cached = '__page_ref_mod __filemap_add_folio filemap_add_folio page_cache_ra_order'
  const mapped = '__page_ref_mod filemap_map_folio_range filemap_map_pages do_fault handle_mm_fault'
  expect(['+1024', '+2048'].map((delta) => classOf(`${delta} count=4000`, cached))).toEqual([
    'page_cache',
    'page_cache',
  ])
  expect(classOf('+2048 count=4000', mapped)).toBe('mapping')
})

test('a set is an allocation, whoever runs it', () => {
  expect(classOf('set 1', '__page_ref_set prep_new_page drv_alloc[drv]')).toBe('allocation')
})

test('compiler clones and _noprof twins are the same function', () => {
  const stack = '__page_ref_mod_unless isolate_migratepages_block.isra.0 alloc_contig_range_noprof'
  expect(classOf('+1 count=2', stack)).toBe('migration')
  expect(classOf('+1 count=2', '__page_ref_mod copy_page_range.cold copy_mm')).toBe('mapping')
})

test('a stack of nothing but helpers and entry code names nobody', () => {
  const trace = tell('app-7 0 1.0 +1 count=2 < __page_ref_mod try_get_folio get_user_pages_fast do_syscall_64')
  expect(namesNobody(trace, trace.events.stack[0])).toBe(true)
  const named = tell('app-7 0 1.0 +1 count=2 < __page_ref_mod try_get_folio drv_grab do_syscall_64')
  expect(namesNobody(named, named.events.stack[0])).toBe(false)
})

test('a rule gives way only to rules that exist', () => {
  const ids = new Set(CLASS_RULES.map((rule) => rule.id))
  expect(ids.size).toBe(CLASS_RULES.length)
  expect(CLASS_RULES.flatMap((rule) => rule.givesWayTo ?? []).filter((id) => !ids.has(id))).toEqual([])
})
