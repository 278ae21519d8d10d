/**
 * Which frames of a stack say nothing about the holder. Data, so that a kernel's new helper is one word here.
 * Names are compared without compiler suffixes and without `_noprof`.
 */

/** Tracepoint plumbing at the leaf (include/trace/trace_events.h, mm/debug_page_ref.c, the page_pinner patches). */
export const INSTRUMENTATION_FRAMES =
  /^(?:trace_event_raw_event_|perf_trace_|trace_event_buffer_|__bpf_trace_|__traceiter_|__page_ref_|__page_pinner_|page_pinner_|__(?:set|reset|free|put)_page_pinner|stack_trace_save|(?:__)?save_stack_trace|arch_stack_walk|walk_stackframe$|ftrace_|perf_trace_run_bpf)/

/**
 * Functions that copy a reference which the page's holder already has into a second buffer: the two are alike from then
 * on, and what holds on is the copy, since the buffer that was copied from is consumed first.
 * Source: fs/splice.c link_pipe(), fs/pipe.c generic_pipe_buf_get(), net/core/skbuff.c __skb_frag_ref() and its callers,
 * and what sends a pipe's pages to a socket (skb_splice_from_iter(); tcp_sendpage() under pipe_to_sendpage() before 6.5).
 */
export const COPYING_FRAMES =
  /^(?:generic_pipe_buf_get|page_cache_pipe_buf_get|pipe_buf_get|link_pipe|do_tee|__(?:do|se|x64|arm64)_sys_tee|(?:__)?skb_frag_ref|skb_split(?:_no_header)?|skb_shift|skb_zerocopy|pskb_carve\w*|skb_append_pagefrags|skb_splice_from_iter|splice_to_socket|pipe_to_sendpage)$/

/**
 * Modules of file systems and what they share (fs/, net/9p, net/ceph, net/sunrpc): distributions build them as modules,
 * and what they take of the page cache is no driver's.
 */
export const FILE_SYSTEM_MODULES =
  /^(?:ext[234]|jbd2?|mbcache|xfs|btrfs|f2fs|bcachefs|zfs|spl|erofs|squashfs|isofs|udf|v?fat|msdos|exfat|ntfs3?|hfs(?:plus)?|jfs|reiserfs|nilfs2|ocfs2\w*|gfs2|ubifs|jffs2|cramfs|minix|nfs\w*|lockd|sunrpc|cifs\w*|smbfs\w*|ksmbd|ceph|libceph|afs|coda|orangefs|9p\w*|fuse|virtiofs|cuse|overlay|netfs|fscache|cachefiles|vboxsf|autofs4?)$/

const GENERIC = [
  // include/linux/mm.h, mm/swap.c: the reference itself
  'try_get_(?:folio|page|compound_head)',
  'get_page(?:_unless_zero)?',
  '(?:__)?put_page',
  '(?:__)?folio_(?:get|put|try_get\\w*|put_refs)',
  'page_ref_\\w+',
  'folio_ref_\\w+',
  'put_compound_head',
  'folios_put\\w*',
  'release_pages',
  '__pagevec_release',
  '__folio_batch_release',
  // mm/gup.c
  'try_grab_(?:folio\\w*|page|compound_head)',
  'gup_\\w+',
  'follow_(?:page|pte|p[mug4]d|huge)\\w*',
  '__?get_user_pages\\w*',
  'get_user_pages\\w*',
  'pin_user_(?:page|folio)s?\\w*',
  'unpin_user_(?:page|folio)s?\\w*',
  'unpin_folios?',
  'internal_get_user_pages_fast',
  '__gup_longterm_locked',
  'memfd_pin_folios',
  'check_and_migrate_movable\\w*',
  'populate_vma_page_range',
  'faultin_page\\w*',
  'get_dump_page',
  'sanity_check_pinned_pages',
  // lib/iov_iter.c, block/bio.c, direct I/O: they pass pages on to the caller
  '(?:__)?iov_iter_(?:get|extract)\\w*',
  'bio_iov_iter_\\w+',
  '__bio_iov_iter_\\w+',
  'bio_(?:release|set|check)_pages\\w*',
  '__bio_release_pages',
  '(?:__)?blkdev_direct_IO\\w*',
  'blkdev_(?:read|write)_iter',
  '__?iomap_dio_\\w+',
  'iomap_dio_\\w+',
  'dio_\\w+',
  '__blockdev_direct_IO',
  'generic_file_(?:read|write|direct)\\w*',
  // fs/pipe.c, fs/splice.c: a buffer's own get and put
  'generic_pipe_buf_(?:get|release|try_steal)',
  'page_cache_pipe_buf_\\w+',
  'anon_pipe_buf_\\w+',
  'zero_pipe_buf_\\w+',
  'pipe_buf_(?:get|release)',
  // net/core/skbuff.c: a socket buffer's fragments, for the protocol that sends
  '(?:__)?skb_frag_(?:ref|unref)',
  'skb_append_pagefrags',
  'skb_splice_from_iter',
  // io_uring: pins on behalf of its caller
  'io_pin_pages',
  'io_release_(?:bvec|pages)',
  // mm/filemap.c look-ups
  '(?:__)?filemap_get_\\w+',
  'find_(?:get|lock)_\\w+',
  'pagecache_get_page',
  'next_uptodate_(?:page|folio)',
  'grab_cache_page\\w*',
  '__filemap_get_folio\\w*',
  'shmem_get_?(?:folio|page)\\w*',
  'shmem_read_(?:folio|mapping_page)\\w*',
  // mm/page_alloc.c, mm/mempolicy.c, mm/page_owner.c
  'prep_new_page',
  'prep_compound_page',
  'post_alloc_hook',
  'get_page_from_freelist',
  '__alloc_(?:pages|frozen_pages)\\w*',
  'alloc_(?:pages|frozen_pages)\\w*',
  '(?:__)?folio_alloc\\w*',
  'vma_alloc_folio\\w*',
  'alloc_page_interleave',
  '__get_free_pages?',
  'get_zeroed_page',
  '__set_page_owner\\w*',
  'set_page_refcounted',
  'save_stack',
  '__reset_page_owner',
  'register_(?:dummy|failure|early)_stack',
  'split_page',
  'alloc_pages_exact\\w*',
  '__page_frag_\\w+',
  'page_frag_\\w+',
  // freeing in batches
  'free_pages_and_swap_cache',
  'free_page_and_swap_cache',
  'free_unref_\\w+',
  'free_(?:pcp|pages)_prepare',
  '__tlb_batch_free_encoded_pages',
  'tlb_batch_pages_flush',
  'tlb_flush_mmu\\w*',
  'tlb_finish_mmu',
  // mm/swap.c: batches of the LRU
  'folio_batch_move_lru',
  '(?:__)?folio_batch_add_and_move',
  'pagevec_lru_move_fn',
  'folio_add_lru\\w*',
  'lru_cache_add\\w*',
  'lru_add_drain\\w*',
  '__pagevec_lru_add\\w*',
]

/** Helpers that act for whoever called them. */
export const GENERIC_FRAMES = new RegExp(`^(?:${GENERIC.join('|')})$`)

/**
 * The file layer between a system call and the file's own functions (fs/read_write.c): weaker than a helper below it,
 * since it tells nothing but that a file was read or written.
 */
export const FILE_LAYER_FRAMES =
  /^(?:vfs_(?:readv?|writev?|iter_(?:read|write)|iocb_iter_\w+)|ksys_\w+|new_sync_(?:read|write)|do_(?:readv|writev|iter_\w+|loop_readv_writev)|__do_sys_\w*(?:read|write)\w*|__kernel_(?:read|write)\w*)$/

/** System call, fault and thread entry: the walk from the leaf ends here. */
export const ENTRY_FRAMES =
  /^(?:do_syscall_\w+|entry_\w+|x64_sys_call|ia32_sys_call|__(?:x64|ia32|arm64|se|riscv)_(?:compat_)?sys_\w+|SyS_\w+|el0\w*|el1\w*|invoke_syscall|do_el0_svc|asm_\w+|exc_page_fault|async_page_fault|ret_from_fork\w*|kthread|worker_thread|process_one_work|secondary_startup_64\w*|ret_fast_syscall|system_call\w*)$/

/** Where an interrupt, a softirq or an exception began: the frames beyond belong to what it interrupted. */
export const INTERRUPT_FRAMES =
  /^(?:asm_\w+|sysvec_\w+|common_interrupt|do_IRQ|apic_timer_interrupt|smp_\w+_interrupt|async_page_fault|page_fault|__do_softirq|handle_softirqs|irq_exit_rcu|el1h?_\w+|__irq_svc|__dabt_svc)$/
