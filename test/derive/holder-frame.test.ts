import { describe, expect, test } from 'vitest'
import { holderFrameOf } from '../../src/derive/holder-frame.ts'
import { NONE, type StackId } from '../../src/model/ids.ts'
import { tell } from '../support/tell.ts'

function holder(stack: string): string {
  const trace = tell(`app-7 0 1.0 +1 count=2 < ${stack}`)
  const { symbol, module } = holderFrameOf(trace, trace.events.stack[0])
  return module === '' ? symbol : `${symbol} [${module}]`
}

const HOLDERS: readonly (readonly [expected: string, stack: string])[] = [
  [
    'aio_read',
    'trace_event_raw_event_page_ref_mod_and_test_template __page_ref_mod_unless try_get_folio try_grab_folio_fast gup_fast_fallback pin_user_pages_fast iov_iter_extract_pages bio_iov_iter_get_pages blkdev_direct_IO blkdev_read_iter aio_read io_submit_one.constprop.0 __x64_sys_io_submit do_syscall_64',
  ],
  ['do_tee', '__page_ref_mod generic_pipe_buf_get do_tee __do_sys_tee __x64_sys_tee do_syscall_64'],
  [
    'leaky_grab',
    '__page_ref_mod_unless try_get_folio gup_fast_fallback get_user_pages_fast leaky_grab leaky_ioctl __x64_sys_ioctl',
  ],
  ['leaky_ioctl [leaky]', '__page_ref_mod try_get_folio get_user_pages_fast leaky_ioctl[leaky] __x64_sys_ioctl'],
  ['get_user_pages_shim [drv]', '__page_ref_mod get_user_pages_shim[drv] drv_ioctl[drv]'],
  [
    'process_vm_rw_core.constprop.0',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages __gup_longterm_locked pin_user_pages_remote process_vm_rw_core.constprop.0 process_vm_rw',
  ],
  [
    'io_sqe_buffer_register',
    '__page_ref_mod_unless try_get_folio try_grab_folio_fast gup_fast_fallback pin_user_pages_fast io_pin_pages io_sqe_buffer_register',
  ],
  [
    'framegrab_ioctl',
    'trace_event_raw_event_page_ref_mod_template __page_ref_set prep_new_page get_page_from_freelist __alloc_pages_noprof alloc_pages_mpol_noprof framegrab_ioctl __x64_sys_ioctl',
  ],
  ['handle_mm_fault', 'get_page_from_freelist __alloc_pages_nodemask alloc_pages_vma handle_mm_fault __do_page_fault'],
  [
    'leaky_ioctl [leaky]',
    'save_stack_trace save_stack __set_page_owner get_page_from_freelist __alloc_pages_nodemask leaky_ioctl[leaky]',
  ],
  [
    'blkdev_read_iter',
    '__page_ref_mod_unless try_get_folio gup_fast_fallback iov_iter_extract_pages bio_iov_iter_get_pages blkdev_direct_IO blkdev_read_iter vfs_read ksys_read do_syscall_64',
  ],
  [
    'io_write',
    '__page_ref_mod try_grab_folio follow_page_pte __get_user_pages iov_iter_extract_pages bio_iov_iter_get_pages blkdev_direct_IO blkdev_write_iter io_write io_issue_sqe io_submit_sqes do_syscall_64',
  ],
  [
    'tcp_sendmsg_locked',
    '__page_ref_mod skb_append_pagefrags skb_splice_from_iter tcp_sendmsg_locked tcp_sendmsg sock_sendmsg splice_to_socket do_splice_direct do_sendfile do_syscall_64',
  ],
  [
    'shmem_file_splice_read',
    '__page_ref_mod_unless filemap_get_entry shmem_get_folio_gfp shmem_file_splice_read splice_direct_to_actor do_sendfile do_syscall_64',
  ],
  [
    'loop_process_work',
    '__page_ref_mod_unless iov_iter_extract_pages bio_iov_iter_get_pages blkdev_read_iter vfs_iter_read loop_process_work process_one_work worker_thread',
  ],
  [
    'exit_mmap',
    '__page_ref_mod_and_test folios_put_refs free_pages_and_swap_cache tlb_batch_pages_flush tlb_finish_mmu exit_mmap __mmput',
  ],
]

describe('the frame that names the holder', () => {
  test.each(HOLDERS)('is %s', (expected, stack) => {
    expect(holder(stack)).toBe(expected)
  })
})

test('a stack of nothing but helpers names the outermost of them', () => {
  expect(holder('__page_ref_mod try_get_folio gup_fast_fallback get_user_pages_fast do_syscall_64')).toBe(
    'get_user_pages_fast',
  )
})

test('a stack of nothing but a system call names the system call', () => {
  expect(holder('__page_ref_mod __x64_sys_something do_syscall_64')).toBe('__x64_sys_something')
})

test('no stack has no frame', () => {
  expect(holderFrameOf(tell('app-7 0 1.0 +1 count=2'), NONE as StackId)).toEqual({ index: -1, symbol: '', module: '' })
})

test('the frame is found again by its position in the stack', () => {
  const trace = tell('app-7 0 1.0 +1 count=2 < __page_ref_mod try_get_folio drv_grab vfs_ioctl')
  expect(holderFrameOf(trace, trace.events.stack[0]).index).toBe(2)
})

test('a stack of nothing but the file layer names the function nearest to the file', () => {
  expect(holder('__page_ref_mod vfs_read ksys_read do_syscall_64')).toBe('vfs_read')
})
