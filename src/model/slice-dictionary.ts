/**
 * Text that slices begin to be packed with, as if it stood before them: words of the formats, of slices themselves, and names of
 * kernel functions that stand in most stacks, the commonest last, because what is near costs less. It is part of the format:
 * links that were made with it are read with it, so it never changes; other words are another version of it.
 */
export const SLICE_DICTIONARY_1 = String.raw`Node 0, zone    DMA0
  per-node stats
      nr_inactive_anon 0
      nr_active_anon 0
      nr_inactive_file 0
      nr_active_file 0
      nr_unevictable 0
      nr_slab_reclaimable 0
      nr_slab_unreclaimable 0
      nr_isolated_anon 0
      nr_isolated_file 0
      workingset_nodes 0
      workingset_refault_anon 0
      workingset_refault_file 0
      workingset_activate_anon 0
      workingset_activate_file 0
      workingset_restore_anon 0
      workingset_restore_file 0
      workingset_nodereclaim 0
      nr_anon_pages 0
      nr_mapped    0
      nr_file_pages 0
      nr_dirty     0
      nr_writeback 0
      nr_writeback_temp 0
      nr_shmem     0
      nr_shmem_hugepages 0
      nr_shmem_pmdmapped 0
      nr_file_hugepages 0
      nr_file_pmdmapped 0
      nr_anon_transparent_hugepages 0
      nr_vmscan_write 0
      nr_vmscan_immediate_reclaim 0
      nr_dirtied   0
      nr_written   0
      nr_throttled_written 0
      nr_kernel_misc_reclaimable 0
      nr_foll_pin_acquired 0
      nr_foll_pin_released 0
      nr_kernel_stack 0
      nr_page_table_pages 0
      nr_sec_page_table_pages 0
      nr_swapcached 0
      pgdemote_kswapd 0
      pgdemote_direct 0
      pgdemote_khugepaged 0
  pages free     0
      boost    0
      min      0
      low      0
      high     0
      promo    0
      spanned  0
      present  0
      managed  0
      cma      0
      protection: (0, 0, 0)
      nr_free_pages 0
      nr_zone_inactive_anon 0
      nr_zone_active_anon 0
 Page block order: 0
Pages per block:  0

Free pages count per migrate type at order      0      0      0      0      0      0      0      0      0      0     0 
Node    0, zone    DMA0, type    Unmovable      0      0      0      0      0      0      0      0      0      0      0 
Node    0, zone    DMA0, type      Movable      0      0      0      0      0      0      0      0      0      0     0 
Node    0, zone    DMA0, type  Reclaimable      0      0      0      0      0      0      0      0      0      0      0 
Node    0, zone    DMA0, type   HighAtomic      0      0      0      0      0      0      0      0      0      0      0 
Node    0, zone    DMA0, type      CMA      0      0      0      0      0      0      0      0      0      0     0 
Node    0, zone    DMA0, type      Isolate      0      0      0      0      0      0      0      0      0      0      0 

Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic      CMA      Isolate 
Node 0, zone    DMA0      0      0      0      0      0      0 

Number of mixed blocks    Unmovable      Movable  Reclaimable   HighAtomic      CMA      Isolate 
Node 0, zone    DMA0      0      0      0      0      0      0 
mm_compaction_isolate_migratepages: range=(0x ~ 0x) nr_scanned= nr_taken=
mm_compaction_begin: zone_start=0x migrate_pfn=0x free_pfn=0x zone_end=0x, mode=sync
mm_migrate_pages: nr_succeeded= nr_failed= nr_thp_succeeded=0 nr_thp_failed=0 nr_thp_split=0 nr_split=0 mode=MIGRATE_SYNC reason=contig_range compaction memory_hotplug
test_pages_isolated: start_pfn=0x end_pfn=0x fin_pfn=0x ret=fail ret=success
cma_alloc_start: name=reserved count= align= request_id=
cma_alloc_busy_retry: name=reserved pfn=0x page= count= align=
cma_alloc_finish: name=reserved pfn=0x page= count= align= errorno=-16
cma_release: sched_process_exit: comm= pid= prio=120 group_dead=true
page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x
flags: 0x4000(locked|referenced|uptodate|lru|active|private|node=0|zone=1)
raw: 0000000000000000 dead000000000100 dead000000000122 00000001ffffffff
page dumped because: unmovable page
page dumped because: migration failure
aops: ino: dentry name:""
page_owner tracks the page as allocated
page last allocated via order 0, migratetype Movable, gfp_mask 0xcc0(GFP_KERNEL|__GFP_NOWARN|__GFP_NORETRY), pid , tgid  (), ts , free_ts 
page_owner free stack trace missing
page last free pid  tgid  stack trace:
Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid , tgid  (), ts  ns
PFN 0x type Movable Block  type CMA Flags 0x(uptodate|lru|swapbacked|node=0|zone=1)
PFN 0x type Unmovable Block  type Unmovable Flags 0x
start_pfn=0x end_pfn=0x
alloc_contig_range: [, ) PFNs busy
Linux version 6.12 (gcc) #1 SMP PREEMPT_DYNAMIC
CPU:0 [LOST  EVENTS]
##### CPU 1 buffer started ####
# tracer: nop
#
# entries-in-buffer/entries-written: /   #P:2
#
#                                _-----=> irqs-off/BH-disabled
#                               / _----=> need-resched
#                              | / _---=> hardirq/softirq
#                              || / _--=> preempt-depth
#                              ||| / _-=> migrate-disable
#                              |||| /     delay
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
cpus=2
:     kernel_stack:         <stack trace >
{"pinscope":"slice","version":1,"about":{"kind":"range","failure":"cma:offline:compaction:hugetlb:"},"about":{"kind":"page","pfn":"0x"},"link":"/triage?v=1&f=trace.txt~&set=&failure=&pfn=0x","link":"/pfn?v=1&f=trace.txt.gz~","files":[{"name":"trace.txt","sizeBytes":,"sha256":"","lines":,"unit":"line","format":"ftrace","spans":[[],[1,12]],"text":""},{"name":"page_owner.txt","format":"page_owner"},{"name":"dmesg.txt","format":"dmesg"},{"name":"window.txt","format":"pfn_window","spans":[[1,1]]}],"redacted":[],"told":[]}          <idle>-0       [000] ..s1.     page_ref_freeze: pfn=0x flags=locked|uptodate|lru|swapbacked count=0 mapcount=0 mapping=0000000000000000 mt=1 val=2 ret=1
page_ref_unfreeze: pfn=0x flags=0x count=1 mapcount=0 mapping=(____ptrval____) mt=4 val=1
page_ref_mod_unless: pfn=0x flags= count=2 mapcount=0 mapping=0xffff888000000000 mt=1 val=1 ret=1
page_ref_set: pfn=0x flags= count=1 mapcount=0 mapping=(nil) mt=1 val=1
page_ref_mod_and_test: pfn=0x flags=referenced|uptodate|dirty|lru|active|swapbacked count=1 mapcount=1 mapping=00000000 mt=1 val=-1 ret=0
page_ref_mod_and_return: pfn=0x flags=uptodate|lru count=2 mapcount=0 mapping=00000000 mt=1 val=1 ret=2
page_ref_mod: pfn=0x flags=uptodate|dirty|lru|swapbacked count=3 mapcount=1 mapping=00000000 mt=1 val=1

 => el0t_64_sync
 => el0t_64_sync_handler
 => el0_svc
 => do_el0_svc
 => el0_svc_common
 => invoke_syscall
 => el1h_64_irq
 => __arm64_sys_ioctl
 => __x64_sys_mmap
 => ksys_mmap_pgoff
 => vm_mmap_pgoff
 => __x64_sys_io_uring_register
 => io_sqe_buffer_register
 => io_sqe_buffers_register
 => __io_uring_register
 => pin_user_pages
 => pin_user_pages_fast
 => pin_user_pages_remote
 => __gup_longterm_locked
 => gup_fast
 => gup_pgd_range
 => follow_page_mask
 => unpin_user_page
 => unpin_user_pages
 => unpin_user_page_range_dirty_lock
 => gup_put_folio
 => try_grab_page
 => __x64_sys_vmsplice
 => iov_iter_get_pages2
 => __iov_iter_get_pages_alloc
 => iov_iter_extract_pages
 => bio_iov_iter_get_pages
 => __blkdev_direct_IO
 => blkdev_direct_IO
 => iomap_dio_rw
 => __iomap_dio_rw
 => iomap_dio_bio_iter
 => iomap_dio_bio_end_io
 => bio_release_pages
 => bio_check_pages_dirty
 => bio_set_pages_dirty
 => dio_bio_complete
 => blk_mq_end_request
 => blk_update_request
 => bio_endio
 => blk_mq_complete_request
 => aio_read
 => aio_write
 => io_submit_one
 => __x64_sys_io_submit
 => io_read
 => io_write
 => io_issue_sqe
 => io_submit_sqes
 => __x64_sys_io_uring_enter
 => process_vm_rw
 => process_vm_rw_core
 => __x64_sys_process_vm_readv
 => access_remote_vm
 => __access_remote_vm
 => proc_pid_cmdline_read
 => mem_rw
 => ptrace_access_vm
 => do_tee
 => __do_sys_tee
 => __x64_sys_tee
 => splice_to_pipe
 => generic_file_splice_read
 => filemap_splice_read
 => do_splice
 => do_splice_direct
 => do_sendfile
 => __x64_sys_sendfile64
 => __x64_sys_splice
 => splice_direct_to_actor
 => iter_file_splice_write
 => pipe_read
 => pipe_write
 => generic_pipe_buf_get
 => generic_pipe_buf_release
 => free_pipe_info
 => pipe_release
 => __fput
 => ____fput
 => task_work_run
 => exit_to_user_mode_loop
 => syscall_exit_to_user_mode
 => exit_mm
 => mmput
 => free_swap_cache
 => tlb_flush_mmu
 => zap_pte_range
 => unmap_single_vma
 => __do_munmap
 => do_brk_flags
 => __do_sys_brk
 => get_signal
 => arch_do_signal_or_restart
 => tcp_sendmsg
 => tcp_sendmsg_locked
 => sock_sendmsg
 => __sys_sendto
 => skb_release_data
 => skb_splice_from_iter
 => __kfree_skb
 => kfree_skb_reason
 => tcp_ack
 => tcp_clean_rtx_queue
 => tcp_rcv_established
 => msg_zerocopy
 => zerocopy_sg_from_iter
 => skb_zerocopy_iter_stream
 => dma_buf_map_attachment
 => vb2_dma_sg_get_userptr
 => vb2_create_framevec
 => get_vaddr_frames
 => vfio_pin_pages_remote
 => vfio_iommu_type1_ioctl
 => vaddr_get_pfns
 => ib_umem_get
 => ib_umem_release
 => kvm_mmu_page_fault
 => hva_to_pfn
 => gup_longterm
 => __page_cache_release
 => page_counter_uncharge
 => filemap_fault
 => filemap_get_pages
 => filemap_read
 => filemap_add_folio
 => __filemap_add_folio
 => filemap_remove_folio
 => page_cache_ra_unbounded
 => page_cache_ra_order
 => read_pages
 => do_page_cache_ra
 => ondemand_readahead
 => force_page_cache_ra
 => generic_fadvise
 => ext4_readpage
 => ext4_mpage_readpages
 => ext4_da_write_begin
 => ext4_da_write_end
 => ext4_file_write_iter
 => ext4_buffered_write_iter
 => ext4_block_write_begin
 => create_empty_buffers
 => attach_page_private
 => alloc_buffer_head
 => try_to_free_buffers
 => drop_buffers
 => block_invalidate_folio
 => jbd2_journal_add_journal_head
 => jbd2_journal_commit_transaction
 => buffer_migrate_folio
 => __buffer_migrate_folio
 => buffer_migrate_folio_norefs
 => xfs_file_read_iter
 => xfs_file_write_iter
 => iomap_file_buffered_write
 => btrfs_readahead
 => truncate_inode_pages_range
 => invalidate_mapping_pages
 => invalidate_inode_pages2_range
 => shrink_folio_list
 => shrink_inactive_list
 => shrink_lruvec
 => shrink_node
 => balance_pgdat
 => kswapd
 => evict_folios
 => isolate_lru_folios
 => __remove_mapping
 => kcompactd
 => kcompactd_do_work
 => compact_zone
 => compact_zone_order
 => try_to_compact_pages
 => compaction_alloc
 => __alloc_pages_slowpath.constprop.0
 => __alloc_pages_direct_compact
 => isolate_movable_page
 => isolate_lru_page
 => folio_isolate_lru
 => isolate_migratepages
 => alloc_contig_pages
 => alloc_migrate_hugetlb_folio
 => alloc_gigantic_folio
 => alloc_pool_huge_folio
 => set_max_huge_pages
 => nr_hugepages_store_common
 => isolate_hugetlb
 => offline_pages
 => do_migrate_range
 => start_isolate_page_range
 => memory_subsys_offline
 => device_offline
 => online_store
 => state_store
 => memory_block_action
 => migrate_vma_setup
 => migrate_vma_collect
 => do_move_pages_to_node
 => move_pages
 => kernel_move_pages
 => do_mbind
 => migrate_misplaced_folio
 => do_numa_page
 => split_huge_page_to_list_to_order
 => split_folio
 => __split_huge_page
 => unmap_folio
 => remap_page
 => deferred_split_scan
 => khugepaged
 => collapse_file
 => hpage_collapse_scan_file
 => ksm_scan_thread
 => cma_alloc
 => cma_release
 => dma_alloc_from_contiguous
 => dma_alloc_attrs
 => dma_direct_alloc
 => __dma_direct_alloc_pages
 => system_heap_allocate
 => dma_heap_ioctl
 => free_unref_page_prepare
 => free_unref_page_commit
 => free_pcppages_bulk
 => __free_pages_ok
 => free_compound_page
 => __put_page
 => __folio_put
 => __folio_put_small
 => put_page
 => folio_put
 => mlock_drain_local
 => mlock_folio_batch
 => lru_add_fn
 => lru_cache_add
 => folio_add_lru
 => workingset_refault
 => __mod_memcg_lruvec_state
 => swap_read_folio
 => read_swap_cache_async
 => add_to_swap_cache
 => __delete_from_swap_cache
 => do_swap_page
 => shmem_swapin_folio
 => try_to_unmap
 => try_to_unmap_one
 => folio_remove_rmap_pte
 => page_remove_rmap
 => folio_add_file_rmap_ptes
 => page_add_file_rmap
 => page_add_new_anon_rmap
 => folio_add_new_anon_rmap
 => remove_migration_pte
 => remove_migration_ptes
 => asm_sysvec_apic_timer_interrupt
 => sysvec_apic_timer_interrupt
 => asm_common_interrupt
 => common_interrupt
 => __sysvec_apic_timer_interrupt
 => __irq_exit_rcu
 => irq_exit_rcu
 => handle_softirqs
 => __do_softirq
 => rcu_core
 => rcu_do_batch
 => run_ksoftirqd
 => smpboot_thread_fn
 => secondary_startup_64_no_verify
 => cpuidle_idle_call
 => acpi_idle_enter
 => delayed_work_timer_fn
 => __x64_sys_read
 => __x64_sys_write
 => __x64_sys_pread64
 => __x64_sys_pwrite64
 => __x64_sys_preadv2
 => bprm_execve.part.0
 => search_binary_handler
 => load_script
 => vfs_read
 => ksys_read
 => new_sync_read
 => new_sync_write
 => kmalloc_large_node
 => allocate_slab
 => new_slab
 => ___slab_alloc
 => __slab_alloc
 => kmem_cache_alloc_noprof
 => __kmalloc_noprof
 => alloc_pages_noprof
 => alloc_frozen_pages_noprof
 => __alloc_frozen_pages_noprof
 => alloc_pages_bulk_noprof
 => __get_free_pages
 => pte_alloc_one
 => __pte_alloc
 => pmd_alloc
 => __pmd_alloc
 => __pud_alloc
 => trace_event_raw_event_mm_compaction_isolate_template
 => trace_event_raw_event_mm_compaction_begin
 => trace_event_raw_event_mm_compaction_end
 => trace_event_raw_event_sched_process_exit
 => trace_event_raw_event_mm_migrate_pages_start
 => do_raw_spin_lock
 => page_cache_pipe_buf_release
 => get_user_pages_fast
 => do_set_pte
 => folio_putback_lru
 => putback_movable_pages
 => copy_user_short_string
 => clear_user_erms
 => padzero
 => internal_get_user_pages_fast
 => common_startup_64
 => cpu_startup_entry
 => default_idle
 => default_idle_call
 => do_idle
 => pv_native_safe_halt
 => __free_pages
 => __filemap_get_folio
 => folio_add_lru_vma
 => wp_page_copy
 => free_unref_page_list
 => __alloc_pages
 => __folio_alloc
 => vma_alloc_folio
 => do_anonymous_page
 => free_pcp_prepare
 => next_uptodate_page
 => folio_migrate_mapping
 => migrate_folio
 => split_page
 => alloc_contig_range
 => try_get_folio
 => gup_fast_fallback
 => lru_add_drain_per_cpu
 => __folio_alloc_noprof
 => do_fault
 => free_unref_folios
 => release_pages
 => load_elf_phdrs
 => __do_fault
 => shmem_fault
 => set_pte_range
 => __kernel_read
 => shmem_file_read_iter
 => rep_stos_alternative
 => rep_movs_alternative
 => __x64_sys_openat
 => do_sys_openat2
 => folio_alloc_mpol_noprof
 => shmem_alloc_and_add_folio
 => shmem_add_to_page_cache
 => shmem_write_end
 => filemap_get_entry
 => proc_pid_readlink
 => vfs_readlink
 => process_one_work
 => worker_thread
 => __put_user_4
 => shmem_alloc_folio
 => shmem_file_write_iter
 => unmap_page_range
 => unmap_vmas
 => folio_mark_accessed
 => trace_event_raw_event_mm_page_free_batched
 => vma_alloc_folio_noprof
 => do_vmi_align_munmap
 => do_vmi_munmap
 => vms_clear_ptes
 => vms_complete_munmap_vmas
 => follow_page_pte
 => __x64_sys_ioctl
 => copy_strings
 => elf_load
 => finish_fault
 => _copy_to_user
 => get_user_pages_remote
 => schedule_tail
 => kthread
 => ret_from_fork_asm
 => rmap_walk_anon
 => shmem_write_begin
 => copy_mm
 => shmem_get_folio_gfp
 => getname_flags
 => strncpy_from_user
 => trace_event_raw_event_mm_page_alloc
 => folio_batch_move_lru
 => __vm_munmap
 => __x64_sys_munmap
 => alloc_pages_mpol_noprof
 => free_unref_page
 => trace_event_raw_event_mm_page_free
 => __folio_migrate_mapping
 => __migrate_folio.constprop.0
 => migrate_folio_move
 => migrate_pages_sync
 => trace_event_raw_event_cma_alloc_busy_retry
 => try_grab_folio
 => copy_string_kernel
 => get_arg_page
 => __get_user_pages
 => ret_from_fork
 => trace_event_raw_event_mm_migrate_pages
 => copy_page_range
 => __do_sys_clone
 => copy_process
 => kernel_clone
 => generic_perform_write
 => __x64_sys_readlink
 => do_readlinkat
 => __folio_batch_add_and_move
 => rmap_walk_file
 => try_to_migrate
 => try_to_migrate_one
 => next_uptodate_folio
 => trace_event_raw_event_cma_alloc_finish
 => lru_add_drain_cpu
 => lru_add_drain
 => do_wp_page
 => begin_new_exec
 => load_elf_binary
 => __page_ref_freeze
 => __page_ref_unfreeze
 => x64_sys_call
 => migrate_folio_done
 => folios_put_refs
 => move_to_new_folio
 => migrate_pages_batch
 => do_user_addr_fault
 => alloc_contig_range_noprof
 => __cma_alloc
 => trace_event_raw_event_cma_alloc_start
 => prep_new_page
 => __alloc_pages_noprof
 => bprm_execve
 => isolate_migratepages_block
 => isolate_migratepages_range
 => __page_ref_set
 => __page_ref_mod_unless
 => migrate_pages
 => cma_alloc_write
 => debugfs_attr_write
 => full_proxy_write
 => simple_attr_write_xsigned.constprop.0.isra.0
 => trace_event_raw_event_test_pages_isolated
 => test_pages_isolated
 => __x64_sys_execve
 => do_execveat_common
 => __x64_sys_exit_group
 => free_pages_and_swap_cache
 => __mmput
 => __page_ref_mod
 => tlb_batch_pages_flush
 => filemap_map_pages
 => trace_event_raw_event_page_ref_mod_template
 => __page_ref_mod_and_test
 => __alloc_contig_migrate_range
 => ksys_write
 => vfs_write
 => trace_event_raw_event_page_ref_mod_and_test_template
 => do_exit
 => do_group_exit
 => exit_mmap
 => tlb_finish_mmu
 => asm_exc_page_fault
 => exc_page_fault
 => __handle_mm_fault
 => do_syscall_64
 => entry_SYSCALL_64_after_hwframe
 => get_page_from_freelist
 => handle_mm_fault
`
